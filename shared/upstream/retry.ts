const BASE_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** True for a status that another try may mend. */
export function isPassing(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}

/** The seconds that a `Retry-After` header asks for, as a number or a date; undefined without a readable one. */
export function retryAfter(header: string | string[] | undefined, now = Date.now()): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined || text.trim() === '') return undefined;
  const seconds = /^\s*\d+\s*$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/**
 * Milliseconds before try number `tried + 1`, or undefined where waiting is no use: the upstream asks for more than 5 s or than is left.
 * Without a wish of the upstream it doubles from 100 ms, half to one and a half of that at random.
 */
export function waitBefore(tried: number, askedSeconds: number | undefined, leftMs: number, random = Math.random): number | undefined {
  const wait = askedSeconds === undefined ? BASE_MS * 2 ** (tried - 1) * (0.5 + random()) : askedSeconds * 1_000;
  return wait > LONGEST_WAIT_MS || wait >= leftMs ? undefined : wait;
}
