import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { AIM, fit, HARD_LIMIT, SOFT_LIMIT } from './budget.ts';

const lines = Array.from({ length: 500 }, (_, index) => `${index} container pihole-${index} restarted on host nas at 08:10`);

test('whole lines up to the budget, and how to get the rest', () => {
  for (const budget of [AIM, SOFT_LIMIT, HARD_LIMIT]) {
    const text = fit(lines, budget, { unit: 'events', next: 'give `since`' });
    const shown = text.split('\n');
    expect(encode(text).length).toBeLessThanOrEqual(budget * 1.1);
    expect(shown.slice(0, -1)).toEqual(lines.slice(0, shown.length - 1));
    expect(shown.at(-1)).toBe(`shown ${shown.length - 1} of 500 events; next: give \`since\``);
  }
});

test('what fits whole gets no note, unless more exists elsewhere', () => {
  expect(fit(['a', 'b'], AIM, { unit: 'rows' })).toBe('a\nb');
  expect(fit(['a', 'b'], AIM, { unit: 'rows', total: 9 })).toBe('a\nb\nshown 2 of 9 rows');
  expect(fit([], AIM, { unit: 'rows' })).toBe('');
  expect(fit([], AIM, { unit: 'rows', total: 3 })).toBe('shown 0 of 3 rows');
});

test('one line is kept however long it is', () => {
  const long = 'word '.repeat(5_000);
  expect(fit([long, 'b'], 100, { unit: 'lines' })).toBe(`${long}\nshown 1 of 2 lines`);
});
