/** Lets so many in at a time; the others wait in order. Narrower for good once the host refused more. */
export interface ChannelGate {
  /** Resolves to how to leave; rejects when the signal fires first. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** The host took only `width` at a time; at least 1. */
  narrow(width: number): void;
  /** How many are inside. */
  inside(): number;
}

/** A gate that starts `width` wide. */
export function channelGate(width: number): ChannelGate {
  let inside = 0;
  let limit = width;
  const waiting = new Set<() => void>();
  const admit = () => {
    while (inside < limit) {
      const [next] = waiting;
      if (!next) return;
      waiting.delete(next);
      inside++;
      next();
    }
  };
  const leaving = () => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      inside--;
      admit();
    };
  };
  return {
    enter(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      return new Promise((resolve, reject) => {
        const abort = () => {
          waiting.delete(enter);
          reject(signal.reason);
        };
        const enter = () => {
          signal.removeEventListener('abort', abort);
          resolve(leaving());
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.add(enter);
        admit();
      });
    },
    narrow(width) {
      limit = Math.max(1, Math.min(limit, width));
    },
    inside: () => inside,
  };
}
