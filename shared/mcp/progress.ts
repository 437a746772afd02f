/** Sends one progress notification. */
export type SendProgress = (progress: number, total: number | undefined, message: string | undefined) => void;

export interface Ticker {
  report: (done: number, total?: number, message?: string) => void;
  stop: () => void;
}

const FIRST_MS = 2_000;
const EVERY_MS = 10_000;
const LEAST_GAP_MS = 250;

/**
 * Keeps a slow call alive: a tick after 2 s and then every 10 s, so that no client gives up on a silent call.
 * What the handler reports is sent at most four times a second, and the numbers always grow, as the protocol asks.
 */
export function ticker(send: SendProgress): Ticker {
  const started = performance.now();
  let sent = 0;
  let lastSentAt = started;
  let latest: { total?: number; message?: string } = {};
  let timer = setTimeout(tick, FIRST_MS);

  function emit(value: number, total: number | undefined, message: string | undefined): void {
    sent = value > sent ? value : sent + 0.001;
    lastSentAt = performance.now();
    send(sent, total !== undefined && total >= sent ? total : undefined, message);
  }

  function tick(): void {
    const seconds = Math.round((performance.now() - started) / 1000);
    emit(sent, latest.total, latest.message ?? `working for ${seconds} s`);
    timer = setTimeout(tick, EVERY_MS);
  }

  return {
    report(done, total, message) {
      latest = { ...(total === undefined ? {} : { total }), ...(message === undefined ? {} : { message }) };
      if (done > sent && performance.now() - lastSentAt >= LEAST_GAP_MS) emit(done, total, message);
    },
    stop: () => clearTimeout(timer),
  };
}

/** For clients that did not ask for progress. */
export const silent: Ticker = { report: () => {}, stop: () => {} };
