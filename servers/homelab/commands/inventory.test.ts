import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { expect, onTestFinished, test } from 'vitest';
import { testWith } from '../../../shared/testing/engines.ts';
import { COMPOSE_ONLY, TRUTH } from '../tests/compose-only.ts';
import { type LabFolder, labFolder } from '../tests/lab-folder.ts';
import { referenceLab } from '../tests/reference-lab.ts';
import { inventoryCommand } from './inventory.ts';

function folder(files: Record<string, string> = COMPOSE_ONLY): LabFolder {
  const lab = labFolder(files);
  onTestFinished(lab.remove);
  return lab;
}

async function run(...argv: string[]): Promise<{ exit: number; out: string; error: string }> {
  const told = { out: '', error: '' };
  const exit = await inventoryCommand(argv, {
    out: (text) => {
      told.out += `${text}\n`;
    },
    error: (text) => {
      told.error += `${text}\n`;
    },
    env: { PATH: process.env.PATH },
  });
  return { exit, ...told };
}

test('init shows what it would write and writes nothing', async () => {
  const { root } = folder();
  const { exit, out } = await run('init', '--repo', root);
  expect(exit).toBe(0);
  expect(out).toMatch(/^infrastructure\/\n {2}hosts\.yaml\n {2}network\.yaml\ninfrastructure\/services\/\n {2}backrest\.yaml\n/);
  expect(out).toContain('2 hosts and 21 services; ');
  expect(out).toContain('\n  stacks/home/compose.override.yaml changes services of the file beside it');
  expect(out).toContain('Nothing was written; --write writes it.');
  expect(readdirSync(root)).not.toContain('infrastructure');
});

