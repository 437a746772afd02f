import { Fault } from '@homelab/shared/faults.ts';
import { expect, test } from 'vitest';
import type { SourceFile } from '../client/document.ts';
import { searchLines } from './search-lines.ts';

const file = (path: string, text: string): SourceFile => ({ path, kind: 'config', text, bytes: text.length, mtimeMs: 0 });

test('lines with their numbers, in order, by page', async () => {
  const files = [file('a', 'port: 80\nx\nPort: 443'), file('b', 'export: 1')];
  expect(await searchLines(files, 'port: \\d+', { limit: 2 })).toEqual({
    hits: [
      { path: 'a', line: 1, text: 'port: 80' },
      { path: 'a', line: 3, text: 'Port: 443' },
    ],
    total: 3,
  });
  expect((await searchLines(files, '^export', { limit: 2, offset: 0 })).hits).toEqual([{ path: 'b', line: 1, text: 'export: 1' }]);
  expect((await searchLines(files, 'port', { limit: 9, offset: 2 })).hits.map(({ path }) => path)).toEqual(['b']);
  expect((await searchLines(files, 'Port', { limit: 9, caseSensitive: true })).total).toBe(1);
});

test.each([
  ['(a+)+$', 0],
  ['(a|a)*b', 0],
  ['(.*)*x', 0],
  ['(a?){50}a{50}', 20],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 0],
])('%s is answered in full over text that makes a backtracking engine hang', async (pattern, total) => {
  const found = await searchLines([file('a', `${'a'.repeat(900)}!\n`.repeat(20))], pattern, { limit: 5 });
  expect(found).toMatchObject({ total });
  expect(found.capped).toBeUndefined();
});

test.each(['', '(', '[a', 'a{2000}', '(?=a)', '(a)\\1', 'x'.repeat(301)])('%j is refused with a hint', async (pattern) => {
  const run = () => searchLines([file('a', 'a')], pattern, { limit: 5 });
  await expect(run()).rejects.toThrow(Fault);
  await expect(run()).rejects.toThrow(/pattern/);
});

test('what was not looked at is told', async () => {
  expect(await searchLines([file('a', `${'y'.repeat(1_500)}needle`)], 'needle', { limit: 5 })).toMatchObject({
    total: 0,
    capped: expect.stringContaining('1000 characters'),
  });
  expect(await searchLines([file('a', 'x\n'.repeat(5_000))], 'x', { limit: 5 })).toMatchObject({
    total: 2_000,
    capped: expect.stringContaining('2000 matching lines'),
  });
});

test('a long line is shown around its match', async () => {
  const [hit] = (await searchLines([file('a', `${'word '.repeat(100)}needle ${'word '.repeat(60)}`)], 'needle', { limit: 1 })).hits;
  expect(hit?.text).toContain('needle');
  expect(hit?.text.length).toBeLessThanOrEqual(160);
});
