import { hostNode } from '@homelab/shared/inventory/graph.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Vip } from '@homelab/shared/inventory/network.ts';
import { type Failover, failoverOf, impactOf, leaningOn, type Struck } from './impact.ts';
import { byHost, type Lines, nameOf, needsTree, owners, struckLines } from './tree.ts';
import { pointsOf, weakPoints } from './weak-points.ts';
import { graphOf, hostOfNode } from './wiring.ts';
import { some } from './words.ts';

const MOST = 30;
const CIRCLES = 5;

/** What a node needs and what breaks without it, a line each; third-party text. */
export function graphLines(inventory: Inventory, node: string, asked: { needs: boolean; breaks: boolean; depth: number }): string[] {
  const lines: string[] = [];
  const host = hostOfNode(node);
  if (asked.needs && host === undefined) lines.push(...needsLines(inventory, node, asked.depth));
  if (asked.breaks) lines.push(...breaksLines(inventory, node));
  const circles = graphOf(inventory)
    .cycles()
    .filter((circle) => circle.includes(node));
  return [...lines, ...circles.map(circleText)];
}

/** What a shared address stands on, and what happens to it without each of its holders; third-party text. */
export function vipLines(inventory: Inventory, vip: Vip): string[] {
  const leaning = leaningOn(inventory, vip).map(({ from, kind }) => `${kind} ${from}`);
  const hosts = vip.holders.map(({ host }) => host);
  return [
    `${vip.address} · ${vip.protocol}: ${vip.holders.map(({ host, state }) => `${host} ${state}`).join(', ')} · serves ${vip.serves.join(', ')}`,
    `named as a need by: ${some([...new Set(leaning)], 20) || 'none'}`,
    ...hosts.map((host) => `without host ${host} ${failoverText(failoverOf(inventory, vip, new Set([hostNode(host)])))}`),
    ...(hosts.length > 1 ? [`without all of them ${failoverText(failoverOf(inventory, vip, new Set(hosts.map(hostNode))))}`] : []),
  ];
}

/** The weak points of the whole lab, and its circles. */
export function overviewLines(inventory: Inventory): string[] {
  const points = weakPoints(inventory);
  const circles = graphOf(inventory).cycles();
  const shown = points
    .slice(0, 12)
    .map(({ node, takes }) => `  ${hostOfNode(node) === undefined ? node : `host ${hostOfNode(node)}`} takes ${takes}`);
  const vips = inventory.vips.map(
    ({ value }) => `${value.name} ${value.address} moves between ${value.holders.map((one) => one.host).join(' and ')}`,
  );
  return [
    `${inventory.services.length} services on ${inventory.hosts.length} hosts. Single points of failure, by services that stop with them:`,
    ...(shown.length > 0 ? shown : ['  none known']),
    ...(points.length > shown.length ? [`  ${shown.length} of ${points.length}; the rest: ask by name`] : []),
    ...(vips.length > 0 ? [`Failover: ${vips.join('; ')}.`] : []),
    ...(circles.length === 0 ? ['No circles of hard dependencies.'] : circles.slice(0, CIRCLES).map(circleText)),
    ...(circles.length > CIRCLES ? [`${CIRCLES} of ${circles.length} circles; the rest: inventory_check`] : []),
  ];
}

function needsLines(inventory: Inventory, service: string, depth: number): string[] {
  const where = owners(inventory);
  const tree = needsTree(inventory, service, { depth, most: MOST });
  const points = pointsOf(inventory, service);
  const home = where.get(service);
  const single = [...points.hosts.map((name) => `host ${name}`), ...points.services.map((name) => nameOf(name, where, home))];
  return [
    `needs${tree.total === 0 ? ' nothing but its host' : ':'}`,
    ...indented(tree, 'needs'),
    `single points of failure: ${some(single, 20) || 'none'}`,
  ];
}

function breaksLines(inventory: Inventory, node: string): string[] {
  const impact = impactOf(inventory, [node]);
  const { down, degraded } = struckLines(inventory, impact, node, MOST);
  const host = hostOfNode(node);
  const where = owners(inventory);
  const there = host === undefined ? [] : impact.down.filter(({ name }) => where.get(name) === host).map(({ name }) => name);
  const elsewhere = impact.down.length - there.length;
  const stops = host === undefined ? `stops with it (${impact.down.length})` : `stops elsewhere (${elsewhere})`;
  return [
    ...(host === undefined ? [] : [`stops there (${there.length}): ${some(there, 40) || 'nothing'}`]),
    `${stops}${elsewhere === 0 ? ': nothing' : ':'}`,
    ...indented(down, 'lines'),
    ...lessLines(impact.degraded, degraded, host === undefined ? undefined : where),
    ...impact.failovers.map(failoverText),
    ...(impact.backups.length > 0 ? [`backups that cannot run: ${jobsText(impact.backups, inventory.backups.length)}`] : []),
  ];
}

/** With a whole host the list is long: then by where they run, without reasons. */
function lessLines(struck: readonly Struck[], lines: Lines, where: ReadonlyMap<string, string> | undefined): string[] {
  if (struck.length === 0) return [];
  const head = `does less (${struck.length}):`;
  return where === undefined ? [head, ...indented(lines, 'lines')] : [`${head} ${byHost(struck, where, undefined)}`];
}

function indented({ lines, total }: Lines, unit: string): string[] {
  const rest = total > lines.length ? [`  ${lines.length} of ${total} ${unit}; the rest: ask for one of these by name`] : [];
  return [...lines.map((line) => `  ${line}`), ...rest];
}

function failoverText({ name, address, holder, servedBy }: Failover): string {
  return holder === undefined
    ? `goes away: ${name} ${address}, nothing is left to hold it`
    : `stays: ${name} ${address} on ${holder}${servedBy.length > 0 ? ` (${servedBy.join(', ')})` : ''}`;
}

function circleText(circle: readonly string[]): string {
  return `CIRCLE of hard dependencies: ${some([...circle, circle[0] ?? ''], 12)}`;
}

function jobsText(jobs: readonly string[], all: number): string {
  return jobs.length === all && all > 3 ? `all ${all}` : some(jobs, 20);
}
