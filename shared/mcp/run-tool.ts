import type { InputRequiredResult } from '@modelcontextprotocol/server';
import { Fault } from '../faults.ts';
import type { Action } from '../safety/action.ts';
import { includes, type Level } from '../safety/levels.ts';
import { concernsReading, decide } from '../safety/policy.ts';
import type { Runner } from '../safety/runner.ts';
import type { Safety } from '../safety/safety.ts';
import type { Call } from './call.ts';
import { type Asking, change } from './change.ts';
import { deadline } from './deadline.ts';
import { invalidInput } from './invalid-input.ts';
import { silent, ticker } from './progress.ts';
import { type Assembled, assemble, assembleError } from './reply.ts';
import type { RequestScope } from './request-scope.ts';
import type { AnyTool } from './tool.ts';
import { visible } from './visible-tools.ts';

const DEADLINE_MS = 30_000;

/** What `runTool` needs beside the tool and its arguments. */
export interface Running {
  scope: RequestScope;
  signal: AbortSignal;
  /** Absent when the client asked for no progress. */
  sendProgress?: Parameters<typeof ticker>[0];
  asking: Asking;
  safety: Safety;
  /** Takes over calls that last. */
  runner: Runner;
}

/** How one call ended; `question` is there when a person is to be asked first. */
export interface Ran extends Assembled {
  outcome: 'ok' | 'cancelled' | Fault['code'];
  question?: InputRequiredResult;
  error?: unknown;
}

/** The way of one call: level, input, policy and approval for what changes something, handler with its deadline, render. It never throws. */
export async function runTool<Client>(tool: AnyTool<Client>, args: unknown, client: Client, running: Running): Promise<Ran> {
  try {
    return await attempt(tool, args, client, running);
  } catch (error) {
    if (running.signal.aborted) return { ...assembleError('timeout: The call was cancelled.'), outcome: 'cancelled', error };
    if (error instanceof Fault) return { ...assembleError(error.text()), outcome: error.code, error };
    const text = `internal: Something went wrong in this server, not in your call. Its log has the cause under ${running.scope.requestId}.`;
    return { ...assembleError(text), outcome: 'internal', error };
  }
}

async function attempt<Client>(tool: AnyTool<Client>, args: unknown, client: Client, running: Running): Promise<Ran> {
  const { scope, safety } = running;
  // SECURITY: a hidden tool is also refused, or knowing its name would be enough to call it.
  if (!visible(tool, scope.caller)) throw notAllowed(tool, scope);
  const parsed = tool.input.safeParse(args ?? {});
  if (!parsed.success) throw invalidInput(tool.name, parsed.error, Object.keys(tool.input.shape));
  const level: Level = typeof tool.safety === 'string' ? tool.safety : tool.safety.of(parsed.data);
  if (!includes(scope.caller.level, level)) throw tooLow(tool, level, scope);

  const progress = running.sendProgress ? ticker(running.sendProgress) : silent;
  const time = deadline(tool.name, tool.deadline ?? DEADLINE_MS, level !== 'read', running.signal);
  let report: Call['progress'] = progress.report;
  const call: Call = {
    id: scope.requestId,
    caller: scope.caller,
    actions: safety.actions,
    get signal() {
      return time.signal();
    },
    progress: (done, total, message) => report(done, total, message),
  };
  const perform = async (): Promise<Assembled> => {
    try {
      const output = await Promise.race([tool.handler(parsed.data, client, call), time.passed]);
      return assemble(tool.render(output, parsed.data), scope.format === 'json' ? tool.output.parse(output) : undefined);
    } finally {
      time.clear();
    }
  };
  try {
    if (level === 'read' && !heldBack(tool, running)) return { ...(await perform()), outcome: 'ok' };
    const follow = (to: Call['progress']): void => {
      report = to;
    };
    const asked = {
      tool,
      input: parsed.data,
      level,
      client,
      call,
      scope,
      asking: running.asking,
      safety,
      runner: running.runner,
      retold: (text: string) => assemble(text),
    };
    const changed = await change(asked, perform, { detach: time.detach, abort: time.abort, follow });
    if ('done' in changed) return { ...changed.done, outcome: 'ok' };
    if ('goesOn' in changed) return { ...assemble(goesOn(tool, changed.goesOn, safety)), outcome: 'ok' };
    time.clear();
    return { result: { content: [] }, text: '', bytes: 0, tokens: 0, outcome: 'approval_required', question: changed.question };
  } catch (error) {
    time.clear();
    throw error;
  } finally {
    progress.stop();
  }
}

/** True for a reading call that a policy does more with than let it run. */
function heldBack(tool: AnyTool, { scope, safety }: Running): boolean {
  const policy = safety.policy.reading();
  if (!concernsReading(policy)) return false;
  const asked = { tool: tool.name, level: 'read', caller: scope.caller.name, hosts: [], services: [] } as const;
  return decide(policy, asked, new Date()).verdict !== 'allow';
}

function goesOn(tool: AnyTool, { id }: Action, { area, longMs }: Safety): string {
  return `${tool.name} still runs after ${longMs / 1000} s and goes on as action ${id}. Read or cancel it with ${area}_actions (id ${id}).`;
}

function notAllowed(tool: AnyTool, { caller }: RequestScope): Fault {
  if (caller.tools && !caller.tools.includes(tool.name)) {
    return new Fault('denied', `The token \`${caller.name}\` is held to other tools than ${tool.name}.`, {
      hint: 'Its owner can make another: npm run token.',
    });
  }
  const least = typeof tool.safety === 'string' ? tool.safety : tool.safety.least;
  return tooLow(tool, least, { caller });
}

function tooLow(tool: AnyTool, level: Level, { caller }: Pick<RequestScope, 'caller'>): Fault {
  return new Fault('denied', `This call of ${tool.name} needs a token of level ${level}; \`${caller.name}\` has ${caller.level}.`, {
    hint: `Its owner can make one: npm run token -- add NAME --level ${level}.`,
  });
}
