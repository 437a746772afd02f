import { type Fleet, type FleetOptions, openFleet } from './fleet.ts';
import type { Node } from './node.ts';
import { type Pending, type PendingStore, watch } from './watch.ts';
import { removeRule, setBlocking, writeClient } from './writing.ts';

/** How a repair is recorded; policy never stops one. */
export type RecordRepair = (one: Pending, run: () => Promise<void>) => Promise<void>;

const PATIENCE_MS = 20_000;

/** Opens the Pi-holes with the watch over everything that has an end. */
export function openDns(
  options: FleetOptions,
  store: PendingStore,
  record: RecordRepair,
  onTrouble: (one: Pending, error: unknown) => void,
): Fleet {
  return openFleet(options, (nodes) =>
    watch(
      store,
      async (one) => {
        const node = nodes.find(({ name }) => name === one.node);
        // A Pi-hole that is configured no more has nothing to end.
        if (node) await record(one, () => endPending(node, one));
      },
      onTrouble,
    ),
  );
}

/** Puts back what stood there before: blocking on, the rule gone, the client in its groups. */
async function endPending(node: Node, { kind, about }: Pending): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  if (kind === 'blocking') await setBlocking(node, true, undefined, signal);
  else if (kind === 'rule') await removeRule(node, about as unknown as Parameters<typeof removeRule>[1], signal);
  else await writeClient(node, String(about.client), about.groups as number[] | undefined, signal);
}
