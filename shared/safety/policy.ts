import { z } from 'zod';
import { LEVELS, type Level } from '../config/level.ts';

/** What a policy says to a call, weakest first: run it, ask in the chat, wait for the operator, refuse. */
export const VERDICTS = ['allow', 'ask', 'operator', 'deny'] as const;
export type Verdict = (typeof VERDICTS)[number];

const Verdict = z.enum(VERDICTS);
const Pattern = z
  .string()
  .regex(/^[^\s*]*\*?[^\s*]*$/, 'expected a name, with at most one * in it')
  .describe('A name, or a pattern with one *');
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 22:30');

/** One rule; every condition that is given must hold, the first rule that matches decides. */
export const Rule = z.strictObject({
  tool: Pattern.optional(),
  host: Pattern.optional(),
  service: Pattern.optional(),
  caller: Pattern.optional().describe('Name of a token'),
  level: z.enum(LEVELS).optional().describe('Only calls of this level'),
  verdict: Verdict,
  why: z.string().max(200).optional(),
});

/** Times in which more care is taken. */
export const QuietHours = z.strictObject({
  from: Clock,
  to: Clock.describe('Before `from` means the next morning'),
  days: z.array(z.enum(DAYS)).min(1).optional().describe('Days on which it begins; all without it'),
  timezone: z.string().refine(isTimeZone, 'expected a time zone such as Europe/Berlin').default('UTC'),
  level: z.enum(LEVELS).default('disruptive').describe('From this level on'),
  verdict: Verdict.default('operator'),
});

/** `policy.yaml`: which calls run, are asked for, wait for the operator or are refused. */
export const Policy = z.strictObject({
  version: z.literal(1),
  defaults: z
    .strictObject({
      read: Verdict.default('allow'),
      write: Verdict.default('allow'),
      disruptive: Verdict.default('ask'),
      destructive: Verdict.default('operator'),
    })
    .default({ read: 'allow', write: 'allow', disruptive: 'ask', destructive: 'operator' }),
  quiet_hours: z.array(QuietHours).default([]),
  writes_per_hour: z
    .int()
    .min(0)
    .max(10_000)
    .default(60)
    .describe('Changes that run without a person in an hour; more wait for the operator'),
  rules: z.array(Rule).default([]),
});
export type Policy = z.output<typeof Policy>;

/** What holds where no policy file stands. */
export const DEFAULT_POLICY: Policy = Policy.parse({ version: 1 });

/** The call that is decided about. */
export interface Asked {
  tool: string;
  level: Level;
  caller: string;
  hosts: readonly string[];
  services: readonly string[];
}

/** The verdict and the reason in one sentence. */
export interface Decision {
  verdict: Verdict;
  why: string;
}

/** Decides about one call at one time. Where a call touches several hosts or services the strictest verdict holds. */
export function decide(policy: Policy, asked: Asked, now: Date): Decision {
  const hosts = asked.hosts.length > 0 ? asked.hosts : [undefined];
  const services = asked.services.length > 0 ? asked.services : [undefined];
  const decisions = hosts.flatMap((host) => services.map((service) => byRules(policy, asked, host, service)));
  const ruled = decisions.reduce(stricter);
  if (asked.level === 'read') return ruled;
  const quiet = policy.quiet_hours.find((hours) => LEVELS.indexOf(asked.level) >= LEVELS.indexOf(hours.level) && isQuiet(hours, now));
  return quiet ? stricter(ruled, { verdict: quiet.verdict, why: `quiet hours ${quiet.from}-${quiet.to} ${quiet.timezone}` }) : ruled;
}

/** True when the policy says something about reading at all; without it no reading call needs a decision. */
export function concernsReading(policy: Policy): boolean {
  return policy.defaults.read !== 'allow' || policy.rules.some(({ level }) => level === undefined || level === 'read');
}

/** True when no call of the tool by this caller can pass, whatever its arguments: such a tool is not shown. */
export function neverAllowed(policy: Policy, tool: string, caller: string): boolean {
  const rule = policy.rules.find((one) => matches(one.tool, tool) && matches(one.caller, caller));
  return rule?.verdict === 'deny' && rule.host === undefined && rule.service === undefined && rule.level === undefined;
}

function byRules(policy: Policy, asked: Asked, host: string | undefined, service: string | undefined): Decision {
  const index = policy.rules.findIndex(
    (rule) =>
      matches(rule.tool, asked.tool) &&
      matches(rule.caller, asked.caller) &&
      matches(rule.host, host) &&
      matches(rule.service, service) &&
      (rule.level === undefined || rule.level === asked.level),
  );
  const rule = policy.rules[index];
  if (rule) return { verdict: rule.verdict, why: rule.why ?? `rule ${index + 1} of the policy` };
  return { verdict: policy.defaults[asked.level], why: `${asked.level} calls ${WORDS[policy.defaults[asked.level]]} by default` };
}

const WORDS: Record<Verdict, string> = { allow: 'run', ask: 'are asked for', operator: 'wait for the operator', deny: 'are refused' };

function stricter(a: Decision, b: Decision): Decision {
  return VERDICTS.indexOf(b.verdict) > VERDICTS.indexOf(a.verdict) ? b : a;
}

/** A condition that is absent always holds; one about a host does not hold for a call that touches none. */
function matches(pattern: string | undefined, value: string | undefined): boolean {
  if (pattern === undefined) return true;
  if (value === undefined) return false;
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return value === pattern;
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
}

function isQuiet({ from, to, days, timezone }: z.output<typeof QuietHours>, now: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const at = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  const clock = `${at.hour}:${at.minute}`;
  const today = DAYS.indexOf((at.weekday ?? '').toLowerCase() as (typeof DAYS)[number]);
  const begins = (day: number): boolean => days === undefined || days.includes(DAYS[(day + 7) % 7] ?? 'sun');
  if (from <= to) return begins(today) && clock >= from && clock < to;
  // Over midnight: the evening of today, or the morning after a day on which it began.
  return (begins(today) && clock >= from) || (begins(today - 1) && clock < to);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
