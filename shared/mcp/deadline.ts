import { Fault } from '../faults.ts';

/** The time one call has. */
export interface Deadline {
  /** Made when it is first asked for: most handlers of a local answer never do. */
  signal: () => AbortSignal;
  /** Rejects with a `Fault('timeout')` at the deadline or when the caller cancels. */
  passed: Promise<never>;
  /** Lets the work go on without its caller: a client that leaves no longer ends it. */
  detach: () => void;
  /** Ends the work for another reason. */
  abort: (reason: Fault) => void;
  clear: () => void;
}

/** Ends a call after `ms`, or when `outer` aborts. `unsure`: what it was to change may have happened. */
export function deadline(tool: string, ms: number, unsure: boolean, outer: AbortSignal): Deadline {
  const { promise: passed, reject } = Promise.withResolvers<never>();
  let controller: AbortController | undefined;
  let ended: { reason: unknown } | undefined;
  const end = (reason: unknown, fault: Fault): void => {
    ended = { reason };
    controller?.abort(reason);
    reject(fault);
  };
  const timer = setTimeout(() => {
    const doubt = unsure ? ' What it was to change may have happened: look before you repeat it.' : '';
    const fault = new Fault('timeout', `${tool} did not finish within ${ms / 1000} s.${doubt}`);
    end(fault, fault);
  }, ms);
  const onAbort = (): void => end(outer.reason, new Fault('timeout', 'The call was cancelled.'));
  if (outer.aborted) onAbort();
  else outer.addEventListener('abort', onAbort, { once: true });
  passed.catch(() => {});
  return {
    signal() {
      controller ??= new AbortController();
      if (ended) controller.abort(ended.reason);
      return controller.signal;
    },
    passed,
    detach: () => outer.removeEventListener('abort', onAbort),
    abort: (reason) => end(reason, reason),
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', onAbort);
    },
  };
}
