/** A time limit joined with the caller's signal: one signal for every step of a request. */
export interface Deadline {
  signal: AbortSignal;
  /** What ended it, once it has ended. */
  cause(): 'deadline' | 'caller' | undefined;
  /** Milliseconds that are left; infinite without a limit. */
  left(): number;
  /** Waits, or rejects as soon as the signal fires. */
  sleep(ms: number): Promise<void>;
  /** Ends the time limit and keeps the caller's signal: for a stream whose head has arrived. */
  open(): void;
  /** Releases the timer and the listener. */
  clear(): void;
}

/** Starts a deadline of `ms` that the caller's signal can end sooner. */
export function deadline(ms: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  const until = performance.now() + ms;
  let cause: 'deadline' | 'caller' | undefined;
  const end = (why: 'deadline' | 'caller') => {
    cause ??= why;
    controller.abort();
  };
  const timer = Number.isFinite(ms) ? setTimeout(end, ms, 'deadline') : undefined;
  const onAbort = () => end('caller');
  if (caller?.aborted) onAbort();
  else caller?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    cause: () => cause,
    left: () => until - performance.now(),
    sleep: (wait) =>
      new Promise((resolve, reject) => {
        const { signal } = controller;
        if (signal.aborted) return reject(signal.reason);
        const stop = () => {
          clearTimeout(pause);
          reject(signal.reason);
        };
        const pause = setTimeout(() => {
          signal.removeEventListener('abort', stop);
          resolve();
        }, wait);
        signal.addEventListener('abort', stop, { once: true });
      }),
    open: () => clearTimeout(timer),
    clear: () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onAbort);
    },
  };
}
