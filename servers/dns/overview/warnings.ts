import { duration } from '@homelab/shared/render/quantity.ts';
import type { Holding } from '../client/fleet.ts';
import type { lookAt } from '../client/look.ts';
import type { Pending } from '../client/watch.ts';
import type { Each } from './settled.ts';

export type NodeLook = Awaited<ReturnType<typeof lookAt>>;

const OLD_MS = 8 * 86_400_000;
/** Counts of two Pi-holes with the same lists fetched at different times differ a little. */
const CLOSE = 0.02;

/** What is wrong, the most important first, each with what to do; and whether the others would do without the holder. */
export function warningsOf(
  each: readonly Each<NodeLook>[],
  holding: Holding,
  pending: readonly Pending[],
): { warnings: string[]; failover: string } {
  const looks = each.flatMap(({ name, value }) => (value ? [{ name, ...value }] : []));
  const warnings = [
    ...each.flatMap(({ name, value }) => (value ? [] : [`${name} does not answer`])),
    ...(holding.disagree ? [`shared address: ${holding.disagree}`] : []),
    ...(holding.configured && holding.holders.length === 0 ? ['nobody holds the shared address: see runbooks/dns-down.md'] : []),
    ...looks.flatMap((look) => ofOne(look, pending)),
    ...apart(looks),
  ];
  return { warnings, failover: failoverOf(each, holding) };
}

function ofOne(
  { name, blocking, dns, summary, seats, messages, tables }: NodeLook & { name: string },
  pending: readonly Pending[],
): string[] {
  const ours = pending.some((one) => one.kind === 'blocking' && one.node === name);
  const stuck = !blocking.on && blocking.seconds === undefined && !ours;
  const orphans = [...tables.rules, ...tables.lists].filter(({ enabled, groups }) => enabled && groups.length === 0).length;
  const holders = new Map<string, number>();
  for (const { agent, address } of seats?.taken ?? [])
    holders.set(`${address} ${agent ?? ''}`, (holders.get(`${address} ${agent ?? ''}`) ?? 0) + 1);
  const [most] = [...holders].sort((a, b) => b[1] - a[1]);
  const full = seats !== undefined && seats.taken.length >= seats.most - 1;
  const age = summary.gravity.updated ? Date.now() - summary.gravity.updated.getTime() : undefined;
  return [
    ...(dns ? [`${name}: no good answer over DNS (${dns}) though its API answers`] : []),
    ...(stuck ? [`${name}: blocking is off without a timer and not by this server: dns_set_blocking turns it on`] : []),
    ...(blocking.odd ? [`${name}: Pi-hole does not know whether it blocks`] : []),
    ...(summary.gravity.domains === undefined ? [`${name}: its gravity database cannot be read, nothing is blocked by lists`] : []),
    ...(!tables.groups.some(({ id }) => id === 0) ? [`${name}: the Default group is gone, most devices are not filtered`] : []),
    ...(orphans > 0 ? [`${name}: ${orphans} rules or lists are in no group and never count`] : []),
    ...(full && most
      ? [`${name}: API seats ${seats.taken.length}/${seats.most}, ${most[1]} held by ${most[0]}: other logins (the sync) get 429`]
      : []),
    ...(age !== undefined && age > OLD_MS ? [`${name}: gravity is ${duration(age)} old`] : []),
    ...(messages.length > 0
      ? [`${name}: ${messages.length} message${messages.length > 1 ? 's' : ''} (${messages[0]?.type}): dns_diagnostics`]
      : []),
  ];
}

function apart(looks: readonly (NodeLook & { name: string })[]): string[] {
  const [first, ...others] = looks;
  if (!first) return [];
  return others.flatMap((other) => {
    const found: string[] = [];
    if (first.blocking.on !== other.blocking.on)
      found.push(
        `blocking is ${first.blocking.on ? 'on' : 'off'} on ${first.name} and ${other.blocking.on ? 'on' : 'off'} on ${other.name}`,
      );
    const lists = (look: NodeLook) => look.tables.lists.filter(({ enabled }) => enabled).map(({ address }) => address);
    const lacking = lists(first).filter((address) => !lists(other).includes(address));
    const [a, b] = [first.summary.gravity.domains ?? 0, other.summary.gravity.domains ?? 0];
    if (lacking.length > 0)
      found.push(
        `${other.name} lacks ${lacking.length} list${lacking.length > 1 ? 's' : ''} of ${first.name}, first ${lacking[0]}: the sync does not run`,
      );
    else if (Math.abs(a - b) > CLOSE * Math.max(a, b))
      found.push(`${first.name} blocks ${a} domains, ${other.name} ${b}, with the same lists: run gravity`);
    return found;
  });
}

function failoverOf(each: readonly Each<NodeLook>[], { configured, holders }: Holding): string {
  if (!configured) return 'not known, no shared address is configured';
  const spare = each.filter(({ name }) => !holders.includes(name));
  const ready = spare.filter(({ value }) => value && value.dns === undefined);
  if (ready.length === 0) return 'would NOT work: no other Pi-hole answers';
  const bare = ready.filter(({ value }) => !value?.blocking.on);
  return `would work, ${ready.map(({ name }) => name).join(', ')} answers${bare.length > 0 ? ', but without blocking' : ''}`;
}
