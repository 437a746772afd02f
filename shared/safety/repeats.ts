import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../config/replace-file.ts';
import { Fault, type FaultCode } from '../faults.ts';
import { redact } from '../redact/redact.ts';
import { sha256 } from './audit-line.ts';
import { type LeaseOptions, takeLease } from './lease.ts';
import { stateFault } from './state-fault.ts';

const KEEP_MS = 15 * 60_000;
const DIGEST_LIMIT = 4_000;

/** Failures after which nothing was changed, so that the same key may be used again. */
const NOTHING_DONE: ReadonlySet<FaultCode> = new Set([
  'invalid_input',
  'not_found',
  'conflict',
  'denied',
  'approval_required',
  'unavailable',
]);

const Kept = z.strictObject({ at: z.number(), arguments: z.string(), digest: z.string().optional() });
type Kept = z.output<typeof Kept>;

/** A call that its client may send twice: who sends it, to which tool, under which key, with which arguments. */
export interface KeyedCall {
  caller: string;
  tool: string;
  key: string;
  arguments: unknown;
  signal?: AbortSignal | undefined;
}

/** What the first call gave, or what is kept of it when this one repeats it. */
export type Once<Result> = { repeated: false; result: Result } | { repeated: true; digest: string; at: number };

/** Calls that act once however often they are sent; kept 15 minutes under STATE_DIR/brakes, for all processes on the folder. */
export interface Repeats {
  /**
   * Runs `run` for the first call with this key; for a repeat gives the digest of the first result: at most 4,000 characters, redacted. Throws
   * `conflict` while the first is still at work or when nobody knows how it ended, and `invalid_input` for the same key with other arguments.
   */
  once<Result>(call: KeyedCall, run: () => Promise<Result>, digest: (result: Result) => string): Promise<Once<Result>>;
}

export interface RepeatsOptions {
  /** STATE_DIR. */
  folder: string;
  now?: () => number;
  /** Timing of the lock, for tests. */
  lease?: Partial<Omit<LeaseOptions, 'what' | 'signal'>>;
}

/** The repeats of one state folder. */
export function repeats({ folder: state, now = Date.now, lease = {} }: RepeatsOptions): Repeats {
  const folder = join(state, 'brakes', 'once');
  return {
    async once(call, run, digest) {
      const file = join(folder, `${sha256([call.caller, call.tool, call.key].join('\0')).slice(0, 32)}.json`);
      const given = sha256(JSON.stringify(call.arguments) ?? '');
      const before = await begin(file, given, call);
      if (before) return answer(before, given, call.tool);
      let result: Awaited<ReturnType<typeof run>>;
      try {
        result = await run();
      } catch (error) {
        if (error instanceof Fault && NOTHING_DONE.has(error.code)) rmSync(file, { force: true });
        throw error;
      }
      const text = redact(digest(result));
      const short = text.length > DIGEST_LIMIT ? `${text.slice(0, DIGEST_LIMIT)}... (${text.length} characters)` : text;
      // It is done: that a repeat would not learn the result is no reason to call it failed.
      keep(file, { at: now(), arguments: given, digest: short }, true);
      return { repeated: false, result };
    },
  };

  /** What is kept under the key; where nothing is, the call is noted as begun, and nobody else begins it. */
  async function begin(file: string, given: string, { tool, signal }: KeyedCall): Promise<Kept | undefined> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = await takeLease(join(state, 'brakes', 'once-locks'), file, { ...lease, what: tool, signal });
    try {
      forgetOld(folder, now());
      const before = read(file);
      // Kept from before the clock was set back: it counts from now on.
      if (before && before.at > now()) keep(file, { ...before, at: now() });
      if (before && now() - before.at < KEEP_MS) return before;
      lock.held();
      keep(file, { at: now(), arguments: given });
      return undefined;
    } catch (error) {
      throw stateFault('That a call was begun cannot be written', error);
    } finally {
      lock.release();
    }
  }
}

function answer({ arguments: kept, digest, at }: Kept, given: string, tool: string): { repeated: true; digest: string; at: number } {
  if (kept !== given) {
    throw new Fault('invalid_input', 'This idempotency key was used with other arguments.', {
      hint: 'Give every new call a key of its own.',
    });
  }
  if (digest !== undefined) return { repeated: true, digest, at };
  throw new Fault('conflict', `The first call of ${tool} with this idempotency key is at work, or was cut off and may have happened.`, {
    hint: 'Look at its target; repeat it with another key if it did not happen.',
  });
}

function read(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Fault('unavailable', 'What is kept under an idempotency key cannot be read.', {
      hint: 'Delete brakes/once in STATE_DIR when no write is running.',
      cause,
    });
  }
}

function keep(file: string, kept: Kept, gently = false): void {
  try {
    replaceFile(file, JSON.stringify(kept));
  } catch (error) {
    if (!gently) throw error;
  }
}

function forgetOld(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const age = now - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? now);
    if (age > 2 * KEEP_MS) rmSync(join(folder, name), { force: true });
  }
}
