import { DAY, MINUTE } from './clock.ts';
import { type DnsName, NAMES, RULES } from './dns-catalogue.ts';
import { CLIENTS, type DnsClient } from './dns-clients.ts';
import { listsAt, type Role } from './dns-state.ts';
import type { Story } from './incidents.ts';
import { atDay, atTelevision } from './machines.ts';
import { between, pick, roll, seedOf } from './random.ts';

export type DnsStatus = 'FORWARDED' | 'CACHE' | 'GRAVITY' | 'GRAVITY_CNAME' | 'DENYLIST' | 'REGEX';

/** One DNS question and what a Pi-hole made of it. */
export interface DnsQuery {
  /** Milliseconds, never twice the same for one client. */
  time: number;
  role: Role;
  client: { name: string; address: string };
  domain: string;
  type: 'A' | 'AAAA' | 'HTTPS';
  status: DnsStatus;
  reply: 'IP' | 'NODATA' | 'CNAME';
  /** Milliseconds. */
  replyMs: number;
  upstream?: string;
  /** List or rule that decided, by its id. */
  listId?: number;
  ruleId?: number;
  /** The blocked name behind the asked one. */
  cname?: string;
}

const STEP = 10 * MINUTE;
const UPSTREAM = '192.0.2.1#53';

/** What a Pi-hole decides; `FORWARDED` stands for every answer that is not blocked. */
export type DnsVerdict = Pick<DnsQuery, 'status' | 'listId' | 'ruleId' | 'cname'>;

/** What a Pi-hole does with a name for a client with these groups, by Pi-hole's own order: allowed first, then rules, lists, regexes. */
export function verdictAt(story: Story, role: Role, groups: readonly string[], asked: DnsName, at: number): DnsVerdict {
  const meets = (entry: { groups: readonly string[]; enabled: boolean }): boolean =>
    entry.enabled && entry.groups.some((group) => groups.includes(group));
  const rules = RULES.filter(meets);
  const exact = (type: 'allow' | 'deny') => rules.find((rule) => rule.type === type && rule.kind === 'exact' && rule.domain === asked.name);
  const allowed = exact('allow');
  if (allowed) return { status: 'FORWARDED', ruleId: allowed.id };
  const denied = exact('deny');
  if (denied) return { status: 'DENYLIST', ruleId: denied.id };
  const list = listsAt(story, role, at).find((one) => one.type === 'block' && meets(one) && asked.lists?.includes(one.address));
  if (list) return asked.cname ? { status: 'GRAVITY_CNAME', listId: list.id, cname: asked.cname } : { status: 'GRAVITY', listId: list.id };
  const regex = rules.find((rule) => rule.type === 'deny' && rule.kind === 'regex' && new RegExp(rule.domain).test(asked.name));
  return regex ? { status: 'REGEX', ruleId: regex.id } : { status: 'FORWARDED' };
}

/** Questions in `[from, to)`, oldest first, made while they are read. The primary holds the shared address and gets all but the NAS's own. */
export function* queriesBetween(story: Story, from: number, to: number, only: { role?: Role; client?: string } = {}): Generator<DnsQuery> {
  for (let step = Math.floor(Math.max(from, story.beginning) / STEP); step * STEP < to; step += 1) {
    const found = CLIENTS.filter(
      ({ name, address }) => only.client === undefined || only.client === name || only.client === address,
    ).flatMap((client) => {
      const role = client.name === 'nas' ? 'backup' : 'primary';
      return only.role === undefined || only.role === role ? queriesOf(story, client, role, step) : [];
    });
    for (const query of found.sort((a, b) => a.time - b.time))
      if (query.time >= from && query.time < to && query.time >= story.beginning) yield query;
  }
}

function queriesOf(story: Story, client: DnsClient, role: Role, step: number): DnsQuery[] {
  if (client.asleep && step * STEP > story.now - DAY) return [];
  const seed = seedOf(`${client.name} ${story.seed}`);
  const local = story.clock.local(step * STEP);
  const machine = client.interests.includes('server') || client.interests.includes('printer');
  const rhythm = machine ? 1 : client.interests.includes('television') ? 0.15 + 4.5 * atTelevision(local) : 0.08 + 1.9 * atDay(local);
  const count = Math.round(((client.daily * STEP) / DAY) * rhythm * (0.6 + 0.8 * roll(seed, step)));
  const own = NAMES.filter(({ interests }) => interests.some((interest) => client.interests.includes(interest)));
  return Array.from({ length: count }, (_, index) =>
    queryOf(
      story,
      client,
      role,
      own,
      seed,
      step * 1000 + index,
      step * STEP + Math.floor(((index + roll(seed + 7, step * 1000 + index)) / count) * STEP),
    ),
  );
}

function queryOf(story: Story, client: DnsClient, role: Role, own: readonly DnsName[], seed: number, dice: number, time: number): DnsQuery {
  const who = { name: client.name, address: client.address };
  // keepalived asks the local resolver for its own name.
  if (client.interests.includes('local') && roll(seed + 1, dice) < 0.85)
    return { time, role, client: who, domain: 'pi.hole', type: 'A', status: 'CACHE', reply: 'IP', replyMs: 0.2 };
  const asked = pick(own, seed + 2, dice);
  const type = roll(seed + 3, dice) < 0.62 ? 'A' : roll(seed + 4, dice) < 0.7 ? 'AAAA' : 'HTTPS';
  const verdict = verdictAt(story, role, client.groups, asked, time);
  const reply = type === 'A' ? 'IP' : 'NODATA';
  if (verdict.status !== 'FORWARDED')
    return { time, role, client: who, domain: asked.name, type, ...verdict, reply: type === 'HTTPS' ? 'NODATA' : 'IP', replyMs: 0.3 };
  const cached = roll(seed + 5, dice) < 0.55;
  if (cached) return { time, role, client: who, domain: asked.name, type, ...verdict, status: 'CACHE', reply, replyMs: 0.2 };
  return {
    time,
    role,
    client: who,
    domain: asked.name,
    type,
    ...verdict,
    upstream: UPSTREAM,
    reply,
    replyMs: between(6, 34, seed + 6, dice),
  };
}
