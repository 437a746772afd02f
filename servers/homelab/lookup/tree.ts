import type { Need } from '@homelab/shared/inventory/graph.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Impact, Struck } from './impact.ts';
import { graphOf, hostOfNode } from './wiring.ts';
import { some } from './words.ts';

/** Lines of a tree, and how many there would be. */
export interface Lines {
  lines: string[];
  total: number;
}

/** What a service needs as an indented tree; below its own needs only hard ones, each subtree once, services of other hosts with their host. */
export function needsTree(inventory: Inventory, service: string, { depth, most }: { depth: number; most: number }): Lines {
  const graph = graphOf(inventory);
  const where = owners(inventory);
  const seen = new Set([service]);
  const lines: string[] = [];
  let total = 0;
  const walk = (node: string, level: number) => {
    for (const need of byKind(graph.needsOf(node))) {
      const home = where.get(node);
      if (hostOfNode(need.to) === home || (level > 1 && need.kind === 'soft')) continue;
      total++;
      const again = seen.has(need.to);
      const deeper = graph.needsOf(need.to).some(({ kind, to }) => kind === 'hard' && hostOfNode(to) === undefined);
      const cut = deeper && !again && level >= depth && need.kind === 'hard' ? ' ...' : '';
      if (lines.length < most)
        lines.push(
          `${'  '.repeat(level - 1)}${need.kind} ${nameOf(need.to, where, home)}${again && deeper ? ' (above)' : ''}${reason(need.why)}${cut}`,
        );
      if (again || level >= depth || need.kind === 'soft') continue;
      seen.add(need.to);
      walk(need.to, level + 1);
    }
  };
  walk(service, 1);
  return { lines, total };
}

/** What is struck, one line for each thing that carries it on: `loki: alloy-rpi (rpi), alloy-gaming-pc (gaming-pc)`. */
export function struckLines(
  inventory: Inventory,
  { down, degraded }: Impact,
  lost: string,
  most: number,
): { down: Lines; degraded: Lines } {
  const where = owners(inventory);
  const home = hostOfNode(lost) ?? where.get(lost);
  const grouped = (list: readonly Struck[]): Lines => {
    const groups = [...Map.groupBy(list, ({ through }) => through)];
    const lines = groups.map(([through, members]) => {
      const why = members.length === 1 ? reason(members[0]?.why) : '';
      return `${through === lost ? '' : `${nameOf(through, where, where.get(through))} -> `}${byHost(members, where, home)}${why}`;
    });
    return { lines: lines.slice(0, most), total: lines.length };
  };
  return {
    down: grouped(hostOfNode(lost) === undefined ? down : down.filter(({ name }) => where.get(name) !== home)),
    degraded: grouped(degraded),
  };
}

/** `immich-server, jellyfin on gaming-pc; restic-backup on rpi`; those on `home` without it. */
export function byHost(members: readonly Struck[], where: ReadonlyMap<string, string>, home: string | undefined): string {
  return [...Map.groupBy(members, ({ name }) => where.get(name))]
    .map(([host, there]) => {
      const names = some(
        there.map(({ name }) => name),
        12,
      );
      return host === home || host === undefined ? names : `${names} on ${host}`;
    })
    .join('; ');
}

/** The host of each service, by name. */
export function owners({ services }: Inventory): ReadonlyMap<string, string> {
  return new Map(services.map(({ value }) => [value.name, value.owner_node]));
}

/** `loki (nas)`, or `loki` alone on `home`; a host is `host nas`; a name that no contract has is told. */
export function nameOf(node: string, where: ReadonlyMap<string, string>, home?: string): string {
  const host = hostOfNode(node);
  if (host !== undefined) return `host ${host}`;
  const owner = where.get(node);
  if (owner === undefined) return `${node} (no contract)`;
  return owner === home ? node : `${node} (${owner})`;
}

function byKind(needs: readonly Need[]): Need[] {
  return needs.toSorted((a, b) => Number(a.kind === 'soft') - Number(b.kind === 'soft'));
}

function reason(why: string | undefined): string {
  return why ? `: ${why}` : '';
}
