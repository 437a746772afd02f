import { gate } from '@homelab/shared/upstream/gate.ts';

/** How many requests one Pi-hole stands at a time. */
export interface Lanes {
  /** One at a time: search, domains, lists, groups, clients and gravity itself. */
  table: <Result>(signal: AbortSignal, run: () => Promise<Result>) => Promise<Result>;
  /** At most three of everything else. */
  open: <Result>(signal: AbortSignal, run: () => Promise<Result>) => Promise<Result>;
}

/**
 * The queues in front of one Pi-hole. Two table reads at the same time end Pi-hole FTL 6.4.1, and a write beside a gravity run is lost: who holds
 * the table lane is alone with the gravity database.
 */
export function lanes(): Lanes {
  const [one, three] = [gate(1), gate(3)];
  const through =
    (way: ReturnType<typeof gate>) =>
    async <Result>(signal: AbortSignal, run: () => Promise<Result>): Promise<Result> => {
      const leave = await way.enter(signal);
      try {
        return await run();
      } finally {
        leave();
      }
    };
  return { table: through(one), open: through(three) };
}
