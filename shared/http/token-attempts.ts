/** Holds off whoever tries tokens. */
export interface TokenAttempts {
  /** Seconds to wait before this address may try again; 0 when it may try now. */
  wait: (address: string) => number;
  failed: (address: string) => void;
}

const MOST_FAILURES = 5;
const WINDOW_MS = 60_000;
const MOST_ADDRESSES = 10_000;

/** Five wrong tokens of one address in a minute close the door to it until the minute is over, for right ones too. */
export function tokenAttempts(now: () => number = () => performance.now()): TokenAttempts {
  const failures = new Map<string, { count: number; until: number }>();
  const of = (address: string) => {
    const known = failures.get(address);
    return known && known.until > now() ? known : undefined;
  };
  return {
    wait(address) {
      const known = of(address);
      return known && known.count >= MOST_FAILURES ? Math.max(1, Math.ceil((known.until - now()) / 1000)) : 0;
    },
    failed(address) {
      // SECURITY: addresses come from outside; an unbounded map would let anyone fill the memory.
      if (failures.size >= MOST_ADDRESSES) failures.clear();
      const known = of(address);
      failures.set(address, { count: (known?.count ?? 0) + 1, until: known?.until ?? now() + WINDOW_MS });
    },
  };
}
