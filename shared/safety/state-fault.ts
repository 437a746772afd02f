import { Fault } from '../faults.ts';

const HINTS: Record<string, string> = {
  ENOSPC: 'The disk that holds STATE_DIR is full: make room on it.',
  EDQUOT: 'The quota of the disk that holds STATE_DIR is used up: make room on it.',
  EROFS: 'STATE_DIR is on a read-only file system: mount it writable.',
  EACCES: 'STATE_DIR must belong to the user that runs the server.',
  EPERM: 'STATE_DIR must belong to the user that runs the server.',
};

/** `unavailable` because of our own state on disk: it says nothing about what was to be changed, and nothing was. */
export class StateFault extends Fault {
  constructor(message: string, more: { hint?: string; cause?: unknown } = {}) {
    super('unavailable', message, more);
  }
}

/** The fault for state on disk that could not be kept: `what` is our sentence without its end, such as "The audit log cannot be written". */
export function stateFault(what: string, cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
  return new StateFault(`${what} (${code}), so nothing was changed.`, {
    hint: HINTS[code] ?? 'See what is wrong with the disk that holds STATE_DIR.',
    cause,
  });
}
