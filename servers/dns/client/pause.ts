import { setTimeout as wait } from 'node:timers/promises';
import type { Fleet } from './fleet.ts';
import type { Node } from './node.ts';
import { readBlocking, readQueries } from './reading.ts';
import { blockingId } from './watch.ts';

const CANDIDATES = 20;
const PATIENCE_MS = 3_000;

/** A name that this Pi-hole blocks for this server now: the configured one, or one that its log shows. Undefined where none is found. */
export async function canaryOf(fleet: Fleet, node: Node, signal: AbortSignal): Promise<string | undefined> {
  const { rows } = await readQueries(node, { status: 'GRAVITY', length: CANDIDATES }, signal).catch(() => ({ rows: [] }));
  const names = [...(fleet.options.canary ? [fleet.options.canary] : []), ...new Set(rows.map(({ domain }) => domain))].slice(0, 4);
  for (const name of names) if ((await fleet.question(node.resolver, name, 'A', signal)).blocked) return name;
  return undefined;
}

/** Whether the wire shows what was asked for; an answer that lives on is waited for. Undefined without an answer. */
export async function seenOnWire(
  fleet: Fleet,
  node: Node,
  name: string,
  blocked: boolean,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fleet.question(node.resolver, name, 'A', signal);
    if (answer.trouble === undefined && answer.blocked === blocked) return true;
    if (Date.now() > end) return answer.trouble === undefined ? false : undefined;
    await wait(200, undefined, { signal });
  }
}

/** Keeps on disk, before anything is switched off, that it must come back on: also on copies that a sync would switch off with the primary. */
export async function promiseOn(fleet: Fleet, nodes: readonly Node[], until: number, signal: AbortSignal): Promise<void> {
  const copied = fleet.options.sync !== undefined && nodes.some(({ role }) => role === 'primary');
  const others = copied ? fleet.nodes.filter((node) => !nodes.includes(node)) : [];
  const on = await Promise.all(
    others.map((node) =>
      readBlocking(node, signal).then(
        (state) => state.on,
        // One that is away may come back with what the sync left it.
        () => true,
      ),
    ),
  );
  const all = [...nodes, ...others.filter((_, index) => on[index])];
  fleet.watch.add(all.map(({ name }) => ({ id: blockingId(name), node: name, kind: 'blocking', until, about: {} })));
}
