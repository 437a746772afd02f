import { z } from 'zod';
import { nameless, type Power, undoOf } from './rules.ts';

/** What was done to a container, and how it is since. */
export const Switch = z.object({
  host: z.string(),
  container: z.string(),
  changed: z.boolean(),
  before: z.string(),
  after: z.string(),
  /** It should run now and does not. */
  failed: z.boolean(),
});
export type Switch = z.output<typeof Switch>;

const DONE: Record<Power, string> = {
  start: 'Started',
  stop: 'Stopped',
  restart: 'Restarted',
  pause: 'Paused',
  unpause: 'Resumed',
  kill: 'Killed',
};

/** The state after it, and how to take it back. */
export function switchText({ host, container, changed, before, after, failed }: Switch, action: Power): string {
  if (!changed) return `Nothing to do: ${container} on ${host} already was so (${after}).`;
  const undo = undoOf(action);
  return [
    `${DONE[action]} ${container} on ${host}: was ${before}, is ${after}.`,
    failed ? '! It does not run: docker_diagnose says why.' : undo === nameless ? '' : `Undo: ${undo}.`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
