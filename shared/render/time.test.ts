import { expect, test } from 'vitest';
import { span, zoned } from './time.ts';

const at = (text: string) => new Date(text);

test('a moment has its zone', () => {
  expect(zoned(at('2026-11-20T07:10:05Z'), 'Europe/Berlin')).toBe('2026-11-20 08:10:05 CET');
  expect(zoned(at('2026-07-01T22:30:00Z'), 'Europe/Berlin')).toBe('2026-07-02 00:30:00 CEST');
  expect(zoned(at('2026-11-20T07:10:05Z'), 'UTC')).toBe('2026-11-20 07:10:05 UTC');
  expect(zoned(at('2026-11-20T07:10:05Z'))).toMatch(/^2026-11-\d\d \d\d:10:05 \S+$/);
  expect(zoned(at('nonsense'))).toBe('unknown time');
});

test('a window is absolute, and as short as it is true', () => {
  expect(span(at('2026-11-20T01:13:00Z'), at('2026-11-20T07:13:00Z'), 'Europe/Berlin')).toBe('2026-11-20 02:13 -> 08:13 CET (6h)');
  expect(span(at('2026-11-19T20:00:00Z'), at('2026-11-20T08:00:00Z'), 'UTC')).toBe('2026-11-19 20:00 -> 2026-11-20 08:00 UTC (12h)');
  expect(span(at('2026-11-20T08:00:00Z'), at('2026-11-20T08:01:30Z'), 'UTC')).toBe('2026-11-20 08:00:00 -> 08:01:30 UTC (1m 30s)');
  expect(span(at('2026-10-25T00:30:00Z'), at('2026-10-25T03:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25 02:30 CEST -> 04:30 CET (3h)');
  expect(span(at('nonsense'), at('2026-10-25T03:30:00Z'))).toBe('unknown window');
});
