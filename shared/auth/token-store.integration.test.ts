import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { Fault } from '../faults.ts';
import { silent } from '../log/logger.ts';
import { firstStart, openTokens } from './token-store.ts';

const freshFile = () => join(mkdtempSync(join(tmpdir(), 'tokens-')), 'state', 'tokens.json');

function faultOf(run: () => unknown): Fault {
  try {
    run();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('a token opens, another does not, and the file holds neither', () => {
  const file = freshFile();
  const store = openTokens(file);
  expect(store.verify('hlab_x')).toBeUndefined();
  const laptop = store.add({ name: 'laptop', level: 'disruptive' });
  const chat = store.add({ name: 'chat', level: 'read', tools: ['docs_search'] });
  expect(laptop).toMatch(/^hlab_[A-Za-z0-9_-]{43}$/);
  expect(store.verify(laptop)).toEqual({ name: 'laptop', level: 'disruptive' });
  expect(store.verify(chat)).toEqual({ name: 'chat', level: 'read', tools: ['docs_search'] });
  for (const wrong of ['', laptop.slice(1), `${laptop}a`, laptop.toUpperCase(), store.list()[0]?.sha256 ?? '?'])
    expect(store.verify(wrong)).toBeUndefined();
  expect(readFileSync(file, 'utf8')).not.toContain(laptop.slice(5));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  expect(readdirSync(dirname(file))).toEqual(['tokens.json']);
});

test('a removed token is refused at once here, and soon in another process', async () => {
  const file = freshFile();
  const [here, there] = [openTokens(file), openTokens(file)];
  const token = here.add({ name: 'laptop', level: 'read' });
  expect(there.verify(token)?.name).toBe('laptop');
  here.remove('laptop');
  expect(here.verify(token)).toBeUndefined();
  await vi.waitFor(() => expect(there.verify(token)).toBeUndefined(), { timeout: 5000, interval: 100 });
  const again = here.add({ name: 'laptop', level: 'write' });
  await vi.waitFor(() => expect(there.verify(again)?.level).toBe('write'), { timeout: 5000, interval: 100 });
});

test('names that are taken, wrong or unknown are told', () => {
  const store = openTokens(freshFile());
  store.add({ name: 'laptop', level: 'read' });
  expect(faultOf(() => store.add({ name: 'laptop', level: 'write' })).code).toBe('conflict');
  expect(faultOf(() => store.add({ name: '../x', level: 'write' })).text()).toContain("invalid_input: The token's name is wrong");
  expect(faultOf(() => store.add({ name: 'x', level: 'write', tools: ['Bad Tool'] })).text()).toContain('expected a tool name');
  expect(faultOf(() => store.remove('phone')).text()).toBe('not_found: There is no token of that name. There are: laptop.');
  expect(store.list().map(({ name }) => name)).toEqual(['laptop']);
});

test.each([
  ['cut short', (text: string) => text.slice(0, -30), /tokens\.json:\d+:\d+ /],
  ['an unknown level', (text: string) => text.replace('"read"', '"root"'), /tokens\.json:6:7 tokens\[0\]\.level is wrong/],
  [
    'a hash that is none',
    (text: string) => text.replace(/[0-9a-f]{64}/, 'x'),
    /tokens\[0\]\.sha256 is wrong: expected 64 hexadecimal digits/,
  ],
  ['an unknown field', (text: string) => text.replace('"level"', '"levle"'), /tokens\[0\]\.levle is not known here/],
  ['two of one name', (text: string) => text.replace(/(\{\s+"name"[^}]*\})/, '$1, $1'), /tokens\[1\]\.name is there twice/],
  ['empty', () => '', /tokens\.json:1:1 the file is wrong/],
])('a tokens file that is broken (%s) lets nobody in and says where', (_name, spoil, place) => {
  const file = freshFile();
  const token = openTokens(file).add({ name: 'laptop', level: 'read' });
  const good = readFileSync(file, 'utf8');
  writeFileSync(file, spoil(good));
  const store = openTokens(file);
  const refused = faultOf(() => store.verify(token));
  expect(refused.code).toBe('unavailable');
  expect(refused.text()).not.toContain(file);
  for (const act of [() => store.list(), () => store.add({ name: 'new', level: 'write' }), () => firstStart(store)]) {
    expect(faultOf(act).message).toMatch(place);
  }
  expect(readFileSync(file, 'utf8')).toBe(spoil(good));
});

test('a file that breaks under a running server shuts out, until it is mended', async () => {
  const file = freshFile();
  const store = openTokens(file);
  const token = store.add({ name: 'laptop', level: 'read' });
  const good = readFileSync(file, 'utf8');
  writeFileSync(file, '{');
  await vi.waitFor(() => expect(() => store.verify(token)).toThrow('broken'), { timeout: 5000, interval: 100 });
  writeFileSync(file, good);
  await vi.waitFor(() => expect(store.verify(token)?.name).toBe('laptop'), { timeout: 5000, interval: 100 });
  rmSync(file);
  await vi.waitFor(() => expect(store.verify(token)).toBeUndefined(), { timeout: 5000, interval: 100 });
});

test('the first start makes one token, once', () => {
  const file = freshFile();
  const token = firstStart(openTokens(file));
  expect(openTokens(file).verify(token ?? '')).toEqual({ name: 'first', level: 'write' });
  expect(firstStart(openTokens(file))).toBeUndefined();
  const stale = openTokens(file);
  expect(stale.addFirst({ name: 'second', level: 'write' })).toBeUndefined();
  expect(stale.list()).toHaveLength(1);
});

test('a file that others can read is warned about, a linked one is kept linked', () => {
  const file = freshFile();
  openTokens(file).add({ name: 'laptop', level: 'read' });
  chmodSync(file, 0o644);
  const warn = vi.fn();
  openTokens(file, { ...silent, warn }).list();
  expect(warn).toHaveBeenCalledExactlyOnceWith('tokens file open to others', expect.objectContaining({ file }));
  const link = join(dirname(file), 'link.json');
  symlinkSync(file, link);
  openTokens(link).add({ name: 'chat', level: 'read' });
  expect(openTokens(file).list()).toHaveLength(2);
});

test("the operator's token decides and calls nothing; others decide nothing", () => {
  const file = freshFile();
  const changes: unknown[] = [];
  const store = openTokens(file, silent, (change) => changes.push(change));
  const operator = store.add({ name: 'phone', operator: true });
  expect(store.verifyOperator(operator)).toEqual({ name: 'phone' });
  expect(store.verify(operator)).toBeUndefined();
  // It is nobody who could call a tool: the first start still makes its token.
  const first = firstStart(store) ?? '';
  expect(store.verify(first)?.name).toBe('first');
  expect(store.verifyOperator(first)).toBeUndefined();
  expect(store.verifyOperator('hlab_x')).toBeUndefined();
  store.remove('phone');
  expect(store.verifyOperator(operator)).toBeUndefined();
  expect(changes).toEqual([
    { change: 'added', name: 'phone', right: 'operator' },
    { change: 'added', name: 'first', right: 'write' },
    { change: 'removed', name: 'phone', right: 'operator' },
  ]);
});

test.each([
  ['a level beside it', '"operator": true, "level": "write"'],
  ['tools beside it', '"operator": true, "tools": ["docs_read"]'],
  ['neither', '"created": "2026-11-20T10:00:00.000Z"'],
])('an operator entry with %s lets nobody in', (_name, entry) => {
  const file = freshFile();
  const token = openTokens(file).add({ name: 'phone', operator: true });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"operator": true,', entry.includes('created') ? '' : `${entry},`));
  const store = openTokens(file);
  expect(faultOf(() => store.verify(token)).code).toBe('unavailable');
  expect(faultOf(() => store.verifyOperator(token)).code).toBe('unavailable');
});

const STORE = JSON.stringify(new URL('token-store.ts', import.meta.url).href);

const ADDER = `
  import { openTokens } from ${STORE};
  const [file, who, count] = process.argv.slice(1);
  const store = openTokens(file);
  for (let i = 0; i < Number(count); i++) store.add({ name: who + '-' + i, level: 'read' });
`;

async function adder(file: string, who: string, count: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', ADDER, file, who, String(count)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
}

test('processes that add tokens at once lose none', async () => {
  const file = freshFile();
  await Promise.all(['a', 'b', 'c'].map((who) => adder(file, who, 15)));
  const names = openTokens(file)
    .list()
    .map(({ name }) => name);
  expect(new Set(names).size).toBe(45);
  expect(readdirSync(dirname(file))).toEqual(['tokens.json']);
});

test('servers that start at once for the first time make one token between them', async () => {
  const file = freshFile();
  const starter = `import { firstStart, openTokens } from ${STORE}; const made = firstStart(openTokens(process.argv[1])); if (made) console.log(made);`;
  const starts = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', starter, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [said, ended] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      expect(ended).toEqual([0, null]);
      return said.trim();
    }),
  );
  const made = starts.filter((said) => said !== '');
  expect(made).toHaveLength(1);
  expect(openTokens(file).verify(made[0] ?? '')).toEqual({ name: 'first', level: 'write' });
});

test('a lock that a dead process left is broken by one of those who wait', async () => {
  const file = freshFile();
  openTokens(file).add({ name: 'laptop', level: 'read' });
  writeFileSync(`${file}.lock`, '1.dead');
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(`${file}.lock`, longAgo, longAgo);
  await Promise.all(['a', 'b', 'c'].map((who) => adder(file, who, 5)));
  expect(openTokens(file).list()).toHaveLength(16);
  expect(readdirSync(dirname(file))).toEqual(['tokens.json']);
});
