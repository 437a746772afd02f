import { Fault } from '@homelab/shared/faults.ts';
import { z } from 'zod';
import type { Group } from '../client/words.ts';
import type { WantedRule } from '../client/writing.ts';
import { domainName, subdomainsRegex } from './domain.ts';

export const RuleAction = z.enum(['allow', 'block']);
export const RuleKind = z.enum(['exact', 'subdomains', 'regex']);

/** The rule that is meant: a star in front means all below too. */
export function ruleOf(
  given: string,
  action: z.output<typeof RuleAction>,
  kind: z.output<typeof RuleKind>,
): WantedRule & { shown: string; probe: string | undefined } {
  const type = action === 'allow' ? 'allow' : 'deny';
  if (kind === 'regex') {
    if (/\s/.test(given)) throw new Fault('invalid_input', 'A regular expression has no spaces.', { hint: 'Check `domains`.' });
    return { domain: given, type, kind: 'regex', shown: given, probe: undefined };
  }
  const { name, below } = domainName(given);
  // A rule as it stands in Pi-hole is taken as it is.
  if (kind === 'subdomains' || below)
    return { domain: subdomainsRegex(name), type, kind: 'regex', shown: `${name} and all below`, probe: name };
  return { domain: name, type, kind: 'exact', shown: name, probe: name };
}

/** Ids of groups by name, in any case; `not_found` with the names there are. */
export function groupIds(names: readonly string[], groups: readonly Group[]): number[] {
  return names.map((name) => {
    const found = groups.find((group) => group.name.toLowerCase() === name.trim().toLowerCase());
    if (!found)
      throw new Fault('not_found', 'A group of that name does not exist on every Pi-hole.', {
        hint: 'dns_rules shows the groups there are.',
      });
    return found.id;
  });
}
