import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@homelab/shared/faults.ts';
import { path } from '@homelab/shared/upstream/address.ts';
import type { z } from 'zod';
import { AnyAnswer, BlockingAnswer, ClientsAnswer, RulesAnswer } from './answers.ts';
import type { Node } from './node.ts';
import { type Blocking, readBlocking } from './reading.ts';
import type { ClientEntry, Rule } from './words.ts';

/** A rule as it is to be. */
export interface WantedRule {
  domain: string;
  type: Rule['type'];
  kind: Rule['kind'];
  comment?: string | undefined;
  /** Ids; the Default group for a new rule, and what it has for an old one, where left out. */
  groups?: readonly number[] | undefined;
}

/** How long the database stays read-only after a gravity run. */
const READONLY_MS = 2_200;

/** Turns blocking on, or off for whole seconds or for good, and reads it back. A timer is never sent with `on`: it would turn it off again. */
export async function setBlocking(node: Node, on: boolean, seconds: number | undefined, signal: AbortSignal): Promise<Blocking> {
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 1))
    // SECURITY: Pi-hole drops any other timer without a word, and blocking stays off for ever.
    throw new Fault('internal', 'A timer that is no whole number of seconds was about to be sent.');
  const body = on ? { blocking: true } : seconds === undefined ? { blocking: false } : { blocking: false, timer: seconds };
  const said = await node.ask(BlockingAnswer, { method: 'POST', path: '/dns/blocking', body, signal });
  if (!on && seconds !== undefined && said.timer === null) {
    await node.ask(BlockingAnswer, { method: 'POST', path: '/dns/blocking', body: { blocking: true }, signal });
    throw new Fault('upstream', `Pi-hole ${node.name} took no timer, so blocking was turned on again.`);
  }
  const now = await readBlocking(node, signal);
  if (now.on !== on)
    throw new Fault('upstream', `Pi-hole ${node.name} accepted the change and did not make it.`, {
      hint: 'dns_overview shows what it does.',
    });
  return now;
}

/** Makes a rule so, keeping what of an older one is not named, and reads it back. */
export async function writeRule(node: Node, wanted: WantedRule, signal: AbortSignal): Promise<{ rule: Rule; before: Rule | undefined }> {
  return node.lanes.table(signal, async () => {
    const before = await oneRule(node, wanted, signal);
    const { domain, type, kind } = wanted;
    const groups = wanted.groups ?? before?.groups;
    const body = { comment: wanted.comment ?? before?.comment ?? null, enabled: true, ...(groups ? { groups } : {}) };
    const at = path`/domains/${type}/${kind}`;
    await settled(node, signal, () =>
      before
        ? // Full replace: whatever is not sent is lost.
          node.inside(RulesAnswer, { method: 'PUT', path: `${at}${path`/${domain}`}`, body, signal })
        : node.inside(RulesAnswer, { method: 'POST', path: at, body: { domain, ...body }, signal }),
    );
    const rule = await oneRule(node, wanted, signal);
    if (!rule?.enabled || groups?.some((id) => !rule.groups.includes(id))) throw notKept(node);
    return { rule, before };
  });
}

/** Takes a rule away; false where there was none. */
export async function removeRule(
  node: Node,
  wanted: Pick<WantedRule, 'domain' | 'type' | 'kind'>,
  signal: AbortSignal,
): Promise<Rule | undefined> {
  return node.lanes.table(signal, async () => {
    const before = await oneRule(node, wanted, signal);
    if (!before) return undefined;
    await node.inside(AnyAnswer, { method: 'DELETE', path: path`/domains/${wanted.type}/${wanted.kind}/${wanted.domain}`, signal });
    if (await oneRule(node, wanted, signal)) throw notKept(node);
    return before;
  });
}

/** Puts a client into groups, keeping its comment; `groups` undefined takes the entry away, which is back to Default. */
export async function writeClient(
  node: Node,
  client: string,
  groups: readonly number[] | undefined,
  signal: AbortSignal,
): Promise<ClientEntry | undefined> {
  return node.lanes.table(signal, async () => {
    const at = path`/clients/${client}`;
    const read = async () => (await node.inside(ClientsAnswer, { path: at, signal })).clients[0];
    const before = await read();
    if (groups === undefined) {
      if (before) await node.inside(AnyAnswer, { method: 'DELETE', path: at, signal });
    } else {
      const body = { comment: before?.comment ?? null, groups };
      await settled(node, signal, () => node.inside(ClientsAnswer, { method: 'PUT', path: at, body, signal }));
      const now = await read();
      if (!now || now.groups.length !== groups.length || groups.some((id) => !now.groups.includes(id))) throw notKept(node);
    }
    return before;
  });
}

async function oneRule(
  node: Node,
  { domain, type, kind }: Pick<WantedRule, 'domain' | 'type' | 'kind'>,
  signal: AbortSignal,
): Promise<Rule | undefined> {
  const { domains } = await node.inside(RulesAnswer, { path: path`/domains/${type}/${kind}/${domain}`, signal });
  return domains.find((rule) => rule.domain === domain);
}

interface Answer {
  processed?: z.output<typeof RulesAnswer>['processed'];
}

/** Sends, and reads what a good status hides; just after gravity the database takes nothing, so once more then. */
async function settled(node: Node, signal: AbortSignal, send: () => Promise<Answer>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { processed } = await send();
    const error = processed?.errors[0]?.error;
    if (error === undefined) return;
    if (/readonly/.test(error) && tries === 0) {
      await pause(READONLY_MS, undefined, { signal });
      continue;
    }
    if (/FOREIGN KEY/.test(error))
      throw new Fault('conflict', `Pi-hole ${node.name} has no such group, and took the others away.`, {
        hint: 'Look with dns_rules, then set the groups again.',
      });
    if (/UNIQUE/.test(error)) throw new Fault('conflict', `Pi-hole ${node.name} has that entry already.`, { hint: 'Look with dns_rules.' });
    throw new Fault('upstream', `Pi-hole ${node.name} said yes and did not store it.`, {
      hint: 'Repeat the call; a gravity run may be at work.',
    });
  }
}

function notKept(node: Node): Fault {
  return new Fault('upstream', `Pi-hole ${node.name} accepted the change, and reading it back shows another state.`, {
    hint: 'A gravity run of somebody else may have been at work: look with dns_rules, then repeat the call.',
  });
}
