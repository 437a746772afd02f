import { expect, test } from 'vitest';
import { required, type ScenarioResult } from './suite.ts';
import { judge, report } from './verdict.ts';

const result = (name: string, more: Partial<ScenarioResult> = {}): [string, ScenarioResult] => [
  name,
  { name, passed: 1, failed: [], untestable: 0, ...more },
];

test('only scenarios that ran and checked something pass', () => {
  const results = new Map([
    result('good'),
    result('bad', { failed: [{ check: 'order', why: 'not the same' }] }),
    result('empty', { passed: 0 }),
    result('other', { failed: [{ check: 'x', why: 'not asked for' }] }),
  ]);
  const verdict = judge('one', '2026-07-28', ['good', 'bad', 'empty', 'away'], results, false);
  expect(verdict).toMatchObject({ passed: ['good'], total: 4 });
  expect(verdict.failed).toEqual(['bad: order: not the same', 'empty: nothing was checked', 'away: did not run']);
  expect(report([verdict])).toContain('one  2026-07-28    1/4 scenarios  FAILED\n  bad: order: not the same');
});

test("a check that needs the suite's own tool counts against the fixture only", () => {
  const results = new Map([result('part', { untestable: 2 })]);
  expect(judge('product', '2026-07-28', ['part'], results, false)).toMatchObject({ failed: [], untestable: 2 });
  expect(judge('fixture', '2026-07-28', ['part'], results, true).failed).toEqual(['part: 2 checks were not testable']);
});

test('the scored sets are those of the two revisions', () => {
  expect([required('2026-07-28').length, required('2025-11-25').length]).toEqual([37, 30]);
});
