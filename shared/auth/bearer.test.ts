import { expect, test } from 'vitest';
import { bearerOf } from './bearer.ts';

test.each(['Bearer hlab_abc-_.~+/', 'bearer hlab_abc-_.~+/', 'Bearer   hlab_abc-_.~+/'])('reads %s', (header) => {
  expect(bearerOf(header)).toBe('hlab_abc-_.~+/');
});

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  'Basic abc',
  'Bearer a b',
  'Bearer a,b',
  ' Bearer a',
  'Bearer a\n',
  'Bearer =',
  'Bearer ä',
  `Bearer ${'a'.repeat(600)}`,
])('refuses %s', (header) => {
  expect(bearerOf(header)).toBeUndefined();
});
