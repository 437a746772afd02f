import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testWith } from '../../../shared/testing/engines.ts';
import { CODES } from '../inventory-check/finding.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { labServer } from '../tests/lab-server.ts';
import { plant, STACKS } from '../tests/planted-faults.ts';
import { PROJECT, referenceLab } from '../tests/reference-lab.ts';

const rows = (text: string) =>
  text.split('\n').flatMap((line) => /^(error|warn|info|undetermined) (\S+) (\S+) /.exec(line)?.slice(1, 4).join(' ') ?? []);

testWith(['git'], 'the reference lab has nothing at warn or above', async () => {
  const lab = referenceLab(STACKS);
  lab.git(['init', '-q', '-b', 'main']);
  lab.commit('lab');
  const { call } = await labServer(lab);
  const { text } = await call('inventory_check');
  expect(text).toMatch(
    /^0 errors, 0 warnings, \d+ info, 0 undetermined in 4 hosts, \d\d services, 9 backup jobs and \d+ files\.\nNothing at warn or worse\.\n/,
  );
  expect(text).toMatch(/\nsrc: lab-\S+ [0-9a-f]{7} · .* · clean$/);
});

testWith(['git'], 'one fault of every kind is found once, at its file and line, and nothing else', async () => {
  const lab = referenceLab(STACKS);
  lab.git(['init', '-q', '-b', 'main']);
  lab.commit('lab', '2026-01-10T10:00:00Z');
  const expected = plant(lab);
  lab.commit('faults', '2026-03-10T10:00:00Z');
  const { call } = await labServer(lab, { format: 'json' });
  const answer = await call('inventory_check', { severity: 'undetermined', limit: 200 });
  const { findings, total } = answer.structuredContent as { findings: { severity: string; code: string; place: string }[]; total: number };
  expect(findings).toHaveLength(total);
  const found = findings.map(({ code, place }) => `${code} ${place}`);
  for (const one of expected)
    expect(
      found.filter((row) => row === one),
      one,
    ).toHaveLength(1);

  const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warn').map(({ code, place }) => `${code} ${place}`);
  expect(loud.filter((row) => !expected.includes(row))).toEqual([]);
  expect(loud.length).toBeGreaterThan(30);
  expect(found).toContain('stale-document runbooks/page-not-reachable.md:1');
  const kinds = new Set([...found.map((row) => row.split(' ')[0]), 'planned']);
  expect(Object.keys(CODES).filter((code) => !kinds.has(code))).toEqual([]);

  const { text } = await call('inventory_check', { kinds: ['secret'] });
  expect(text).toContain('error secret docs/access.md:3 looks like a secret (named value).');
  expect(text).not.toContain('Vq9');
});

test('every schema error is told with line and column, and its file is not counted as missing', async () => {
  const lab = referenceLab();
  lab.edit('infrastructure/services/grafana.yaml', 'owner_node:', 'owner_nod:');
  lab.edit('infrastructure/services/grafana.yaml', 'restart_policy: unless-stopped', 'restart_policy: sometimes');
  lab.edit('infrastructure/services/grafana.yaml', 'aliases:', 'alias:');
  const { call } = await labServer(lab);
  const { text } = await call('inventory_check', { severity: 'error' });
  expect(text).toContain('infrastructure/services/grafana.yaml');
  expect(rows(text).every((row) => row.startsWith('error schema infrastructure/services/grafana.yaml:'))).toBe(true);
  expect(text).toMatch(/owner_node is missing/);
  expect(text).toMatch(/alias is not known here; did you mean aliases/);
});

testWith(['git'], 'without history the age of documents is undetermined, and so it is in a shallow clone', async () => {
  const plain = await labServer(referenceLab());
  const ask = { severity: 'undetermined', kinds: ['stale-document'] };
  expect((await plain.call('inventory_check', ask)).text).toMatch(/undetermined stale-document - .*there is no git history/);
  expect((await plain.call('inventory_check')).text).toContain('severity=undetermined shows');

  const lab = referenceLab();
  lab.git(['init', '-q', '-b', 'main']);
  lab.commit('one');
  lab.commit('two');
  const clone = labFolder();
  clone.git(['clone', '-q', '--depth', '1', `file://${lab.root}`, 'copy']);
  const shallow = labFolder();
  cpSync(join(clone.root, 'copy'), shallow.root, { recursive: true });
  clone.remove();
  lab.remove();
  const cloned = await labServer(shallow);
  expect((await cloned.call('inventory_check', ask)).text).toMatch(/undetermined stale-document - .*the clone is shallow/);
});

test('a folder that is there makes a missing stack an error, one that is not makes it planned', async () => {
  const lab = referenceLab();
  const planned = await labServer(lab);
  const before = (await planned.call('inventory_check', { severity: 'info', kinds: ['planned', 'dangling-compose-file'] })).text;
  if (before.includes('planned infrastructure')) expect(before).toMatch(/contracts name files below compose\/\S+, which is not there yet/);
  const other = referenceLab();
  mkdirSync(join(other.root, 'compose/nas/other'), { recursive: true });
  other.write('compose/nas/other/README.md', '# Other\n');
  const { call } = await labServer(other);
  const { text } = await call('inventory_check', { kinds: ['dangling-compose-file'] });
  expect(rows(text).length).toBeGreaterThan(5);
  expect(text).toContain('error dangling-compose-file infrastructure/services/loki.yaml:');
});

test('a long list is cut and says so; an unknown kind is refused with the one that was meant', async () => {
  const lab = referenceLab();
  for (const name of ['a', 'b', 'c', 'd', 'e']) lab.write(`docs/${name}.md`, `[x](gone-${name}.md)\n`);
  const { call } = await labServer(lab);
  expect((await call('inventory_check', { limit: 2 })).text).toContain('\nshown 2 of 5 findings; next: a larger limit, or kinds\n');
  expect(await call('inventory_check', { kinds: ['port-colision'] })).toMatchObject({
    isError: true,
    text: expect.stringContaining('Did you mean port-collision?'),
  });
  expect((await call('inventory_check', { kinds: ['dead-'], limit: 1 })).text).toContain('shown 1 of 5');
});

test('without an inventory it says how to get one', async () => {
  const { call } = await labServer({ 'README.md': '# Nothing\n' });
  expect((await call('inventory_check')).text).toMatch(
    /^0 errors.* in 0 hosts, 0 services.*\nThere is no inventory to check: `npm run inventory -- init`/,
  );
});

test('this project itself is its own reference lab', async () => {
  const lab = labFolder();
  lab.remove();
  const { openRepository } = await import('../client/repository.ts');
  const repository = await openRepository(PROJECT, { watch: false });
  const { inventoryCheck } = await import('./inventory-check.ts');
  const { chunksOf } = await import('../search/chunks.ts');
  const { loadInventory } = await import('@homelab/shared/inventory/load.ts');
  const inventory = { current: () => loadInventory(PROJECT), close: () => {} };
  const call = { id: 'x', caller: { name: 'test' }, signal: AbortSignal.timeout(30_000), progress: () => {} };
  const output = await inventoryCheck.handler(
    { severity: 'warn', kinds: [], limit: 200 },
    { repository, inventory, outline: chunksOf },
    call as never,
  );
  await repository.close();
  expect(output.findings).toEqual([]);
});
