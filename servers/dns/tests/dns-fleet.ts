import { onTestFinished } from 'vitest';
import type { Fleet, FleetOptions } from '../client/fleet.ts';
import { openDns } from '../client/open-dns.ts';
import type { Pending } from '../client/watch.ts';
import { type LabPair, labPair } from '../simulator/lab-pair.ts';
import type { PiholeOptions } from '../simulator/pihole.ts';

/** What of a fleet survives a process: sessions and pending ends. */
export interface Kept {
  sessions: Map<string, string>;
  pending: Pending[];
}

export const kept = (): Kept => ({ sessions: new Map(), pending: [] });

/** The client over the lab's pair, as the server opens it. */
export function fleetOver(pair: LabPair, state: Kept = kept(), more: Partial<FleetOptions> = {}): Fleet {
  return openDns(
    {
      nodes: [nodeOf(pair, 'primary'), nodeOf(pair, 'backup')],
      vip: {
        address: '192.0.2.53',
        url: `http://127.0.0.1:${pair.vip.httpPort}`,
        dns: { host: '127.0.0.1', port: pair.vip.dnsPort },
      },
      canary: 'ads.banner.example',
      sync: 'nebula-sync',
      keeper: {
        load: (node) => state.sessions.get(node),
        save: (node, sid) => void (sid === undefined ? state.sessions.delete(node) : state.sessions.set(node, sid)),
      },
      guard: async () => {},
      ...more,
    },
    {
      load: () => state.pending,
      save: (all) => {
        state.pending = [...all];
      },
    },
    (_, run) => run(),
    () => {},
  );
}

function nodeOf(pair: LabPair, role: 'primary' | 'backup') {
  const { url, responder, options } = pair[role];
  return { name: options.name, role, url, password: pair.password, dns: { host: '127.0.0.1', port: responder.port } };
}

/** A pair and a fleet that end with the test. */
export async function testFleet(each: Partial<PiholeOptions> = {}, more: Partial<FleetOptions> = {}, seats = true) {
  const pair = await labPair({ each, seats });
  const state = kept();
  const fleet = fleetOver(pair, state, more);
  onTestFinished(async () => {
    await fleet.close(false);
    await pair.close();
  });
  return { pair, fleet, state, signal: AbortSignal.timeout(60_000) };
}
