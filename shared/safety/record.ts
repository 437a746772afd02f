import { randomUUID } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import type { Audit } from './audit.ts';
import type { AuditEntry } from './audit-line.ts';

/** What is about to be changed, and by whom; a caller is a token's name or the name of what works by itself. */
export type Effect = Omit<AuditEntry, 'kind' | 'outcome' | 'ms'>;

/**
 * Runs `run` between two entries of the audit: `began` is on the disk before it starts, `ended` says how it went. Where `began` cannot be
 * written, nothing runs and it throws `unavailable`. Where `ended` cannot, the result still comes, the log says so, and the audit's next line does.
 */
export type Recorder = <Result>(effect: Effect, run: () => Promise<Result>) => Promise<Result>;

/** The one way to change anything: every write of a tool, a watchdog or a command goes through it. */
export function recorder(audit: Audit, log: Log): Recorder {
  return async (given, run) => {
    const effect = { ...given, call: given.call ?? randomUUID() };
    // SECURITY: no record, no change; without this wait a change could happen that nobody can find afterwards.
    await audit.append({ ...effect, kind: 'began' });
    const start = performance.now();
    const ended = async (outcome: string): Promise<void> => {
      const { caller, what, level, targets, call, action } = effect;
      const ms = Math.round(performance.now() - start);
      try {
        // One sync for each change is enough: after a power cut an entry that began and did not end says what is true, that nobody knows.
        await audit.append({ kind: 'ended', caller, what, level, targets, call, action, outcome, ms }, 'written');
      } catch (error) {
        log.error('audit_end_lost', { requestId: call, caller, tool: what, outcome, err: error });
      }
    };
    try {
      const result = await run();
      await ended('ok');
      return result;
    } catch (error) {
      await ended(error instanceof Fault ? error.code : 'internal');
      throw error;
    }
  };
}
