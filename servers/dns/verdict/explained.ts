import type { Inspection } from '../client/inspect.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** A verdict of one Pi-hole in words. */
export interface Explained {
  name: string;
  outcome: Verdict['outcome'];
  why: string;
  groups: string[];
  idle: string[];
  live: string;
  verdict: Verdict;
}

/** What one Pi-hole decides for a device that is in these groups there. */
export function explain(name: string, domain: string, seen: Inspection, own: readonly number[]): Explained {
  const { groups } = seen.tables;
  const facts = { found: seen.found, targets: seen.targets, groups, own, blocking: seen.blocking.on };
  const verdict = verdictOf(domain, facts);
  const nameOf = (id: number): string => groups.find((group) => group.id === id)?.name ?? `group ${id}`;
  return {
    name,
    outcome: verdict.outcome,
    why: whyOf(verdict, nameOf, own),
    groups: own.map(nameOf),
    idle: verdict.idle.slice(0, 3).map((one) => `${one.name} (${one.why})`),
    live: liveOf(seen),
    verdict,
  };
}

function whyOf({ outcome, by, target }: Verdict, nameOf: (id: number) => string, own: readonly number[]): string {
  if (outcome === 'off') return 'blocking is off here, so nothing is blocked';
  if (outcome === 'special') return "one of Pi-hole's special domains, always answered NXDOMAIN";
  if (!by) return 'on no rule or list that counts for it';
  const through = target ? `it points to ${target}, which is on ` : '';
  const entry = by.what === 'list' ? by.list : by.rule;
  const meet = entry.groups.filter((id) => own.includes(id)).map(nameOf);
  const what =
    by.what === 'list'
      ? `${by.list.type} list ${by.list.id} "${by.list.comment ?? by.list.address}"${by.entry.startsWith('||') ? ` as ${by.entry}` : ''}`
      : `${by.rule.type} ${by.what} ${by.rule.domain}${by.rule.comment ? ` "${by.rule.comment}"` : ''}`;
  return `${through}${what}, group ${meet.join(', ')}`;
}

function liveOf({ live }: Inspection): string {
  if (live.trouble) return live.trouble;
  if (live.blocked) return 'blocked';
  return live.answers.at(-1)?.data ?? live.rcode ?? '';
}

/** The smallest call that turns the decision round, ready to be made; it reaches the groups of who asks. */
export function fixFor(domain: string, each: readonly Explained[]): string | undefined {
  const wrong = each.find(({ outcome }) => outcome === 'blocked') ?? each.find(({ outcome }) => outcome === 'allowed');
  const by = wrong?.verdict.by;
  if (!wrong || !by) return undefined;
  const groups = wrong.groups.includes('Default') ? {} : { groups: wrong.groups };
  if (wrong.outcome === 'allowed')
    return by.what === 'list'
      ? undefined
      : `to block it again: ${call('dns_rule_remove', { domain: by.rule.domain, action: 'allow', ...kindOf(by.what) })}`;
  if (by.what === 'exact rule' && !wrong.verdict.target)
    return `to let it through: ${call('dns_rule_remove', { domain, action: 'block' })}`;
  return `to let it through: ${call('dns_rule_set', { domains: [domain], action: 'allow', ...groups })}`;
}

const kindOf = (what: string): { kind?: string } => (what === 'regex rule' ? { kind: 'regex' } : {});

function call(tool: string, input: object): string {
  return `${tool} ${JSON.stringify(input)}`;
}
