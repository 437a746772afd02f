import { expect, test } from 'vitest';
import { z } from 'zod';
import { nestsTooDeeply } from './yaml-depth.ts';
import { parseYaml } from './yaml-file.ts';

test.each([
  ['a: [1, {b: [2]}]', false],
  ['a: [\n'.repeat(400), false],
  ['a: [\n'.repeat(600), true],
  ['{'.repeat(900_000), true],
  ['[]{}'.repeat(200_000), false],
  [']]]]'.repeat(1_000) + '['.repeat(400), false],
])('%#', (text, deep) => {
  expect(nestsTooDeeply(text)).toBe(deep);
});

test('a megabyte of openings is refused before it is parsed', () => {
  const { problems, value } = parseYaml('a: [\n'.repeat(180_000), 'x.yaml', z.unknown());
  expect(value).toBeUndefined();
  expect(problems).toEqual([{ file: 'x.yaml', line: 1, column: 1, message: 'is nested too deeply' }]);
});
