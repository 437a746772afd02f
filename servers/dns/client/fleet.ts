import { Fault } from '@homelab/shared/faults.ts';
import { type Upstream, upstream } from '@homelab/shared/upstream/upstream.ts';
import { SessionAnswer } from './answers.ts';
import { askDns, type DnsAnswer, type RecordType, type Resolver } from './dns-question.ts';
import { type Node, type NodeOptions, node } from './node.ts';
import { readAddresses } from './reading.ts';
import type { SessionKeeper } from './session.ts';
import type { Watch } from './watch.ts';

/** All Pi-holes of the house as they are configured. */
export interface FleetOptions {
  /** The primary first. */
  nodes: readonly NodeOptions[];
  /** The shared address: as clients know it, where it answers HTTP and DNS. */
  vip?: { address: string; url: string; dns: { host: string; port: number } };
  /** A name that is surely on a list, to see blocking on the wire. */
  canary?: string | undefined;
  /** The tool that copies the primary to the others. */
  sync?: string | undefined;
  /** Resolvers behind the Pi-holes, to see what a name is without them. */
  upstreams?: readonly Resolver[];
  /** Time zone of replies. */
  zone?: string | undefined;
  keeper: SessionKeeper;
  /** Throws while another process works with these Pi-holes. */
  guard: () => Promise<void>;
  observer?: NodeOptions['observer'];
}

/** What a server's tools ask: named Pi-holes, the shared address, the questions over DNS, and what is watched until its end. */
export interface Fleet {
  nodes: readonly Node[];
  options: FleetOptions;
  /** The Pi-hole of that name, or all. Throws `not_found` with the names there are. */
  chosen: (name?: string) => readonly Node[];
  holder: (signal: AbortSignal) => Promise<Holding>;
  question: (server: Resolver, name: string, type: RecordType, signal?: AbortSignal) => Promise<DnsAnswer>;
  /** Everything with an end that this server began. */
  watch: Watch;
  close: (logout: boolean) => Promise<void>;
}

/** Who has the shared address. Two ways are asked; where they disagree, `by` says both. */
export interface Holding {
  configured: boolean;
  holders: string[];
  /** `api`: the address let in only the session of the holder; `interfaces`: the holder lists the address. */
  by: 'api' | 'interfaces' | 'both' | 'nobody';
  disagree?: string;
}

/** Opens the Pi-holes; nothing is sent before the first question. */
export function openFleet(options: FleetOptions, watch: (nodes: readonly Node[]) => Watch): Fleet {
  const nodes = options.nodes.map((one) =>
    node({ ...one, ...(options.observer ? { observer: options.observer } : {}) }, options.keeper, options.guard),
  );
  const vip = options.vip && upstream({ name: 'the shared address', baseUrl: `${options.vip.url}/api`, deadlineMs: 2_500, retries: 0 });
  const watching = watch(nodes);
  return {
    nodes,
    options,
    watch: watching,
    chosen(name) {
      if (name === undefined || name === 'all') return nodes;
      const wanted = name.trim().toLowerCase();
      const found = nodes.filter((one) => one.name.toLowerCase() === wanted || one.role === wanted);
      if (found.length > 0) return found;
      throw new Fault('not_found', 'No Pi-hole has that name.', {
        hint: `There are: ${nodes.map((one) => `${one.name} (${one.role})`).join(', ')}.`,
      });
    },
    holder: (signal) => holderOf(nodes, options, vip, signal),
    question: (server, name, type, signal) => askDns(server, name, type, signal),
    async close(logout) {
      await watching.close();
      if (logout) await Promise.all(nodes.map((one) => one.session.logout()));
      await Promise.all([...nodes.map((one) => one.wire.close()), vip?.close()]);
    },
  };
}

async function holderOf(nodes: readonly Node[], { vip }: FleetOptions, wire: Upstream | undefined, signal: AbortSignal): Promise<Holding> {
  if (!vip || !wire) return { configured: false, holders: [], by: 'nobody' };
  const [api, interfaces] = await Promise.all([
    Promise.all(nodes.map((one) => letsIn(one, wire, signal))),
    Promise.all(
      nodes.map((one) =>
        readAddresses(one, signal).then(
          (all) => all.includes(vip.address),
          () => undefined,
        ),
      ),
    ),
  ]);
  const named = (hits: readonly (boolean | undefined)[]) => nodes.filter((_, index) => hits[index]).map(({ name }) => name);
  const [first, second] = [named(api), named(interfaces)];
  if (second.length > 1)
    return { configured: true, holders: second, by: 'interfaces', disagree: 'the address is on several Pi-holes: split brain' };
  if (first.length > 0 && second.length > 0)
    return first[0] === second[0]
      ? { configured: true, holders: first, by: 'both' }
      : { configured: true, holders: first, by: 'api', disagree: `${second[0]} lists the address among its own` };
  if (first.length > 0) return { configured: true, holders: first, by: 'api' };
  return second.length > 0 ? { configured: true, holders: second, by: 'interfaces' } : { configured: true, holders: [], by: 'nobody' };
}

/** Whether the shared address knows the session of this Pi-hole: only its holder does, and no seat is taken. */
async function letsIn(one: Node, wire: Upstream, signal: AbortSignal): Promise<boolean | undefined> {
  await one.guard();
  await one.session.headers().catch(() => {});
  const sid = one.session.sid();
  if (sid === undefined) return undefined;
  const answer = await wire.json(SessionAnswer, { path: '/auth', headers: { 'x-ftl-sid': sid }, signal }).catch(() => undefined);
  return answer?.session.valid === true;
}
