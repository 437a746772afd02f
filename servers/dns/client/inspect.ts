import type { DnsAnswer } from './dns-question.ts';
import { askDns } from './dns-question.ts';
import type { Node } from './node.ts';
import { type Blocking, type Found, readBlocking, readDevices, readQueries, readSearch, readTables } from './reading.ts';
import type { Device, Query, Tables } from './words.ts';

/** Everything that one Pi-hole knows about a name. */
export interface Inspection {
  blocking: Blocking;
  tables: Tables;
  devices: Device[];
  found: Found;
  /** What it points to, with what holds that. */
  targets: { name: string; found: Found }[];
  /** The newest questions for it, of all devices. */
  hits: Query[];
  /** Asked from here, just now. */
  live: DnsAnswer;
}

const HITS = 30;
const DEEPEST = 5;

/** Collects what a verdict about a name needs; table reads go one after the other. */
export async function inspect(node: Node, domain: string, signal: AbortSignal): Promise<Inspection> {
  const [blocking, devices, { rows: hits }, live] = await Promise.all([
    readBlocking(node, signal),
    readDevices(node, signal),
    readQueries(node, { domain, length: HITS }, signal),
    askDns(node.resolver, domain, 'A', signal),
  ]);
  const tables = await readTables(node, signal);
  const found = await readSearch(node, domain, signal);
  const chain = live.answers.filter(({ type }) => type === 'CNAME').map(({ data }) => data.toLowerCase());
  // A blocked answer hides where the name points to; the query log names the target that was blocked.
  const logged = hits.flatMap(({ cname }) => cname ?? []);
  const names = [...new Set([...chain, ...logged])].slice(0, DEEPEST);
  const targets: Inspection['targets'] = [];
  for (const name of names) targets.push({ name, found: await readSearch(node, name, signal) });
  return { blocking, tables, devices, found, targets, hits, live };
}
