import { expect, test } from 'vitest';
import { priorOf, standingOf } from './prior.ts';

test.each([
  ['stacks/immich/compose.override.yaml', { side: true, dated: false }],
  ['stacks/immich/compose.yaml', { side: false, dated: false }],
  ['.github/workflows/ci.yml', { side: true, dated: false }],
  ['docs/journal/2024/new-disk.md', { side: false, dated: true }],
  ['notes/2024-06-01.md', { side: false, dated: true }],
  ['decisions/2024-06-01-caddy.md', { side: false, dated: false }],
])('%s stands %j', (path, standing) => {
  expect(standingOf(path)).toEqual(standing);
});

test('the kind that is asked for comes first, outdated and side files later', () => {
  const plain = { side: false, dated: false };
  const why = priorOf('why no kubernetes');
  expect(why('decision', plain, false)).toBeGreaterThan(why('doc', plain, false));
  const now = priorOf('backup schedule');
  expect(now('doc', plain, true)).toBeLessThan(now('doc', plain, false));
  expect(now('compose', { side: true, dated: false }, false)).toBeLessThan(now('compose', plain, false));
});

test('who asks for the past gets it undiminished', () => {
  const past = priorOf('how did the old backup work');
  expect(past('doc', { side: false, dated: true }, true)).toBe(past('doc', { side: false, dated: false }, false));
});
