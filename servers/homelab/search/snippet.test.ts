import { expect, test } from 'vitest';
import { snippetOf } from './snippet.ts';

test('the line that answers most, without its markup', () => {
  const worth = new Map([
    ['restic', 2],
    ['nightli', 1],
  ]);
  expect(snippetOf('# Backup\n\nSome words.\n- **restic** runs nightly\n', worth)).toBe('restic runs nightly');
});

test('a long line is shown around the words, cut at words', () => {
  const line = `${'one two three '.repeat(60)}needle ${'four five six '.repeat(60)}`;
  const snippet = snippetOf(
    line,
    new Map([
      ['needl', 1],
      ['needle', 1],
    ]),
  );
  expect(snippet).toContain('needle');
  expect(snippet.length).toBeLessThanOrEqual(160);
  expect(snippet).toMatch(/^\.\.\. \S+ .* \S+ \.\.\.$/);
});

test('no words, no text', () => {
  expect(snippetOf('', new Map())).toBe('');
  expect(snippetOf('x'.repeat(5_000), new Map()).length).toBeLessThanOrEqual(160);
});
