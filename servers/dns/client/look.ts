import type { Fleet } from './fleet.ts';
import type { Node } from './node.ts';
import { readBlocking, readMessages, readSeats, readSummary, readTables, readVersion } from './reading.ts';

/** One Pi-hole in one look; `dns` says what is wrong with its answers over DNS. */
export async function lookAt(fleet: Fleet, node: Node, signal: AbortSignal) {
  const [blocking, summary, seats, version, messages, tables, answer] = await Promise.all([
    readBlocking(node, signal),
    readSummary(node, signal),
    // An app password may not read them.
    readSeats(node, signal).catch(() => undefined),
    readVersion(node, signal),
    readMessages(node, signal),
    readTables(node, signal),
    fleet.question(node.resolver, 'pi.hole', 'A', signal),
  ]);
  return {
    blocking,
    summary,
    seats,
    version,
    messages,
    tables,
    dns: answer.trouble ?? (answer.rcode === 'SERVFAIL' ? 'SERVFAIL' : undefined),
  };
}
