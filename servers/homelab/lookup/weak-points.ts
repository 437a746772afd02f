import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { impactOf, leaningOn } from './impact.ts';
import { graphOf, hostOfNode } from './wiring.ts';

/** Something whose loss takes others with it. */
export interface WeakPoint {
  /** A service, or a host as `host:name`. */
  node: string;
  /** Services that stop with it. */
  takes: number;
}

const known = new WeakMap<Inventory, WeakPoint[]>();

/** Hosts and services by how many services stop without them, the worst first; those that take none are left out. */
export function weakPoints(inventory: Inventory): WeakPoint[] {
  const before = known.get(inventory);
  if (before) return before;
  const graph = graphOf(inventory);
  const points = graph
    .nodes()
    .filter((node) => graph.dependentsOf(node).some(({ kind }) => kind === 'hard'))
    .map((node) => ({ node, takes: impactOf(inventory, [node]).down.length }))
    .sort((a, b) => b.takes - a.takes || Number(!hostOfNode(a.node)) - Number(!hostOfNode(b.node)));
  known.set(inventory, points);
  return points;
}

/** What a service cannot do without: hosts and services, itself left out, each one a single point of failure for it. */
export function pointsOf(inventory: Inventory, service: string): { hosts: string[]; services: string[] } {
  // Where an address moves over, the loss of one holder is none.
  const moves = inventory.vips.some(({ value }) => leaningOn(inventory, value).some(({ kind }) => kind === 'hard'));
  const needed = graphOf(inventory)
    .needs(service)
    .filter(({ kind }) => kind === 'hard')
    .filter(({ name }) => !moves || impactOf(inventory, [name]).down.some((one) => one.name === service))
    .map(({ name }) => name);
  return {
    hosts: needed.flatMap((node) => hostOfNode(node) ?? []),
    services: needed.filter((node) => hostOfNode(node) === undefined),
  };
}