test('init --write makes a valid inventory that says what is known and marks what is guessed', async () => {
  const { root } = folder();
  expect(await run('init', '--repo', root, '--write')).toMatchObject({ exit: 0, error: '' });
  const { hosts, services, network, problems } = loadInventory(root);
  expect(problems).toEqual([]);
  expect(services.map(({ value }) => value.name).sort()).toEqual(Object.keys(TRUTH).sort());
  expect(hosts.map(({ value }) => [value.name, value.address, value.ssh === 'none' ? '' : `${value.ssh.user}:${value.ssh.port}`])).toEqual([
    ['atlas', '198.51.100.10', 'deploy:22'],
    ['borg', '198.51.100.20', 'admin:2222'],
  ]);
  expect(network?.value.devices).toEqual([{ name: 'fritz', address: '198.51.100.1', kind: 'router', description: 'router' }]);

  for (const { value, place } of services) {
    const text = readFileSync(join(root, place.file), 'utf8');
    expect(text.match(/# guessed: /g), place.file).toHaveLength(value.guessed.length);
    const expected = [
      'owner_node',
      'description',
      ...value.depends_on.map((_, index) => `depends_on[${index}].kind`),
      ...value.persistence.map((_, index) => `persistence[${index}].criticality`),
      ...value.exposure.flatMap(({ scope, protocol }, index) => [
        ...(scope === 'lan' ? [`exposure[${index}].scope`] : []),
        ...(protocol.startsWith('http') ? [`exposure[${index}].protocol`] : []),
      ]),
      ...(value.healthcheck.type === 'none' ? ['healthcheck'] : []),
    ];
    expect(value.guessed, value.name).toEqual(expect.arrayContaining(expected));
  }
  const jellyfin = services.find(({ value }) => value.name === 'jellyfin');
  expect(jellyfin?.value).toMatchObject({
    description: expect.stringMatching(/^jellyfin: film, movie/),
    runtime: {
      type: 'compose',
      project: 'media',
      file: 'stacks/media/compose.yaml',
      services: ['jellyfin'],
      images: ['jellyfin/jellyfin'],
    },
    exposure: [
      { name: 'web', port: 8096, domain: 'films.lab.example', via: 'traefik', scope: 'lan' },
      { name: 'udp-7359', port: 7359, protocol: 'udp' },
      { route_of: 'web', domain: 'tv.lab.example', via: 'traefik' },
    ],
    healthcheck: { type: 'docker', container: 'jellyfin' },
    restart_policy: 'unless-stopped',
    limits: { memory: '2g' },
  });
  const deluge = services.find(({ value }) => value.name === 'deluge')?.value;
  expect(deluge?.depends_on.map(({ service }) => service)).toEqual(['gluetun']);
  expect(readFileSync(join(root, 'infrastructure/services/jellyfin.yaml'), 'utf8')).toContain('# from stacks/media/compose.yaml:5\n');

  const { exit, out } = await run('check', '--repo', root);
  expect(out).toMatch(/\n0 errors, \d+ warnings/);
  expect(exit).toBe(0);
});

test('what exists is never touched', async () => {
  const { root, write } = folder();
  write('infrastructure/hosts.yaml', 'mine\n');
  const { out } = await run('init', '--repo', root, '--write');
  expect(readFileSync(join(root, 'infrastructure/hosts.yaml'), 'utf8')).toBe('mine\n');
  expect(out).toContain('Left as they are, because they exist:\ninfrastructure/\n  hosts.yaml\n');
  const again = await run('init', '--repo', root, '--write');
  expect(again.out).toContain('infrastructure/services/\n  backrest.yaml\n');
});

test('a folder that leads out of the repository is not written to', async () => {
  const { root } = folder();
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  symlinkSync(outside, join(root, 'infrastructure'));
  expect(await run('init', '--repo', root, '--write')).toMatchObject({
    exit: 1,
    error: expect.stringContaining('leads out of the repository'),
  });
  expect(readdirSync(outside)).toEqual([]);
});

test('nothing to begin with is said, not written', async () => {
  const { root } = folder({ 'README.md': '# Nothing\n' });
  expect(await run('init', '--repo', root)).toMatchObject({ exit: 1, out: expect.stringMatching(/^No compose file/) });
});

test('check is quiet on the reference lab, and ends with 1 on errors and without an inventory', async () => {
  const lab = referenceLab();
  onTestFinished(lab.remove);
  expect(await run('check', '--repo', lab.root)).toMatchObject({ exit: 0, out: expect.stringMatching(/^0 errors, 0 warnings, /) });
  lab.edit('infrastructure/services/grafana.yaml', 'owner_node: nas', 'owner_node: nass');
  const wrong = await run('check', '--repo', lab.root, '--severity', 'error');
  expect(wrong.exit).toBe(1);
  expect(wrong.out).toMatch(
    /^SEVERITY +KIND +WHERE +WHAT\nerror +dangling-host +infrastructure\/services\/grafana\.yaml:\d+ +owner_node nass does not exist\. Did you mean nas\?\n1 error,/,
  );
  expect(wrong.out).toContain('--severity undetermined shows all.');
  const { root } = folder({ 'README.md': '# Nothing\n' });
  expect(await run('check', '--repo', root)).toMatchObject({ exit: 1, out: expect.stringContaining('There is no inventory') });
});

testWith(['git'], 'contracts are looked for where HOMELAB_CONTRACTS says', async () => {
  const lab = referenceLab();
  onTestFinished(lab.remove);
  lab.git(['init', '-q']);
  lab.commit('lab');
  lab.git(['mv', 'infrastructure/services', 'contracts']);
  const out: string[] = [];
  const env = { HOMELAB_REPO: lab.root, HOMELAB_CONTRACTS: 'contracts/*.yaml' };
  await inventoryCommand(['check', '--severity', 'error'], { out: (text) => out.push(text), error: () => {}, env });
  expect(out.join('\n')).toMatch(/in 4 hosts, \d\d services/);
});

test('the repository is HOMELAB_REPO unless told; wrong arguments end with 2', async () => {
  const { root } = folder();
  const out: string[] = [];
  await inventoryCommand(['init'], { out: (text) => out.push(text), error: () => {}, env: { HOMELAB_REPO: root } });
  expect(out.join('\n')).toContain('21 services');
  writeFileSync(join(root, 'file'), '');
  for (const argv of [[], ['look'], ['check', '--severity', 'bad'], ['check', '--nope'], ['check', '--repo', join(root, 'file')]]) {
    expect((await run(...argv)).exit, argv.join(' ')).toBe(2);
  }
  expect((await run('--help')).out).toMatch(/^Usage:/);
});
