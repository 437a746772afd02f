import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from './audit-line.ts';
import { takeLease } from './lease.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'lease-'));
const fast = { what: 'docker_restart', waitMs: 150, staleMs: 400, beatMs: 20 };

/** A holder that died: its file is there, and nobody gives a sign. */
function leaveDead(folder: string, name: string, generation = 0): void {
  writeFileSync(join(folder, `${sha256(name).slice(0, 32)}.${generation}`), `dead${generation}\ndocker_stop`);
}

test('a second one waits for a living holder in vain, and has it once it is released', async () => {
  const folder = newFolder();
  const first = await takeLease(folder, 'a', fast);
  await expect(takeLease(folder, 'a', fast)).rejects.toMatchObject({
    code: 'conflict',
    message: 'docker_restart is at work on the same target.',
  });
  const other = await takeLease(folder, 'b', fast);
  first.held();
  first.release();
  other.release();
  const second = await takeLease(folder, 'a', fast);
  second.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('one of many who see a dead holder succeeds it; the others wait for that one', async () => {
  const folder = newFolder();
  leaveDead(folder, 'a', 0);
  leaveDead(folder, 'a', 1);
  let inside = 0;
  let most = 0;
  const visit = async (): Promise<void> => {
    const lease = await takeLease(folder, 'a', { ...fast, waitMs: 20_000 });
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    lease.held();
    inside--;
    lease.release();
  };
  await Promise.all(Array.from({ length: 12 }, visit));
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('a holder that was taken for dead is told before its change, and leaves the other one alone', async () => {
  const folder = newFolder();
  const slept = await takeLease(folder, 'a', { ...fast, beatMs: 600_000 });
  const next = await takeLease(folder, 'a', fast);
  expect(() => slept.held()).toThrow('was lost');
  slept.release();
  next.held();
  next.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each([-3_600_000, 3_600_000, -400 * 86_400_000])('a file whose time is %d ms off neither frees nor blocks', async (off) => {
  const folder = newFolder();
  leaveDead(folder, 'a');
  const at = new Date(Date.now() + off);
  utimesSync(join(folder, `${sha256('a').slice(0, 32)}.0`), at, at);
  const start = performance.now();
  const lease = await takeLease(folder, 'a', fast);
  expect(performance.now() - start).toBeGreaterThanOrEqual(fast.staleMs);
  lease.release();
});

test('waiting ends when the call is cancelled', async () => {
  const folder = newFolder();
  const first = await takeLease(folder, 'a', fast);
  const cancel = new AbortController();
  const second = takeLease(folder, 'a', { ...fast, waitMs: 60_000, signal: cancel.signal });
  cancel.abort();
  await expect(second).rejects.toMatchObject({ code: 'timeout' });
  first.release();
});
