/** Answers whether a request may pass now, or how many seconds to wait. */
export interface RateLimit {
  take: (key: string) => { ok: true } | { ok: false; retryAfter: number };
}

/** A token bucket per key: `perMinute` on average, `burst` at once. */
export function rateLimit(perMinute: number, burst: number, now: () => number = Date.now): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  const perMs = perMinute / 60_000;
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { left: burst, at };
      bucket.left = Math.min(burst, bucket.left + Math.max(0, at - bucket.at) * perMs);
      bucket.at = at;
      buckets.set(key, bucket);
      if (bucket.left < 1) return { ok: false, retryAfter: Math.max(1, Math.ceil((1 - bucket.left) / perMs / 1000)) };
      bucket.left -= 1;
      return { ok: true };
    },
  };
}

/** True when JSON text nests deeper than `most`; found without parsing, so that a deep body costs no stack. */
export function nestsDeeper(json: Buffer, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (quoted) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > most) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}
