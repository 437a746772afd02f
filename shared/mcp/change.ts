import { type InputRequiredResult, inputRequired } from '@modelcontextprotocol/server';
import { Fault } from '../faults.ts';
import type { Action } from '../safety/action.ts';
import type { AuditEntry } from '../safety/audit-line.ts';
import type { ConsentFor } from '../safety/consent.ts';
import { digestOf, type Effect } from '../safety/effect.ts';
import type { Level } from '../safety/levels.ts';
import { type Decision, decide } from '../safety/policy.ts';
import type { Runner } from '../safety/runner.ts';
import type { Safety } from '../safety/safety.ts';
import type { Call } from './call.ts';
import type { RequestScope } from './request-scope.ts';
import type { AnyTool } from './tool.ts';

/** What came back from a dialog: the state that went out with it, and what the person did. */
export interface Answer {
  state: string;
  action: 'accept' | 'decline' | 'cancel' | 'missing';
  approved: boolean;
}

/** What the protocol layer knows that a change needs. */
export interface Asking {
  /** The client declared that it can put a form before its person. */
  canAsk: boolean;
  /** The name the client gave. */
  client: string;
  answer?: Answer;
}

/** Clients that ask their person by themselves before a tool marked for it runs, in every mode. */
const ASKS_BY_ITSELF = /^claude-code\b/;

/** One call that changes something, ready to be decided about. */
export interface Change<Client> {
  tool: AnyTool<Client>;
  input: Record<string, unknown>;
  level: Level;
  client: Client;
  call: Call;
  scope: RequestScope;
  asking: Asking;
  safety: Safety;
  runner: Runner;
}

/** How the work of a call is let go on without its caller. */
export interface Detachable {
  detach: () => void;
  abort: (reason: Fault) => void;
  /** Where progress goes from now on. */
  follow: (report: Call['progress']) => void;
}

type AuditEntryHead = Omit<AuditEntry, 'kind'>;

type Outcome<Result> = { done: Result } | { question: InputRequiredResult } | { goesOn: Action };

/**
 * Decides about a change and runs it when it may: policy, then the dialog or the operator, then record and run.
 * Gives what `run` gave, or the question that goes to the person. Throws a Fault that says why nothing was done.
 */
export async function change<Client, Result extends { text: string }>(
  asked: Change<Client> & { retold: (text: string) => Result },
  run: () => Promise<Result>,
  detachable: Detachable,
): Promise<Outcome<Result>> {
  const { tool, scope, safety } = asked;
  const { effect, unguarded } = await effectOf(asked);
  const entry = {
    caller: scope.caller.name,
    what: tool.name,
    level: effect.level,
    targets: effect.targets,
    arguments: effect.arguments,
    call: scope.requestId,
  };
  const { verdict, why } = verdictOf(asked, effect, unguarded);
  if (verdict === 'deny') {
    await safety.audit.append({ ...entry, kind: 'refused', reason: why });
    throw new Fault('denied', `The policy refuses this call of ${tool.name} (${why}). Nothing was done.`);
  }
  if (verdict === 'operator' || (verdict === 'ask' && !canBeAsked(asked))) throw await proposed(asked, effect, why);
  const asks = verdict === 'ask' && !(tool.askedByClient && ASKS_BY_ITSELF.test(asked.asking.client));
  const about = { caller: scope.caller.name, tool: tool.name, digest: effect.digest };
  if (asks && !asked.asking.answer) {
    await safety.audit.append({ ...entry, kind: 'asked', reason: why });
    return { question: question(effect, safety.consent.issue(about)) };
  }
  // A change that a person just allowed in the chat still counts: the budget bounds what happens, not who asked.
  const budget = effect.level === 'read' ? undefined : { name: scope.caller.name, perHour: safety.policy.current().writes_per_hour };
  const act = async (): Promise<Result> => {
    if (asks) await consented(asked, about, entry);
    return safety.brakes.run({ tool: tool.name, targets: effect.targets, budget }, () => safety.record(entry, run));
  };
  const work = scope.idempotencyKey === undefined ? act() : once(asked, effect, scope.idempotencyKey, act);
  const finished = await within<Result>(safety.longMs, work);
  if (finished) return finished;
  detachable.detach();
  const underway = { work, abort: detachable.abort };
  const { action, progress } = await asked.runner.adopt(effect, { caller: scope.caller.name }, underway);
  detachable.follow(progress);
  return { goesOn: action };
}

