import { z } from 'zod';
import { LEVELS } from '../config/level.ts';
import { redactDeep } from '../redact/redact.ts';
import { ACTION_STATES, type Action, OUTCOMES } from './action.ts';
import { shownLine } from './shown-text.ts';

const Decision = z.object({ by: z.string(), at: z.string(), why: z.string().optional() });

/** An action as a person is shown it and as it goes over HTTP: no secret, nothing that could move or hide text. */
export const ShownAction = z.object({
  id: z.string(),
  state: z.enum(ACTION_STATES),
  server: z.string(),
  tool: z.string(),
  title: z.string(),
  level: z.enum(LEVELS),
  targets: z.array(z.string()),
  host: z.string().optional(),
  service: z.string().optional(),
  preview: z.string(),
  dependents: z.array(z.string()).optional(),
  look: z.string().optional(),
  arguments: z.string(),
  digest: z.string(),
  caller: z.string(),
  reason: z.string().optional(),
  created: z.string(),
  expires: z.string(),
  startBy: z.string().optional(),
  approved: Decision.optional(),
  denied: Decision.optional(),
  started: z.object({ at: z.string() }).optional(),
  progress: z.object({ done: z.number(), total: z.number().optional(), message: z.string().optional(), at: z.string() }).optional(),
  cancelAsked: Decision.optional(),
  ended: z.object({ at: z.string(), outcome: z.enum(OUTCOMES), text: z.string(), note: z.string().optional() }).optional(),
});
export type ShownAction = z.output<typeof ShownAction>;

/** As `Actions.list` gives it, to be shown. */
export const ShownList = z.object({
  actions: z.array(ShownAction),
  total: z.number(),
  broken: z.array(z.object({ name: z.string(), state: z.enum(ACTION_STATES), why: z.string() })),
});
export type ShownList = z.output<typeof ShownList>;

const MOST_LINE = 300;
const MOST_ARGUMENTS = 4_000;

export function showAction({ effect, ...action }: Action): ShownAction {
  const { arguments: args, targets, dependents, host, service, ...rest } = effect;
  const line = (text: string) => shownLine(text, MOST_LINE);
  const json = JSON.stringify(redactDeep(args));
  return ShownAction.parse({
    ...action,
    ...rest,
    targets: targets.map(line),
    ...(dependents ? { dependents: dependents.map(line) } : {}),
    ...(host === undefined ? {} : { host: line(host) }),
    ...(service === undefined ? {} : { service: line(service) }),
    arguments: shownLine(json, MOST_ARGUMENTS),
    caller: line(action.caller),
  });
}
