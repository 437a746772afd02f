import { Fault } from '../faults.ts';
import { includes, type Level } from '../safety/levels.ts';
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
}

/** How one call ended. */
export interface Ran extends Assembled {
  outcome: 'ok' | 'cancelled' | Fault['code'];
  error?: unknown;
}

/** The way of one call: level, input, handler with its deadline, render. It never throws. */
export async function runTool<Client>(tool: AnyTool<Client>, args: unknown, client: Client, running: Running): Promise<Ran> {
  try {
    return { ...(await attempt(tool, args, client, running)), outcome: 'ok' };
  } catch (error) {
    if (running.signal.aborted) return { ...assembleError('timeout: The call was cancelled.'), outcome: 'cancelled', error };
    if (error instanceof Fault) return { ...assembleError(error.text()), outcome: error.code, error };
    const text = `internal: Something went wrong in this server, not in your call. Its log has the cause under ${running.scope.requestId}.`;
    return { ...assembleError(text), outcome: 'internal', error };
  }
}

async function attempt<Client>(tool: AnyTool<Client>, args: unknown, client: Client, running: Running): Promise<Assembled> {
  const { scope } = running;
  // SECURITY: a hidden tool is also refused, or knowing its name would be enough to call it.
  if (!visible(tool, scope.caller)) throw notAllowed(tool, scope);
  const parsed = tool.input.safeParse(args ?? {});
  if (!parsed.success) throw invalidInput(tool.name, parsed.error, Object.keys(tool.input.shape));
  const level: Level = typeof tool.safety === 'string' ? tool.safety : tool.safety.of(parsed.data);
  if (!includes(scope.caller.level, level)) throw tooLow(tool, level, scope);

  const progress = running.sendProgress ? ticker(running.sendProgress) : silent;
  const deadline = deadlineOf(tool, level, running.signal);
  try {
    const call = {
      id: scope.requestId,
      caller: scope.caller,
      get signal() {
        return deadline.signal();
      },
      progress: progress.report,
    };
    const output = await Promise.race([tool.handler(parsed.data, client, call), deadline.passed]);
    return assemble(tool.render(output, parsed.data), scope.format === 'json' ? tool.output.parse(output) : undefined);
  } finally {
    deadline.clear();
    progress.stop();
  }
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

/** Ends a call at its deadline or when it is cancelled. The signal is made for the tool that asks for it. */
function deadlineOf(
  tool: AnyTool,
  level: Level,
  outer: AbortSignal,
): { signal: () => AbortSignal; passed: Promise<never>; clear: () => void } {
  const ms = tool.deadline ?? DEADLINE_MS;
  const { promise: passed, reject } = Promise.withResolvers<never>();
  let controller: AbortController | undefined;
  let ended: { reason: unknown } | undefined;
  const end = (reason: unknown, fault: Fault): void => {
    ended = { reason };
    controller?.abort(reason);
    reject(fault);
  };
  const timer = setTimeout(() => {
    const unsure = level === 'read' ? '' : ' What it was to change may have happened: look before you repeat it.';
    const fault = new Fault('timeout', `${tool.name} did not finish within ${ms / 1000} s.${unsure}`);
    end(fault, fault);
  }, ms);
  const onAbort = (): void => end(outer.reason, new Fault('timeout', 'The call was cancelled.'));
  if (outer.aborted) onAbort();
  else outer.addEventListener('abort', onAbort, { once: true });
  passed.catch(() => {});
  return {
    signal() {
      controller ??= new AbortController();
      if (ended) controller.abort(ended.reason);
      return controller.signal;
    },
    passed,
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', onAbort);
    },
  };
}