async function consented<Client>({ safety, asking }: Change<Client>, about: ConsentFor, entry: AuditEntryHead): Promise<void> {
  const { answer } = asking;
  if (!answer) throw new Error('a consent was looked for before it was asked');
  const yes = answer.action === 'accept' && answer.approved;
  await safety.consent.check(answer.state, about, yes);
  await safety.audit.append({ ...entry, kind: yes ? 'approved' : 'denied', reason: 'in the chat' });
  if (!yes) throw declined(answer);
}

/** A client that sends the same call again under one key gets the first one's answer, and nothing is done twice. */
async function once<Client, Result extends { text: string }>(
  { scope, safety, tool, retold }: Change<Client> & { retold: (text: string) => Result },
  effect: Effect,
  key: string,
  act: () => Promise<Result>,
): Promise<Result> {
  const call = { caller: scope.caller.name, tool: tool.name, key, arguments: effect.arguments };
  const told = await safety.repeats.once(call, act, ({ text }) => text);
  return told.repeated ? retold(`Done before under the same key; nothing was done again.\n${told.digest}`) : told.result;
}

/** What `work` gave within `ms`, or undefined when it still runs. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<{ done: Result } | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, ms, undefined);
  try {
    return await Promise.race([work.then((done) => ({ done })), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function verdictOf<Client>({ tool, scope, safety }: Change<Client>, effect: Effect, unguarded: string | undefined): Decision {
  const { host, service, level } = effect;
  const policy = level === 'read' ? safety.policy.reading() : safety.policy.current();
  const decision = decide(
    policy,
    { tool: tool.name, level, caller: scope.caller.name, hosts: host ? [host] : [], services: service ? [service] : [] },
    new Date(),
  );
  return unguarded && decision.verdict !== 'deny' ? { verdict: 'operator', why: unguarded } : decision;
}

/** The effect of a call as it is now; asked again before an approved action runs. */
export async function effectOf<Client>({
  tool,
  input,
  level,
  client,
  call,
}: Pick<Change<Client>, 'tool' | 'input' | 'level' | 'client' | 'call'>): Promise<{ effect: Effect; unguarded?: string }> {
  const { reason: _why, ...essential } = input;
  const resolved = (await tool.effect?.(input, client, call)) ?? { targets: [tool.name], preview: JSON.stringify(essential) };
  const { guarded, unguarded, targets, ...shown } = resolved;
  const effect: Effect = {
    ...shown,
    targets: [...targets],
    tool: tool.name,
    title: tool.title,
    level,
    arguments: essential,
    digest: digestOf({ tool: tool.name, arguments: essential, targets, guarded }),
    ...(tool.look ? { look: tool.look } : {}),
  };
  return { effect, ...(unguarded ? { unguarded } : {}) };
}

function canBeAsked<Client>({ tool, asking }: Change<Client>): boolean {
  return asking.canAsk || (tool.askedByClient === true && ASKS_BY_ITSELF.test(asking.client));
}

function question(effect: Effect, requestState: string): InputRequiredResult {
  const hanging = effect.dependents?.length ? `\nHangs on it: ${effect.dependents.slice(0, 10).join(', ')}.` : '';
  return inputRequired({
    requestState,
    inputRequests: {
      [CONFIRM]: inputRequired.elicit({
        message: `${effect.title} (${effect.level})\n${effect.preview}${hanging}`,
        requestedSchema: { type: 'object', properties: { approve: { type: 'boolean', title: 'Do it' } }, required: ['approve'] },
      }),
    },
  });
}

/** Name of the one question of a dialog. */
export const CONFIRM = 'confirm';

function declined({ action }: Answer): Fault {
  const how = { accept: 'answered no', decline: 'declined', cancel: 'closed the dialog', missing: 'gave no answer' }[action];
  return new Fault('denied', `The person was asked and ${how}. Nothing was done.`, { hint: 'Do not try again unless they ask for it.' });
}

async function proposed<Client>({ tool, input, scope, safety }: Change<Client>, effect: Effect, why: string): Promise<Fault> {
  const reason = typeof input.reason === 'string' ? input.reason : undefined;
  const action = await safety.propose(effect, { caller: scope.caller.name, reason });
  return new Fault(
    'approval_required',
    `Nothing was done yet: ${why}, so action ${action.id} waits for a person until ${action.expires.slice(11, 16)} UTC.`,
    {
      hint: `They run \`npm run actions -- show ${action.id}\` or open /actions. Read the outcome with ${safety.area}_actions (id ${action.id}); calling ${tool.name} again does not hurry it.`,
    },
  );
}
