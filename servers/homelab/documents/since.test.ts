import { expect, test } from 'vitest';
import { sinceOf } from './since.ts';

const NOW = Date.UTC(2026, 5, 30, 12);

test.for([
  ['30min', '2026-06-30T11:30:00.000Z'],
  ['24h', '2026-06-29T12:00:00.000Z'],
  ['7d', '2026-06-23T12:00:00.000Z'],
  [' 2 w ', '2026-06-16T12:00:00.000Z'],
  ['1mo', '2026-05-31T12:00:00.000Z'],
  ['1y', '2025-06-30T12:00:00.000Z'],
  ['2026-05-01', '2026-05-01T00:00:00.000Z'],
  ['2026-05-01T10:00:00+02:00', '2026-05-01T08:00:00.000Z'],
] as const)('%j', ([text, iso]) => expect(sinceOf(text, NOW).toISOString()).toBe(iso));

test.for(['', '7', 'soon', '-3d', '2026-13-40', '2027-01-01', '999999d', '7d; rm -rf /'])('%j is refused', (text) =>
  expect(() => sinceOf(text, NOW)).toThrow(expect.objectContaining({ code: 'invalid_input' })),
);
