import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callerOf, operatorOf } from './authenticate.ts';
import { openTokens } from './token-store.ts';

test('each kind of token is refused at the door of the other, by name', () => {
  const tokens = openTokens(join(mkdtempSync(join(tmpdir(), 'tokens-')), 'tokens.json'));
  const operator = tokens.add({ name: 'phone', operator: true });
  const caller = tokens.add({ name: 'laptop', level: 'destructive' });
  expect(callerOf(tokens, `Bearer ${caller}`)).toEqual({ name: 'laptop', level: 'destructive' });
  expect(operatorOf(tokens, operator)).toEqual({ name: 'phone' });
  expect(() => callerOf(tokens, `Bearer ${operator}`)).toThrow('no tool takes it');
  expect(() => operatorOf(tokens, caller)).toThrow('decides on no action');
  for (const nobody of [undefined, '', 'Bearer hlab_x', operator]) expect(callerOf(tokens, nobody)).toBeUndefined();
  expect(operatorOf(tokens, 'hlab_x')).toBeUndefined();
});
