import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { child } from '../testing/safety/children.ts';
import { smallDisk } from '../testing/safety/small-disk.ts';
import { nonces } from './nonces.ts';
import { signingKey } from './signing-key.ts';

const newState = (): string => mkdtempSync(join(tmpdir(), 'nonces-'));
const HOUR = 3_600_000;

test('a nonce is spent once, by one of many who ask at once, and after a restart too', async () => {
  const state = newState();
  const asked = await Promise.all(Array.from({ length: 20 }, () => nonces(state).spend('../../n1', Date.now() + HOUR)));
  expect(asked.filter(Boolean).length).toBe(1);
  expect(await nonces(state).spend('../../n1', Date.now() + HOUR)).toBe(false);
  expect(await nonces(state).spend('n2', Date.now() + HOUR)).toBe(true);
  expect(readdirSync(state)).toEqual(['nonces']);
});

test('used nonces outlive their end by a day, so a clock that is set back revives none; then they are removed', async () => {
  const state = newState();
  let time = Date.parse('2026-11-20T12:00:00Z');
  const fresh = () => nonces(state, () => time);
  await fresh().spend('n1', time + HOUR);
  time += 3 * HOUR;
  await fresh().spend('n2', time + HOUR);
  time -= 3 * HOUR;
  expect(await fresh().spend('n1', time + HOUR)).toBe(false);
  time += 26 * HOUR;
  await fresh().spend('n3', time + HOUR);
  expect(readdirSync(join(state, 'nonces')).length).toBe(2);
});

test('a nonce that cannot be kept is not spent', async (context) => {
  const small = smallDisk(64);
  if (typeof small === 'string') return context.skip(small);
  try {
    small.readOnly();
    await expect(nonces(small.folder).spend('n1', Date.now() + HOUR)).rejects.toMatchObject({ code: 'unavailable' });
    small.writable();
    expect(await nonces(small.folder).spend('n1', Date.now() + HOUR)).toBe(true);
  } finally {
    small.remove();
  }
});

test('processes that start at once agree on one key, and one of them has the nonce', async () => {
  const state = newState();
  const all = Array.from({ length: 6 }, () => child('signing-key-reader', state, 'n1'));
  for (const one of all) expect(await one.ended).toEqual({ code: 0, errors: '' });
  expect(new Set(all.map((one) => one.lines()[0])).size).toBe(1);
  expect(all.filter((one) => one.lines()[1] === 'true').length).toBe(1);
  expect(signingKey(state).toString('hex')).toBe(all[0]?.lines()[0]);
});

test('the key is 32 bytes for this user only, and stays', () => {
  const state = newState();
  const key = signingKey(state);
  const file = join(state, 'keys', 'signing.key');
  expect(key.length).toBe(32);
  expect(signingKey(state)).toEqual(key);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  signingKey(state);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a damaged key is told and not replaced', () => {
  const state = newState();
  signingKey(state);
  writeFileSync(join(state, 'keys', 'signing.key'), 'abc');
  expect(() => signingKey(state)).toThrow('The signing key is damaged.');
  expect(readdirSync(join(state, 'keys'))).toEqual(['signing.key']);
});
