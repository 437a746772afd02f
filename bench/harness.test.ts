import { fork } from 'node:child_process';
import { expect, test } from 'vitest';
import { figure, interleave, median, met, quantile, ratio, usageOf } from './harness.ts';
import { number, table } from './report.ts';

test('a goal is held against the value or the ratio, and NaN or a missing reference misses it', () => {
  const base = { name: 'x', unit: 'ms' };
  expect(met(figure({ ...base, value: 3, goal: { at: 'most', value: 3 } }))).toBe(true);
  expect(met(figure({ ...base, value: 3.1, goal: { at: 'most', value: 3 } }))).toBe(false);
  expect(met(figure({ ...base, value: 0.9, goal: { at: 'least', value: 0.9 } }))).toBe(true);
  expect(met(figure({ ...base, value: Number.NaN, goal: { at: 'least', value: 0.9 } }))).toBe(false);
  expect(met(figure({ ...base, value: 4, goal: { at: 'most', value: 0.5, of: 'ratio' } }))).toBe(false);
  expect(met(figure({ ...base, value: 4, reference: { name: 'v1', value: 8 }, goal: { at: 'most', value: 0.5, of: 'ratio' } }))).toBe(true);
  expect(met(figure({ ...base, value: 4 }))).toBeUndefined();
  expect(ratio(figure({ ...base, value: 4, reference: { name: 'v1', value: 8 } }))).toBe(0.5);
});

test('medians and quantiles', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10);
  expect(median([])).toBeNaN();
});

test('interleave runs every case once per round, in rotating order', async () => {
  const seen: string[] = [];
  const one = (name: string, value: number) => ({ name, run: () => (seen.push(name) > 0 ? value : Number.NaN) });
  const medians = await interleave([one('a', 1), one('b', 2)], 3);
  expect(seen.join('')).toBe('abbaab');
  expect(medians.get('b')).toEqual({ median: 2, values: [2, 2, 2] });
});

test('the table names goal, reference, ratio and verdict', () => {
  const text = table([
    figure({
      group: 'g',
      name: 'hit@5',
      value: 0.5,
      unit: '',
      goal: { at: 'least', value: 0.9 },
      reference: { name: 'plain', value: 0.25 },
    }),
  ]);
  expect(text).toContain('## g');
  expect(text).toMatch(/hit@5\s+0\.500\s+>= 0\.900\s+0\.250 \(plain\)\s+2\.00x\s+MISSED/);
  expect([number(1234.5), number(0.01234), number(0), number(12.34)]).toEqual(['1235', '0.0123', '0', '12.3']);
});

test('a child process tells its CPU time and memory', async () => {
  const program = `import { answerUsage } from ${JSON.stringify(import.meta.resolve('./harness.ts'))}; answerUsage();`;
  const child = fork('-', [], { execArgv: ['--input-type=module-typescript', '-e', program], stdio: 'inherit' });
  try {
    const usage = await usageOf(child);
    expect(usage.cpuUs).toBeGreaterThan(0);
    expect(usage.rss).toBeGreaterThan(1e6);
  } finally {
    child.kill();
  }
});
