import { randomBytes } from 'node:crypto';
import { closeSync, futimesSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../faults.ts';
import { sha256 } from './audit-line.ts';
import { stateFault } from './state-fault.ts';

const POLL_MS = 50;

/** The right to be the only one, among all processes on the folder, that works on something. */
export interface Lease {
  /** Throws `conflict` when another process took the lease over, because this one slept: call it right before a change. */
  held(): void;
  release(): void;
}

export interface LeaseOptions {
  /** Our word for the work, told to who waits in vain. */
  what: string;
  /** How long to wait for a holder that is alive. */
  waitMs?: number;
  /** A holder that gave no sign for so long is dead, and its lease is taken over. */
  staleMs?: number;
  /** How often a holder gives a sign. */
  beatMs?: number;
  signal?: AbortSignal | undefined;
}

/** A holder as its file shows it. A takeover makes the next generation, so of several who see a dead holder one succeeds it. */
interface Holder {
  generation: number;
  owner: string;
  what: string;
  beat: number;
}

/**
 * Waits for the lease of `name` in `folder`. Throws `conflict` when a living holder keeps it longer than `waitMs`. Signs of life are compared with
 * each other, never with the time of day: setting clocks does not free or block a lease.
 */
export async function takeLease(folder: string, name: string, options: LeaseOptions): Promise<Lease> {
  const { what, waitMs = 5_000, staleMs = 20_000, beatMs = 2_000, signal } = options;
  const path = join(folder, sha256(name).slice(0, 32));
  const start = performance.now();
  let seen = { sign: '', looks: 0 };
  let alive = false;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (;;) {
      const top = holders(folder, path).at(-1);
      const sign = top ? `${top.generation} ${top.owner} ${top.beat}` : '';
      if (seen.sign !== '' && seen.sign !== sign) alive = true;
      // Looks are counted, not time: a waiter that was stopped itself must look again before it calls anybody dead.
      seen = { sign, looks: seen.sign === sign ? seen.looks + 1 : 0 };
      if (!top || seen.looks * POLL_MS >= staleMs) {
        const lease = claim(folder, path, what, beatMs, top);
        if (lease) return lease;
      } else if (alive && performance.now() - start >= waitMs) {
        throw new Fault('conflict', `${top.what || 'Another write'} is at work on the same target.`, {
          hint: 'Repeat the call when it has ended.',
        });
      }
      await pause(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    if (signal?.aborted) throw new Fault('timeout', 'The call was cancelled while it waited for another write on the same target.');
    throw stateFault('The lock of a target cannot be taken', error);
  }
}

/** Who holds or held it, the newest generation last. */
function holders(folder: string, path: string): Holder[] {
  return readdirSync(folder)
    .filter((file) => join(folder, file).startsWith(`${path}.`))
    .flatMap((file) => holder(join(folder, file)) ?? [])
    .sort((one, other) => one.generation - other.generation);
}

function holder(file: string): Holder | undefined {
  try {
    const beat = statSync(file).mtimeMs;
    // Empty for a moment after it was made.
    const [owner = '', what = ''] = readFileSync(file, 'utf8').split('\n');
    return { generation: Number(file.split('.').at(-1)), owner, what, beat };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function claim(folder: string, path: string, what: string, beatMs: number, dead: Holder | undefined): Lease | undefined {
  const generation = dead ? dead.generation + 1 : 0;
  const file = `${path}.${generation}`;
  const owner = randomBytes(12).toString('hex');
  let handle: number;
  try {
    handle = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  const timer = setInterval(() => beat(handle), beatMs).unref();
  const end = (): void => {
    clearInterval(timer);
    closeSync(handle);
  };
  try {
    writeSync(handle, `${owner}\n${what}`);
    // Between looking and making, the dead one may have come back and gone, and another come: then neither has it.
    const others = holders(folder, path).filter((one) => one.owner !== owner);
    const still = dead ? others.some((one) => one.generation === dead.generation && one.owner === dead.owner) : others.length === 0;
    if (!still || others.some((one) => one.generation > generation)) {
      end();
      rmSync(file, { force: true });
      return undefined;
    }
  } catch (error) {
    end();
    rmSync(file, { force: true });
    throw error;
  }
  const mine = (): boolean => holders(folder, path).at(-1)?.owner === owner;
  return {
    held() {
      if (!mine())
        throw new Fault('conflict', 'The lock of the target was lost while this call slept.', {
          hint: 'Look at the target, then repeat the call.',
        });
    },
    release() {
      end();
      if (generation > 0 && mine()) for (let old = 0; old < generation; old++) rmSync(`${path}.${old}`, { force: true });
      if (holder(file)?.owner === owner) rmSync(file, { force: true });
    },
  };
}

function beat(handle: number): void {
  const now = new Date();
  try {
    futimesSync(handle, now, now);
  } catch {
    // A disk that takes no sign of life any more: the lease lapses, and `held` tells its holder.
  }
}
