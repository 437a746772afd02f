import { hostNode, type Need } from '@homelab/shared/inventory/graph.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Vip } from '@homelab/shared/inventory/network.ts';
import { graphOf } from './wiring.ts';

/** A service that is struck, by what it needs of what is away. */
export interface Struck {
  name: string;
  /** What it needs and has not: a service, or a host as `host:name`. */
  through: string;
  why?: string;
  /** 1 for what needs the lost thing itself. */
  depth: number;
}

/** A shared address that something lost had a part in. */
export interface Failover {
  name: string;
  address: string;
  /** The host that holds it now; absent when nothing is left to. */
  holder?: string;
  /** Services that still answer there. */
  servedBy: string[];
}

/** What happens when something goes away. */
export interface Impact {
  /** Do not work any more, nearest first. */
  down: Struck[];
  /** Work with less. */
  degraded: Struck[];
  failovers: Failover[];
  /** Backup jobs whose source or target is away. */
  backups: string[];
}

/** What breaks when the nodes `lost` (service names, hosts as `host:name`) go away; a shared address that another holder takes over stays. */
export function impactOf(inventory: Inventory, lost: readonly string[]): Impact {
  const graph = graphOf(inventory);
  const gone = new Set(lost);
  const down = new Map<string, Struck>();
  const kept: Need[] = [];
  let frontier = [...lost];
  for (let depth = 1; frontier.length > 0; depth++) {
    const next: string[] = [];
    for (const node of frontier) {
      for (const need of graph.dependentsOf(node)) {
        if (need.kind !== 'hard' || gone.has(need.from)) continue;
        const vip = addressMeant(inventory, need);
        if (vip && failoverOf(inventory, vip, gone).holder) kept.push(need);
        else {
          gone.add(need.from);
          down.set(need.from, struck(need, depth));
          next.push(need.from);
        }
      }
    }
    frontier = next;
    if (frontier.length > 0) continue;
    // What leaned on a shared address falls with its last holder.
    for (const need of kept.splice(0)) {
      const vip = addressMeant(inventory, need);
      if (gone.has(need.from) || !vip) continue;
      if (failoverOf(inventory, vip, gone).holder) kept.push(need);
      else {
        gone.add(need.from);
        down.set(need.from, struck(need, depth + 1));
        frontier.push(need.from);
      }
    }
  }
  const degraded = new Map<string, Struck>();
  for (const node of gone) {
    for (const need of graph.dependentsOf(node)) {
      if (need.kind !== 'soft' || gone.has(need.from) || degraded.has(need.from)) continue;
      const vip = addressMeant(inventory, need);
      if (!vip || !failoverOf(inventory, vip, gone).holder) degraded.set(need.from, struck(need, (down.get(node)?.depth ?? 0) + 1));
    }
  }
  return {
    down: [...down.values()],
    degraded: [...degraded.values()],
    failovers: inventory.vips.flatMap(({ value }) => (touches(value, gone) ? [failoverOf(inventory, value, gone)] : [])),
    backups: backupsOf(inventory, gone),
  };
}

function struck({ from, to, why }: Need, depth: number): Struck {
  return { name: from, through: to, depth, ...(why === undefined ? {} : { why }) };
}

/** Who leans on a shared address, by the reason they give for needing one of its services. */
export function leaningOn(inventory: Inventory, vip: Vip): Need[] {
  const graph = graphOf(inventory);
  const members = new Set([...vip.serves, ...vip.holders.flatMap(({ service }) => service ?? [])]);
  return [...members]
    .flatMap((member) => graph.dependentsOf(member))
    .filter((need) => addressMeant(inventory, need) === vip && !members.has(need.from));
}

/** A need of one resolver that is a need of the shared address: its reason names the address. */
function addressMeant({ vips }: Inventory, { to, why = '' }: Need): Vip | undefined {
  return vips.find(({ value }) => {
    const member = value.serves.includes(to) || value.holders.some(({ service }) => service === to);
    return member && (why.includes(value.address) || (value.domain !== undefined && why.includes(value.domain)));
  })?.value;
}

/** Who holds an address when `gone` (services, hosts as `host:name`) is away: by rank, a host that is there with its service and something to answer. */
export function failoverOf(inventory: Inventory, vip: Vip, gone: ReadonlySet<string>): Failover {
  const standing = vip.holders
    .filter(({ host, service }) => !gone.has(hostNode(host)) && !(service && gone.has(service)))
    .toSorted((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || Number(a.state === 'BACKUP') - Number(b.state === 'BACKUP'));
  for (const { host } of standing) {
    const here = inventory.services.filter(({ value }) => vip.serves.includes(value.name) && value.owner_node === host);
    const servedBy = here.map(({ value }) => value.name).filter((name) => !gone.has(name));
    if (servedBy.length > 0 || vip.serves.length === 0) return { name: vip.name, address: vip.address, holder: host, servedBy };
  }
  return { name: vip.name, address: vip.address, servedBy: [] };
}

function touches({ holders, serves }: Vip, gone: ReadonlySet<string>): boolean {
  const lost = ({ host, service }: Vip['holders'][number]) => gone.has(hostNode(host)) || (service !== undefined && gone.has(service));
  return serves.some((name) => gone.has(name)) || holders.some(lost);
}

function backupsOf({ backups }: Inventory, gone: ReadonlySet<string>): string[] {
  const away = (host: string | null | undefined) => typeof host === 'string' && gone.has(hostNode(host));
  return backups
    .filter(({ value: { source, target } }) => away(source.host) || away(source.staged_on) || away(target.host))
    .map(({ value }) => value.name);
}
