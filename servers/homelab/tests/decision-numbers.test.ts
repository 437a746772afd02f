import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('no two decisions have one number, and none is missing', () => {
  const folder = join(import.meta.dirname, '../../../decisions');
  const numbers = readdirSync(folder).flatMap((name) => /^(\d{4})-/.exec(name)?.[1] ?? []);
  expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
});
