import { Fault } from '../faults.ts';
import type { RunnerOptions } from '../safety/runner.ts';
import type { Safety } from '../safety/safety.ts';
import type { Call } from './call.ts';
import { effectOf } from './change.ts';
import { deadline } from './deadline.ts';
import { assemble } from './reply.ts';
import type { ServerDefinition } from './server-definition.ts';

// An approved action has no client that waits; its own tool says when it has taken too long.
const LONGEST_MS = 30 * 60_000;

/** Runs what a person approved: resolved anew, refused when it is no longer what they saw, recorded like any other change. */
export function approvedRun<Client>(def: ServerDefinition<Client>, client: Client, safety: Safety): RunnerOptions['run'] {
  return async (action, { signal, progress }) => {
    const tool = def.tools.find(({ name }) => name === action.effect.tool);
    if (!tool) throw new Fault('not_found', 'This version of the server no longer has the tool that was approved.');
    // The reason is kept beside the arguments, so that other words for the same call are the same effect.
    const parsed = tool.input.safeParse({ ...action.effect.arguments, ...(action.reason ? { reason: action.reason } : {}) });
    if (!parsed.success) throw new Fault('conflict', 'The tool no longer takes the arguments that were approved.');
    const { level } = action.effect;
    const time = deadline(tool.name, Math.max(tool.deadline ?? 0, LONGEST_MS), true, signal);
    const caller = { name: action.caller, level };
    const call: Call = { id: action.id, caller, actions: safety.actions, signal: time.signal(), progress };
    try {
      const { effect } = await effectOf({ tool, input: parsed.data, level, client, call });
      // SECURITY: an approval is for this effect; what changed since was never seen by the person.
      if (effect.digest !== action.effect.digest) {
        throw new Fault('conflict', 'What was approved has changed since, so it was not run.', { hint: `Call ${tool.name} again.` });
      }
      const entry = {
        caller: action.caller,
        what: tool.name,
        level,
        targets: effect.targets,
        arguments: effect.arguments,
        action: action.id,
        reason: `approved by ${action.approved?.by ?? 'nobody'}`,
      };
      return await safety.brakes.run({ tool: tool.name, targets: effect.targets, signal }, () =>
        safety.record(entry, async () => {
          const output = await Promise.race([tool.handler(parsed.data, client, call), time.passed]);
          return { text: assemble(tool.render(output, parsed.data)).text };
        }),
      );
    } finally {
      time.clear();
    }
  };
}
