import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFileLock } from './file-lock.ts';

test('gives the result of the work, and the lock back, also when the work throws', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const file = join(folder, 'x.json');
  expect(withFileLock(file, () => readdirSync(folder))).toEqual(['x.json.lock']);
  const failing = () =>
    withFileLock(file, () => {
      throw new Error('inside');
    });
  expect(failing).toThrow('inside');
  expect(readdirSync(folder)).toEqual([]);
});

test('a holder that lost its lock is told before it changes anything, and leaves the other lock alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  const file = join(folder, 'x.json');
  const robbed = () =>
    withFileLock(file, (held) => {
      held();
      writeFileSync(`${file}.lock`, 'another');
      held();
    });
  expect(robbed).toThrow('The lock of');
  expect(readdirSync(folder)).toEqual(['x.json.lock']);
});
