import { expect, test } from 'vitest';
import { ago, bytes, duration, number, percent } from './quantity.ts';

test.each([
  [0, '0 ms'],
  [0.4567, '0.457 ms'],
  [850, '850 ms'],
  [999.6, '1 s'],
  [4_200, '4.2 s'],
  [42_000, '42 s'],
  [59_700, '1m'],
  [200_000, '3m 20s'],
  [3_599_900, '1h'],
  [7_500_000, '2h 5m'],
  [86_399_000, '1d'],
  [1_051_200_000, '12d 4h'],
  [400 * 86_400_000, '400d'],
  [-4_200, '-4.2 s'],
  [Number.NaN, 'unknown'],
  [Number.POSITIVE_INFINITY, 'unknown'],
])('duration(%d) is %s', (ms, expected) => expect(duration(ms)).toBe(expected));

test('no duration shows sixty of a unit', () => {
  for (let ms = 1; ms < 200_000_000; ms = Math.ceil(ms * 1.003) + 7) expect(duration(ms)).not.toMatch(/60s|60m|24h|1000 ms|^60 s/);
});

test('ago looks back, ahead and at now', () => {
  const now = new Date('2026-11-20T08:10:00Z');
  expect(ago(new Date('2026-11-20T08:06:40Z'), now)).toBe('3m 20s ago');
  expect(ago(new Date('2026-11-20T10:10:00Z'), now)).toBe('in 2h');
  expect(ago(now, now)).toBe('now');
  expect(ago(new Date('nonsense'), now)).toBe('unknown');
});

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [1_023, '1023 B'],
  [1_536, '1.5 KiB'],
  [1_048_575, '1 MiB'],
  [2_512_345_678, '2.34 GiB'],
  [4 * 1_024 ** 4, '4 TiB'],
  [-2_048, '-2 KiB'],
  [Number.NaN, 'unknown'],
])('bytes(%d) is %s', (count, expected) => expect(bytes(count)).toBe(expected));

test.each([
  [0, '0'],
  [0.001234, '0.00123'],
  [4.5678, '4.57'],
  [4.5, '4.5'],
  [100.04, '100'],
  [1_234, '1234'],
  [1_234.5, '1.23k'],
  [999.7, '1k'],
  [12_345, '12.3k'],
  [999_999, '1M'],
  [4_561_000, '4.56M'],
  [7.891e9, '7.89G'],
  [-12_345, '-12.3k'],
  [1.2345e-9, '1.23e-9'],
  [Number.NaN, 'unknown'],
  [Number.NEGATIVE_INFINITY, '-infinite'],
])('number(%d) is %s', (value, expected) => expect(number(value)).toBe(expected));

test.each([
  [0.1234, '12.3 %'],
  [1, '100 %'],
  [0.00042, '0.042 %'],
  [0, '0 %'],
  [Number.NaN, 'unknown'],
])('percent(%d) is %s', (ratio, expected) => expect(percent(ratio)).toBe(expected));
