/** Lets `width` in at a time, the others wait in order; `enter` rejects when the signal fires first and gives back how to leave. */
export function gate(width: number): { enter(signal: AbortSignal): Promise<() => void> } {
  let free = width;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  const once = () => {
    let left = false;
    return () => {
      if (!left) leave();
      left = true;
    };
  };
  return {
    enter(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (free > 0) {
        free--;
        return Promise.resolve(once());
      }
      return new Promise((resolve, reject) => {
        const admit = () => {
          signal.removeEventListener('abort', abort);
          resolve(once());
        };
        const abort = () => {
          waiting.splice(waiting.indexOf(admit), 1);
          reject(signal.reason);
        };
        waiting.push(admit);
        signal.addEventListener('abort', abort, { once: true });
      });
    },
  };
}
