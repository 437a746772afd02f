import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Fault } from '../faults.ts';

/** Holders work for milliseconds; what is older was left by a process that died. Process ids say nothing across containers. */
const STALE_MS = 10_000;
const PATIENCE_MS = 20_000;
const PAUSE_MS = 15;

/**
 * Runs `work` while no other process on this file system runs work under the lock of `file`; waits up to 20 s, then `unavailable`.
 * `work` is given `held`, which throws `conflict` when the lock was taken away meanwhile (this process slept): call it right before the change.
 */
export function withFileLock<Result>(file: string, work: (held: () => void) => Result): Result {
  const lock = `${file}.lock`;
  const mark = `${process.pid}.${randomBytes(8).toString('hex')}`;
  const end = Date.now() + PATIENCE_MS;
  while (!take(lock, mark)) {
    breakStale(lock);
    if (Date.now() > end)
      throw new Fault('unavailable', `${lock} is held by another process.`, { hint: 'Delete it when no command is running.' });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS + Math.random() * PAUSE_MS);
  }
  try {
    return work(() => {
      if (read(lock) !== mark) throw new Fault('conflict', `The lock of ${file} was lost.`, { hint: 'Repeat the command.' });
    });
  } finally {
    if (read(lock) === mark) rmSync(lock, { force: true });
  }
}

function take(lock: string, mark: string): boolean {
  try {
    writeFileSync(lock, mark, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function breakStale(lock: string): void {
  const stale = read(lock);
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (stale === undefined || age < STALE_MS) return;
  const aside = `${lock}.${process.pid}.${randomBytes(4).toString('hex')}.stale`;
  try {
    renameSync(lock, aside);
    // Another process may have broken it first and taken it: then this is the living lock, and goes back.
    if (read(aside) !== stale) linkSync(aside, lock);
  } catch (error) {
    // Gone or taken meanwhile; or a file system without links, where the holder learns from `held` that it lost the lock.
    if (!['ENOENT', 'EEXIST', 'EPERM', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
