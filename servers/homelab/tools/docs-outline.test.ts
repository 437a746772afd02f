import { expect, test } from 'vitest';
import { labServer } from '../tests/lab-server.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';

test('the repository: folders with what they hold, files with their titles', async () => {
  const { call } = await labServer(SMALL_LAB);
  const { text } = await call('docs_outline');
  expect(text).toMatch(/^lab-\S+\n/);
  expect(text).toContain('\ndecisions/ 2 files, ');
  expect(text).toContain('\n  0007-caddy.md ');
  expect(text).toMatch(/\ndocs\/ 3 files, .*\n {2}services\/ 1 file, /);
  expect(text).toMatch(/\nREADME\.md \d+ B · Home lab\n/);
});

test('a document: its headings with lines, a fence is none; a YAML file: its keys', async () => {
  const { call } = await labServer(SMALL_LAB);
  const { text } = await call('docs_outline', { path: 'docs/services/immich.md', depth: 3 });
  expect(text).toMatch(
    /^docs\/services\/immich\.md · doc · \d+ lines\n#immich L1-24\n {2}#backup L5-16\n {4}#restore L9-16\n {2}#update L18-20\n {2}#backup-1 L22-24\n/,
  );
  expect(text).not.toContain('not-a-heading');
  expect((await call('docs_outline', { path: 'compose/nas/compose.yaml' })).text).toMatch(
    /compose · 11 lines\n#services L1-9\n {2}#services\.immich-server L2-7\n {2}#services\.database L8-9\n#networks L10-11\n {2}#networks\.back L11-11\n/,
  );
});

test('one that is not there is told with what is near; what was not read is told', async () => {
  const { call } = await labServer({ ...SMALL_LAB, 'docs/huge.md': 'x'.repeat(1_100_000) });
  expect((await call('docs_outline', { path: 'docs/netwrk.md' })).text).toMatch(
    /^There is no such folder or file\.\nDid you mean:\n {2}docs\/network\.md/,
  );
  expect((await call('docs_outline')).text).toContain('Not read: 1 file over 1 MiB.');
  expect(await call('docs_outline', { path: '../..' })).toMatchObject({ isError: true });
});

test('a long list is cut and says how to see the rest', async () => {
  const files = Object.fromEntries(Array.from({ length: 120 }, (_, number) => [`n/f${number}.md`, '# F\n']));
  const { call } = await labServer(files);
  const first = (await call('docs_outline', { path: 'n' })).text;
  expect(first).toContain('\nshown 60 of 120 lines; next: cursor=c60\n');
  const second = (await call('docs_outline', { path: 'n', cursor: 'c60' })).text;
  expect(new Set(`${first}${second}`.match(/n\/f\d+\.md/g)).size).toBe(120);
  const deep = Object.fromEntries(Array.from({ length: 90 }, (_, number) => [`a/b${number % 3}/f${number}.md`, '# F\n']));
  const outline = (await (await labServer(deep)).call('docs_outline', { depth: 4 })).text;
  expect(outline).toMatch(/\n {2}b0\/ 30 files, .*\n {2}b1\/[\s\S]*Shown to depth 2, not 4/);
});
