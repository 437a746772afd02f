import { expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

test('low to high, gaps seen, peaks kept', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([1, undefined, Number.NaN, 8])).toBe('▁··█');
  expect(sparkline([5, 5, 5])).toBe('▁▁▁');
  expect(sparkline([])).toBe('');
  expect(sparkline([null, undefined])).toBe('··');
  expect(sparkline([0, 50, 100], { min: 0, max: 200 })).toBe('▁▃▅');
  const day = Array.from({ length: 1_440 }, (_, minute) => (minute === 700 ? 100 : 1));
  expect(sparkline(day)).toHaveLength(24);
  expect(sparkline(day).indexOf('█')).toBe(11);
});

test('a long series does not exhaust the stack', () => {
  expect(sparkline(Array.from({ length: 500_000 }, (_, index) => index))).toHaveLength(24);
});
