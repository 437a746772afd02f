import { Fault } from '@homelab/shared/faults.ts';
import { HostFault, type HostReason } from './host-fault.ts';

/** A host that is not in an answer, and why. */
export interface Missing {
  host: string;
  /** `asleep` is usual for it and no trouble. */
  reason: HostReason | 'internal';
  /** One sentence of ours, and what helps. */
  sentence: string;
  hint?: string;
}

/** An answer over several hosts: every host that was asked stands in exactly one of the two, in the order it was asked. */
export interface Across<Value> {
  found: { host: string; value: Value }[];
  missing: Missing[];
}

/** Milliseconds after which a host is left out of an answer over several. */
export const ACROSS_MS = 3_000;

/**
 * Asks all hosts at once and resolves when each has answered or `deadlineMs` is over, whichever comes first: no host delays the others
 * beyond that. `work` gets a signal that fires then. Rejects only for a bug in `work`, never for a host.
 */
export async function acrossHosts<Host extends { readonly name: string }, Value>(
  hosts: readonly Host[],
  { deadlineMs = ACROSS_MS, signal }: { deadlineMs?: number | undefined; signal?: AbortSignal | undefined },
  work: (host: Host, call: { signal: AbortSignal; deadlineMs: number }) => Promise<Value>,
): Promise<Across<Value>> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), deadlineMs);
  const limit = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
  try {
    const settled = await Promise.all(hosts.map((host) => settle(host, limit, late.signal, deadlineMs, work)));
    return {
      found: settled.flatMap((one) => ('value' in one ? [one] : [])),
      missing: settled.flatMap((one) => ('value' in one ? [] : [one])),
    };
  } finally {
    clearTimeout(timer);
  }
}

async function settle<Host extends { readonly name: string }, Value>(
  host: Host,
  limit: AbortSignal,
  late: AbortSignal,
  deadlineMs: number,
  work: (host: Host, call: { signal: AbortSignal; deadlineMs: number }) => Promise<Value>,
): Promise<{ host: string; value: Value } | Missing> {
  let end = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(limit.reason);
    if (limit.aborted) end();
    else limit.addEventListener('abort', end, { once: true });
  });
  try {
    // The race holds the deadline even for work that does not heed its signal.
    const value = await Promise.race([work(host, { signal: limit, deadlineMs }), ended]);
    return { host: host.name, value };
  } catch (error) {
    return missingOf(host.name, error, late.aborted, limit.aborted, deadlineMs);
  } finally {
    limit.removeEventListener('abort', end);
  }
}

function missingOf(host: string, error: unknown, late: boolean, aborted: boolean, deadlineMs: number): Missing {
  const ownWords = error instanceof HostFault && error.reason !== 'cancelled';
  if (late && !ownWords) {
    const seconds = Number((deadlineMs / 1_000).toPrecision(3));
    return {
      host,
      reason: 'timeout',
      sentence: `${host} did not answer within ${seconds} s.`,
      hint: 'docker_hosts shows whether it is there.',
    };
  }
  if (aborted && !ownWords) return { host, reason: 'cancelled', sentence: `The request to ${host} was cancelled.` };
  if (error instanceof HostFault) return { host, reason: error.reason, sentence: error.message, ...(error.hint && { hint: error.hint }) };
  if (error instanceof Fault) return { host, reason: 'internal', sentence: error.message, ...(error.hint && { hint: error.hint }) };
  throw error;
}
