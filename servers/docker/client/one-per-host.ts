/** Runs work on a host when the work before it has ended, however that ended: one write per host at a time. */
export function onePerHost(): <Result>(host: string, work: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>();
  return (host, work) => {
    const mine = (last.get(host) ?? Promise.resolve()).then(work, work);
    const ended = mine.catch(() => undefined);
    last.set(host, ended);
    void ended.then(() => {
      if (last.get(host) === ended) last.delete(host);
    });
    return mine;
  };
}
