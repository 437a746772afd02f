import type { Client, Device, GravityTree, List, Rule, Tables } from './state.ts';

/** What a Pi-hole makes of a name: the status word of its query log, and the id as `list_id` shows it. */
export interface Decision {
  status: 'GRAVITY' | 'REGEX' | 'DENYLIST' | 'GRAVITY_CNAME' | 'REGEX_CNAME' | 'DENYLIST_CNAME' | 'SPECIAL_DOMAIN' | 'FORWARDED';
  listId: number | null;
  cname: string | null;
  allowed: boolean;
}

const SPECIAL = ['use-application-dns.net', 'mask.icloud.com', 'mask-h2.icloud.com', '_dns.resolver.arpa'];
export const listIdOf = (list: number): number => -list - 2;

/** A regex of Pi-hole; one that does not compile matches nothing. */
export function regexOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source.replace(/;.*$/, ''), 'i');
  } catch {
    return undefined;
  }
}

/** Lists that hold a name, by the entry that does: exact ones and ABP's `||x^`. */
export function treeHits(tree: GravityTree, domain: string): { entry: string; list: number }[] {
  const labels = domain.split('.');
  const entries = [domain, ...labels.map((_, index) => `||${labels.slice(index).join('.')}^`)];
  return entries.flatMap((entry) => (tree.entries.get(entry) ?? []).map((list) => ({ entry, list })));
}

/** The groups of whoever asks from an address: its own, those of its hardware address, name or subnet, or the Default group. */
export function groupsOf(clients: readonly Client[], devices: readonly Device[], ip: string): readonly number[] {
  const device = devices.find(({ ips }) => ips.some((one) => one.ip === ip));
  const name = device?.ips.find((one) => one.ip === ip)?.name ?? undefined;
  const wanted = [ip, device?.hwaddr, name].filter((one) => one !== undefined).map((one) => one.toLowerCase());
  for (const one of wanted) {
    const found = clients.find(({ client }) => client.toLowerCase() === one);
    if (found) return found.groups;
  }
  return [0];
}

/** Pi-hole's order of decision, for a client with these groups. */
export function decide(
  tables: Tables,
  tree: GravityTree,
  groups: readonly number[],
  domain: string,
  targetOf: (name: string) => string | undefined = () => undefined,
): Decision {
  const first = decideOne(tables, tree, groups, domain);
  if (first.status !== 'FORWARDED' || first.allowed) return first;
  let name = domain;
  for (let depth = 0; depth < 10; depth++) {
    const target = targetOf(name);
    if (!target) return first;
    const behind = decideOne(tables, tree, groups, target);
    if (behind.allowed) return first;
    if (behind.status !== 'FORWARDED' && behind.status !== 'SPECIAL_DOMAIN')
      return { ...behind, status: `${behind.status}_CNAME` as Decision['status'], cname: target };
    name = target;
  }
  return first;
}

function decideOne({ rules, lists, groups: all }: Tables, tree: GravityTree, groups: readonly number[], domain: string): Decision {
  const on = groups.filter((id) => all.some((group) => group.id === id && group.enabled));
  const meets = (entry: Rule | List): boolean => entry.enabled && entry.groups.some((group) => on.includes(group));
  const live = rules.filter(meets);
  const exact = (type: Rule['type']) => live.find((rule) => rule.type === type && rule.kind === 'exact' && rule.domain === domain);
  const regex = (type: Rule['type']) =>
    live.find((rule) => rule.type === type && rule.kind === 'regex' && regexOf(rule.domain)?.test(domain));
  const inList = (type: List['type']) =>
    treeHits(tree, domain)
      .map(({ list }) => lists.find(({ id }) => id === list))
      .find((list) => list !== undefined && list.type === type && meets(list));
  const forwarded = (listId: number | null, allowed: boolean): Decision => ({ status: 'FORWARDED', listId, cname: null, allowed });
  const allow = exact('allow') ?? regex('allow');
  if (allow) return forwarded(allow.id, true);
  if (SPECIAL.includes(domain)) return { status: 'SPECIAL_DOMAIN', listId: null, cname: null, allowed: false };
  const denied = exact('deny');
  if (denied) return { status: 'DENYLIST', listId: denied.id, cname: null, allowed: false };
  const spared = inList('allow');
  if (spared) return forwarded(listIdOf(spared.id), true);
  const gravity = inList('block');
  if (gravity) return { status: 'GRAVITY', listId: listIdOf(gravity.id), cname: null, allowed: false };
  const pattern = regex('deny');
  if (pattern) return { status: 'REGEX', listId: pattern.id, cname: null, allowed: false };
  return forwarded(null, false);
}
