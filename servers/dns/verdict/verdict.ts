import type { Group, List, Rule } from '../client/words.ts';

/** What holds a name on one Pi-hole, as its search tells it. */
export interface Found {
  rules: readonly Rule[];
  lists: readonly { entry: string; list: List }[];
}

/** What decides about a name for somebody on one Pi-hole. */
export interface Facts {
  found: Found;
  /** The same for each name it points to, in order. */
  targets: readonly { name: string; found: Found }[];
  groups: readonly Group[];
  /** Ids of the groups of who asks. */
  own: readonly number[];
  blocking: boolean;
}

export type Outcome = 'blocked' | 'allowed' | 'special' | 'not listed' | 'off';

/** The decision, and the one thing that made it. */
export interface Verdict {
  outcome: Outcome;
  by: { what: 'exact rule' | 'regex rule'; rule: Rule } | { what: 'list'; list: List; entry: string } | undefined;
  /** The name behind the asked one that is blocked. */
  target: string | undefined;
  /** Entries that hold the name and do not count here: switched off, or of groups that do not meet. */
  idle: { name: string; why: string }[];
}

const SPECIAL = ['use-application-dns.net', 'mask.icloud.com', 'mask-h2.icloud.com', '_dns.resolver.arpa'];

/** Pi-hole's order of decision; an allow hit also ends the look at what the name points to. */
export function verdictOf(name: string, facts: Facts): Verdict {
  const idle = idleOf(facts);
  const first = one(name, facts.found, facts);
  const decided = first ?? behind(facts) ?? ({ outcome: 'not listed', by: undefined, target: undefined } as const);
  return { ...decided, outcome: facts.blocking ? decided.outcome : 'off', idle };
}

type Decided = Pick<Verdict, 'outcome' | 'by' | 'target'>;

function behind(facts: Facts): Decided | undefined {
  for (const { name, found } of facts.targets) {
    const hit = one(name, found, facts);
    if (hit?.outcome === 'allowed') return undefined;
    if (hit?.outcome === 'blocked') return { ...hit, target: name };
  }
  return undefined;
}

function one(name: string, { rules, lists }: Found, facts: Facts): Decided | undefined {
  const meets = (entry: Rule | List): boolean => whyIdle(entry, facts) === undefined;
  const rule = (type: Rule['type'], kind: Rule['kind']) => rules.find((each) => each.type === type && each.kind === kind && meets(each));
  const list = (type: List['type']) => lists.find((each) => each.list.type === type && meets(each.list));
  const byRule = (outcome: Outcome, found: Rule): Decided => ({
    outcome,
    by: { what: found.kind === 'exact' ? 'exact rule' : 'regex rule', rule: found },
    target: undefined,
  });
  const byList = (outcome: Outcome, found: { entry: string; list: List }): Decided => ({
    outcome,
    by: { what: 'list', ...found },
    target: undefined,
  });
  const allow = rule('allow', 'exact') ?? rule('allow', 'regex');
  if (allow) return byRule('allowed', allow);
  if (SPECIAL.includes(name)) return { outcome: 'special', by: undefined, target: undefined };
  const denied = rule('deny', 'exact');
  if (denied) return byRule('blocked', denied);
  const spared = list('allow');
  if (spared) return byList('allowed', spared);
  const gravity = list('block');
  if (gravity) return byList('blocked', gravity);
  const pattern = rule('deny', 'regex');
  return pattern && byRule('blocked', pattern);
}

function whyIdle({ enabled, groups: own }: Rule | List, { groups, own: asking }: Facts): string | undefined {
  if (!enabled) return 'switched off';
  if (own.length === 0) return 'in no group: it never counts';
  const meet = own.filter((id) => asking.includes(id));
  if (meet.length === 0) return `only for ${own.map((id) => groups.find((group) => group.id === id)?.name ?? `group ${id}`).join(', ')}`;
  return meet.some((id) => groups.find((group) => group.id === id)?.enabled) ? undefined : 'its group is switched off';
}

function idleOf(facts: Facts): Verdict['idle'] {
  const { rules, lists } = facts.found;
  return [
    ...rules.map((rule) => ({ name: `${rule.type} ${rule.kind} ${rule.domain}`, why: whyIdle(rule, facts) })),
    ...lists.map(({ list }) => ({ name: `list ${list.comment ?? list.address}`, why: whyIdle(list, facts) })),
  ].flatMap(({ name, why }) => (why === undefined ? [] : [{ name, why }]));
}
