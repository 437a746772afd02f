/** Lets at most `most` pieces of work run at once; the others wait in line, and leave it when their signal is aborted. */
export function gate(most: number): <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result> {
  let running = 0;
  const line: (() => void)[] = [];
  const enter = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (running < most) {
        running++;
        return resolve();
      }
      const admitted = () => {
        signal?.removeEventListener('abort', left);
        resolve();
      };
      const left = () => {
        line.splice(line.indexOf(admitted), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', left, { once: true });
      line.push(admitted);
    });
  return async (work, signal) => {
    await enter(signal);
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else running--;
    }
  };
}
