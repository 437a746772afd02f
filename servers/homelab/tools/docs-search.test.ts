import { expect, test } from 'vitest';
import { labServer } from '../tests/lab-server.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';

test('a hit says where: ref, lines, headings, snippet, age; the last line is the source', async () => {
  const { call } = await labServer(SMALL_LAB);
  const { text } = await call('docs_search', { query: 'restore the photo dump' });
  const [first, snippet] = text.split('\n');
  expect(first).toMatch(/^1 docs\/services\/immich\.md#restore L9-17 · Immich > Backup > Restore · .+ old$/);
  expect(snippet).toContain('restore the dump');
  expect(text.split('\n').at(-1)).toMatch(/^src: lab-\S+ · no git$/);
});

test('the ref of a hit is what docs_read takes', async () => {
  const { call } = await labServer(SMALL_LAB);
  const ref = (await call('docs_search', { query: 'guest wifi isolation' })).text.split(' ')[1];
  expect(ref).toBe('docs/network.md#guest-wireless');
  expect((await call('docs_read', { ref })).text).toContain('The guest SSID is isolated.');
});

test('kinds and path narrow, fresh comes before stale and stale is marked', async () => {
  const { call } = await labServer(SMALL_LAB);
  const runbooks = (await call('docs_search', { query: 'immich memory', kinds: ['runbook'] })).text;
  expect(runbooks).toContain('runbooks/immich-oom.md');
  expect(runbooks).not.toContain('docs/services');
  expect((await call('docs_search', { query: 'immich', path: 'compose/nas' })).text).toMatch(/^1 compose\/nas\/compose\.yaml/);
  const cameras = (await call('docs_search', { query: 'VLAN for cameras' })).text.split('\n');
  expect(cameras[0]).toContain('docs/network.md');
  expect(cameras.find((line) => line.includes('old-network'))).toContain('OUTDATED: superseded');
});

test('pages: shown, total and the next cursor; the pages do not overlap', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, number) => [`notes/n${number}.md`, `# Note ${number}\n\nThe zigbee stick moved.\n`]),
  );
  const { call } = await labServer(files);
  const first = (await call('docs_search', { query: 'zigbee stick', limit: 4 })).text;
  expect(first).toContain('4 of 9 · next: cursor=c4');
  const second = (await call('docs_search', { query: 'zigbee stick', limit: 4, cursor: 'c4' })).text;
  expect(second).toMatch(/^5 /);
  const refs = (text: string) => text.match(/notes\/n\d\.md/g) ?? [];
  expect(new Set([...refs(first), ...refs(second)]).size).toBe(8);
  expect(await call('docs_search', { query: 'zigbee', cursor: 'x' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('cursor'),
  });
});

test('what no document answers is told, with what is near', async () => {
  const { call } = await labServer({ ...SMALL_LAB, 'docs/huge.md': 'x'.repeat(1_100_000) });
  const { text, isError } = await call('docs_search', { query: 'kubernetes ingress quota' });
  expect(isError).toBe(false);
  expect(text).toMatch(/^No document here answers that \(10 files searched\)\./);
  expect(text).toContain('Not read: 1 file over 1 MiB.');
  expect(text).not.toContain('next:');
});

test('regex: lines with their heading, and nothing that hangs', async () => {
  const long = `${'a'.repeat(5000)}!\n`.repeat(200);
  const { call } = await labServer({ ...SMALL_LAB, 'docs/long.md': long });
  const { text } = await call('docs_search', { query: '^.*exit\\s+code \\d+', mode: 'regex' });
  expect(text).toMatch(/^1 runbooks\/immich-oom\.md:L8 .*Signs\n {2}Exit code 137\.\n1 of 1/);
  for (const query of ['(a+)+$', '(a|aa)+$', '(.*)*=(.*)*=(.*)*', '(a{0,30}){0,30}c']) {
    const { text } = await call('docs_search', { query, mode: 'regex' });
    expect(text).toMatch(/^No line matches|^1 /);
    expect(text).toMatch(/Not the whole answer: |or more · /);
  }
  expect(await call('docs_search', { query: '(?<=a)b', mode: 'regex' })).toMatchObject({
    isError: true,
    text: expect.stringMatching(/^invalid_input: .*RE2/),
  });
  expect((await call('docs_search', { query: 'zzzz+q', mode: 'regex' })).text).toMatch(/^No line matches \(11 files searched\)/);
});

test.for(['../etc', '/etc', 'docs\\..', '%2e%2e/etc', '.git', 'a\0b', '~/x'])(
  'a path that leaves the repository is refused: %j',
  async (path) => {
    const { call } = await labServer({ 'a.md': 'a' });
    const { isError, text } = await call('docs_search', { query: 'a', path });
    expect(isError).toBe(true);
    expect(text).toMatch(/^invalid_input: The path must be relative/);
  },
);
