import { z } from 'zod';
import { Fault } from '../faults.ts';
import { duration } from '../render/quantity.ts';
import type { Action } from '../safety/action.ts';
import { type AnyTool, defineTool } from './tool.ts';

const SHOWN = 10;
const LONGEST_WAIT = 50;

const Shown = z.object({
  id: z.string(),
  state: z.string(),
  tool: z.string(),
  targets: z.array(z.string()),
  caller: z.string(),
  age: z.string(),
  progress: z.string().optional(),
  outcome: z.string().optional(),
  text: z.string().optional(),
  look: z.string().optional(),
});

/** The tool `<area>_actions`: what waits for a person, what goes on and how it ended. There is no tool that approves. */
export function actionsTool(area: string): AnyTool {
  return defineTool({
    name: `${area}_actions`,
    title: 'Waiting and running actions',
    description:
      'Shows actions that wait for a person, run or ended; with `id` one of them, waiting for its end if asked. Only a person can approve.',
    // Taking back what one asked for oneself changes nothing that a person would have to allow first.
    safety: 'read',
    deadline: (LONGEST_WAIT + 10) * 1000,
    input: z.strictObject({
      id: z.string().max(20).optional(),
      wait: z.int().min(0).max(LONGEST_WAIT).default(0).describe('Seconds to wait for its end'),
      cancel: z.boolean().default(false).describe('Withdraw or stop your own'),
    }),
    output: z.object({ actions: z.array(Shown), total: z.int() }),
    async handler({ id, wait, cancel }, _client: unknown, { actions, caller, signal }) {
      if (id === undefined) {
        if (cancel) throw new Fault('invalid_input', 'Which action is to be cancelled must be said.', { hint: 'Give its `id`.' });
        const { actions: found, total } = actions.list({ server: `mcp-${area}`, limit: SHOWN });
        return { actions: found.map(shown), total };
      }
      if (cancel) {
        const { caller: owner } = actions.get(id);
        // SECURITY: one assistant must not be able to take back what another one, or a person, set going.
        if (owner !== caller.name)
          throw new Fault('denied', 'That action is of another caller.', { hint: 'Its owner denies it: npm run actions.' });
        await actions.cancel(id, caller.name, 'withdrawn by its caller');
      }
      return { actions: [shown(await actions.waitFor(id, wait * 1000, signal))], total: 1 };
    },
    render({ actions, total }, { id }) {
      if (total === 0) return 'No actions: nothing waits, nothing runs.';
      const lines = actions.flatMap(({ id: each, state, tool, targets, caller, age, progress, outcome, text, look }) => [
        `${each} ${state} ${tool} on ${targets.slice(0, 3).join(', ')}${targets.length > 3 ? ` and ${targets.length - 3} more` : ''} · by ${caller} · ${age} ago${progress ? ` · ${progress}` : ''}`,
        ...(id !== undefined && state === 'pending'
          ? ['  waits for a person: `npm run actions` or the page /actions; do not call the tool again']
          : []),
        ...(outcome ? [`  ${outcome}: ${text}`] : []),
        ...(outcome === 'may_have_happened' && look ? [`  the present state: ${look}`] : []),
      ]);
      if (total > actions.length) lines.push(`${actions.length} of ${total}; older ones by \`id\``);
      return lines.join('\n');
    },
  }) as AnyTool;
}

function shown(action: Action): z.output<typeof Shown> {
  const { id, state, effect, caller, created, progress, ended } = action;
  const of = progress?.total === undefined ? '' : ` of ${progress.total}`;
  return {
    id,
    state,
    tool: effect.tool,
    targets: [...effect.targets],
    caller,
    age: duration(Math.max(0, Date.now() - Date.parse(created))),
    ...(progress && state === 'running' ? { progress: `${progress.done}${of}${progress.message ? ` ${progress.message}` : ''}` } : {}),
    ...(ended ? { outcome: ended.outcome, text: ended.text } : {}),
    ...(effect.look ? { look: effect.look } : {}),
  };
}
