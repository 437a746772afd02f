import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, type FaultCode } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import { sha256 } from './audit-line.ts';
import { hourLog } from './hour-log.ts';
import { type Lease, type LeaseOptions, takeLease } from './lease.ts';
import { addStamp, clearStamps, recentStamps } from './stamps.ts';
import { StateFault, stateFault } from './state-fault.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FAILURES = 3;
const STOP_MS = 30 * MINUTE;

/** Failures that say nothing against the target: the call itself was wrong or not allowed. */
const CALLERS_OWN: ReadonlySet<FaultCode> = new Set(['invalid_input', 'not_found', 'conflict', 'denied', 'approval_required']);

/** A change that the brakes watch. */
export interface BrakedWork {
  /** The tool or command: our word. */
  tool: string;
  /** Resolved ids; none locks nothing. */
  targets: readonly string[];
  /** Whose writes are counted, and how many an hour may have. */
  budget?: { name: string; perHour: number } | undefined;
  /** The caller's cancelling. Never a deadline's: a change that ends after it was aborted counts as no failure of the target. */
  signal?: AbortSignal | undefined;
}

/** What keeps writes from piling up. Its state is in STATE_DIR/brakes: it holds over restarts and for all processes on the folder. */
export interface Brakes {
  /**
   * Runs `work` alone on its targets, within the budget, and counts its failure or success. Throws `denied` when the action is stopped or the budget
   * used up, `conflict` when another write holds a target. `held` throws `conflict` when a target was lost meanwhile: call it before a late change.
   */
  run<Result>(braked: BrakedWork, work: (held: () => void) => Promise<Result>): Promise<Result>;
  /** Throws `denied` with the reason when the action failed on one of the targets three times within half an hour; holds half an hour. */
  check(tool: string, targets: readonly string[]): void;
  /** Lets a stopped action run again; for a person. */
  release(tool: string, target: string): void;
}

export interface BrakesOptions {
  /** STATE_DIR. */
  folder: string;
  log: Log;
  now?: () => number;
  /** Timing of the locks, for tests. */
  lease?: Partial<Omit<LeaseOptions, 'what' | 'signal'>>;
}

/** The brakes of one state folder. */
export function brakes({ folder, log, now = Date.now, lease: timing = {} }: BrakesOptions): Brakes {
  const root = join(folder, 'brakes');
  const failures = (tool: string, target: string): string => join(root, 'failures', sha256(`${tool}\0${target}`).slice(0, 32));
  const budgets = (name: string): string => join(root, 'budget', sha256(name).slice(0, 32));
  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw stateFault('The brakes cannot be kept', error);
    }
  };
  guarded(() => forgetOld(root, now()));

  const check = (tool: string, targets: readonly string[]): void =>
    guarded(() => {
      for (const target of targets) {
        const stamps = recentStamps(failures(tool, target), 2 * STOP_MS, now());
        const last = stamps.at(-1);
        const first = stamps.at(-FAILURES);
        if (!last || !first || stamps.length < FAILURES) continue;
        if (last.at - first.at >= STOP_MS || now() - last.at >= STOP_MS) continue;
        const until = clock(last.at + STOP_MS);
        throw new Fault(
          'denied',
          `${tool} is stopped: it failed ${FAILURES} times on this target since ${clock(first.at)}, last with \`${last.note}\`.`,
          {
            hint: `Find out why before it is tried again; it is let through at ${until}.`,
          },
        );
      }
    });

  const spend = ({ name, perHour }: { name: string; perHour: number }): void =>
    guarded(() => {
      const log = hourLog(budgets(name));
      const refuse = (times: readonly number[]): never => {
        const next = clock((times.at(-perHour) ?? now()) + HOUR);
        throw new Fault('denied', `The budget of ${perHour} writes an hour is used up.`, {
          hint: `The next is free at ${next}; the policy file sets the budget.`,
        });
      };
      const before = log.times(now());
      if (before.length >= perHour) refuse(before);
      const at = now();
      log.add(at);
      const times = log.times(now());
      if (times.length <= perHour) return;
      // Added before it is counted again: of two processes at the edge both may be refused, never both let through.
      log.takeBack(at, now());
      refuse(times);
    });

  const failed = (tool: string, targets: readonly string[], error: unknown): void => {
    const code = error instanceof Fault ? error.code : 'internal';
    // A record that could not be written is no failure of the target either.
    if (CALLERS_OWN.has(code) || error instanceof StateFault) return;
    try {
      for (const target of targets) addStamp(failures(tool, target), code, now());
    } catch (cause) {
      log.error('brake_lost', { tool, code, err: cause });
    }
  };

  return {
    check,
    release: (tool, target) => guarded(() => clearStamps(failures(tool, target))),
    async run({ tool, targets, budget, signal }, work) {
      check(tool, targets);
      const leases: Lease[] = [];
      try {
        // One order for all, so that two calls with the same targets never wait for each other.
        for (const target of [...new Set(targets)].sort()) {
          leases.push(await takeLease(join(root, 'targets'), target, { ...timing, what: tool, signal }));
        }
        // Again: the call before this one may have been the third failure.
        check(tool, targets);
        if (budget) spend(budget);
        const held = (): void => {
          for (const lease of leases) lease.held();
        };
        const result = await work(held).catch((error: unknown) => {
          // Who gives up waiting says nothing about the target.
          if (!signal?.aborted) failed(tool, targets, error);
          throw error;
        });
        for (const target of targets) guarded(() => clearStamps(failures(tool, target)));
        return result;
      } finally {
        for (const lease of leases) lease.release();
      }
    },
  };
}

const clock = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** Removes what no brake needs any more of targets and budgets that nobody asks for again. */
function forgetOld(root: string, now: number): void {
  const each = (kind: string): string[] => {
    const folder = join(root, kind);
    return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  };
  for (const folder of each('failures')) recentStamps(folder, HOUR, now);
  for (const folder of each('budget')) hourLog(folder).times(now);
}
