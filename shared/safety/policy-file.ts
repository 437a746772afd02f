import { statSync } from 'node:fs';
import { fileProblemsText, readYaml } from '../config/yaml-file.ts';
import { Fault } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import { DEFAULT_POLICY, Policy } from './policy.ts';

const EVERY_MS = 1_000;

/** A policy that follows its file. */
export interface PolicySource {
  /** The policy as of at most a second ago. Throws `Fault('unavailable')` while its file is broken: nothing is changed under a policy nobody can read. */
  current: () => Policy;
  /** The policy for what only reads: the last one that could be read, so that reading goes on while the file is broken. */
  reading: () => Policy;
}

/** Follows the policy in `file`; without the file the defaults hold. */
export function openPolicy(
  file: string,
  log: Log,
  onChange: (policy: Policy) => void = () => {},
  now: () => number = Date.now,
): PolicySource {
  let policy = DEFAULT_POLICY;
  let broken: Fault | undefined;
  let stamp: string | undefined;
  let looked = Number.NEGATIVE_INFINITY;

  function look(): void {
    const at = now();
    if (Math.abs(at - looked) < EVERY_MS) return;
    looked = at;
    const fresh = stampOf(file);
    if (fresh === stamp) return;
    const first = stamp === undefined;
    stamp = fresh;
    load(fresh === '');
    if (!first && !broken) onChange(policy);
  }

  function load(absent: boolean): void {
    broken = undefined;
    if (absent) {
      policy = DEFAULT_POLICY;
      return;
    }
    try {
      const { value, problems } = readYaml(file, Policy);
      if (value) policy = value;
      else broken = unreadable(fileProblemsText(problems));
    } catch (error) {
      broken = unreadable(error instanceof Fault ? error.message : 'it cannot be read');
    }
    if (broken) log.error('policy_broken', { file, err: broken.cause });
  }

  return {
    current() {
      look();
      // SECURITY: falling back to the defaults would run what a broken file meant to forbid.
      if (broken) throw broken;
      return policy;
    },
    reading() {
      look();
      return policy;
    },
  };
}

function unreadable(detail: string): Fault {
  return new Fault('unavailable', 'The policy file is broken, so nothing is changed until it is mended.', {
    hint: 'Its owner sees where with npm run doctor.',
    cause: new Error(detail),
  });
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
}
