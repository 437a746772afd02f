import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { openTokens } from '../auth/token-store.ts';
import { readAudit } from '../safety/audit-read.ts';
import { tokenCommand } from './token.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-command-'));
});
const tokens = () => openTokens(join(folder, 'tokens.json'));

async function run(...argv: string[]) {
  const said = { out: '', error: '' };
  const exit = await tokenCommand(argv, {
    out(text) {
      said.out += `${text}\n`;
    },
    error(text) {
      said.error += `${text}\n`;
    },
    env: { STATE_DIR: folder },
  });
  return { exit, ...said };
}

test('add prints a token that works, once, with the line to paste', async () => {
  const { exit, out } = await run('add', 'laptop', '--level', 'disruptive');
  expect(exit).toBe(0);
  const shown = out.match(/hlab_[\w-]+/g) ?? [];
  expect(shown).toHaveLength(1);
  expect(tokens().verify(shown[0] ?? '')).toEqual({ name: 'laptop', level: 'disruptive' });
  expect(out).toContain(
    '\n  claude mcp add --transport http mcp-homelab http://127.0.0.1:8770/mcp --header "Authorization: Bearer $HOMELAB_TOKEN"\n',
  );
  const json = JSON.parse(out.slice(out.indexOf('\n  {\n'), out.indexOf('\n  }\n') + 5));
  expect(json.mcpServers['mcp-homelab']).toMatchObject({
    type: 'http',
    timeout: 600_000,
    headers: { Authorization: `Bearer $\{HOMELAB_TOKEN}` },
  });
});

test('list shows every token and no hash; remove takes one away', async () => {
  expect((await run('list')).out).toContain('There are no tokens');
  await run('add', 'laptop', '--level=write');
  await run('add', 'chat', '--level', 'read', '--tools', 'docs_search, docs_read');
  const { out } = await run('list');
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^NAME +LEVEL +TOOLS +MADE$/);
  expect(lines[1]).toMatch(/^laptop +write +all of its level +\d{4}-\d\d-\d\d$/);
  expect(lines[2]).toMatch(/^chat +read +docs_search, docs_read +\d{4}-\d\d-\d\d$/);
  expect(out).not.toContain(tokens().list()[0]?.sha256);
  expect(await run('remove', 'laptop')).toMatchObject({ exit: 0 });
  expect((await run('remove', 'laptop')).error).toContain('There are: chat.');
  expect(tokens().list()).toHaveLength(1);
});

test('tokens that come and go stand in the audit, and one that cannot is not made', async () => {
  await run('add', 'phone', '--operator');
  await run('add', 'laptop', '--level', 'write');
  await run('remove', 'phone');
  const { entries } = await readAudit(folder, { since: undefined, limit: 10 });
  const told = entries
    .filter(({ kind }) => kind === 'token')
    .map(({ what, targets, reason, caller }) => [what, targets?.[0], reason, caller.split(':')[0]]);
  expect(told).toEqual([
    ['removed', 'phone', 'operator', 'command'],
    ['added', 'laptop', 'write', 'command'],
    ['added', 'phone', 'operator', 'command'],
  ]);
  rmSync(join(folder, 'audit'), { recursive: true });
  writeFileSync(join(folder, 'audit'), '');
  const refused = await run('add', 'chat', '--level', 'read');
  expect(refused).toMatchObject({ exit: 1, out: '', error: expect.stringContaining('audit') });
  expect(
    tokens()
      .list()
      .map(({ name }) => name),
  ).toEqual(['laptop']);
  expect(await run('remove', 'laptop')).toMatchObject({ exit: 0, error: expect.stringContaining('not in it') });
});

test('an operator token is made apart, and listed as what it is', async () => {
  const { exit, out } = await run('add', 'phone', '--operator');
  expect(exit).toBe(0);
  const [token = ''] = out.match(/hlab_[\w-]+/) ?? [];
  expect(tokens().verifyOperator(token)).toEqual({ name: 'phone' });
  expect(tokens().verify(token)).toBeUndefined();
  expect((await run('list')).out).toMatch(/\nphone +operator +none: decides on actions +\d{4}/);
});

test.each([
  [['add', 'x', '--operator', '--level', 'read'], '--operator goes without'],
  [['list', '--operator'], 'belong to add'],
  [[], 'Say what to do'],
  [['show'], 'There is no show'],
  [['add'], 'add needs a NAME'],
  [['add', 'x'], 'add needs --level'],
  [['add', 'x', '--level', 'root'], 'There is no level root'],
  [['add', 'x', '--level', 'read', '--tools', ','], '--tools needs at least one tool'],
  [['add', 'x', '--level', 'read', '--tools', 'Bad Tool'], 'expected a tool name'],
  [['add', 'a b', '--level', 'read'], "The token's name is wrong"],
  [['add', 'x', 'y', '--level', 'read'], 'an argument too many: y'],
  [['add', 'x', '--levle', 'read'], '--levle'],
  [['list', '--level', 'read'], 'belong to add'],
  [['remove'], 'remove needs the NAME'],
])('%j is told what is wrong, exits 2 and changes nothing', async (argv, message) => {
  const { exit, error } = await run(...argv);
  expect(error).toContain(message);
  expect(exit).toBe(2);
  expect(tokens().list()).toEqual([]);
});

test('what cannot be done exits 1', async () => {
  expect(await run('remove', 'nobody')).toMatchObject({ exit: 1, out: '' });
  await run('add', 'laptop', '--level', 'read');
  expect(await run('add', 'laptop', '--level', 'read')).toMatchObject({ exit: 1, out: '' });
  chmodSync(join(folder, 'tokens.json'), 0o644);
  expect(await run('list')).toMatchObject({ exit: 0, error: expect.stringContaining('chmod 600') });
  writeFileSync(join(folder, 'tokens.json'), '{"tokens": [{}]}');
  const broken = await run('list');
  expect(broken).toMatchObject({ exit: 1, out: '' });
  expect(broken.error).toMatch(/tokens\.json:1:\d+ tokens\[0\]\.name is missing/);
});

test('runs as a program, with its exit code', () => {
  const program = fileURLToPath(new URL('token.ts', import.meta.url));
  const ran = (...argv: string[]) =>
    spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8', env: { ...process.env, STATE_DIR: folder } });
  expect(ran('add', 'laptop', '--level', 'read')).toMatchObject({ status: 0, stderr: '' });
  expect(ran('list').stdout).toContain('laptop');
  expect(ran('add')).toMatchObject({ status: 2, stdout: '' });
});
