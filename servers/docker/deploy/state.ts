import { Fault } from '@homelab/shared/faults.ts';
import { z } from 'zod';
import { type DeployPlan, STAGES, type Stage, type Step } from './plan.ts';

/** How far a deployment has come, as it is kept on disk between runs. */
export const DeployState = z.strictObject({
  version: z.literal(1),
  host: z.string(),
  project: z.string(),
  commit: z.string(),
  /** Of the plan that it belongs to. */
  digest: z.string(),
  startedAt: z.iso.datetime(),
  /** Ids of steps that ended well. */
  done: z.array(z.string()),
  /** The step that failed, and a sentence of ours about it. */
  failed: z.strictObject({ step: z.string(), stage: z.enum(STAGES), why: z.string() }).optional(),
  finishedAt: z.iso.datetime().optional(),
});
export type DeployState = z.output<typeof DeployState>;

/** A deployment that has not begun. */
export function beginning(plan: DeployPlan, now: Date): DeployState {
  const { host, project, commit, digest } = plan;
  return { version: 1, host, project, commit, digest, startedAt: now.toISOString(), done: [] };
}

/**
 * Goes on with what was kept: steps that ended well are not done again, except that every file and secret is looked at once more. Throws
 * `conflict` when the repository has changed since, and when there is nothing to go on with.
 */
export function resume(plan: DeployPlan, kept: DeployState | undefined): DeployState {
  const again = { hint: 'Begin it anew without --resume.' };
  if (!kept || kept.finishedAt !== undefined) throw new Fault('conflict', 'There is no unfinished deployment of this stack.', again);
  if (kept.digest !== plan.digest || kept.host !== plan.host || kept.project !== plan.project)
    throw new Fault('conflict', 'The stack has changed since that deployment was begun.', again);
  const { failed: _, ...rest } = kept;
  const prepared = new Set(plan.steps.filter(({ stage }) => stage === 'prepare').map(({ id }) => id));
  return { ...rest, done: kept.done.filter((id) => !prepared.has(id)) };
}

/** What is to be done next: a step, looking into a failure, or nothing more. `only` stops after that stage. */
export type Next =
  | { kind: 'step'; step: Step }
  | { kind: 'diagnose'; steps: readonly Step[] }
  | { kind: 'end'; outcome: 'deployed' | 'stopped' };

export function next(plan: DeployPlan, state: DeployState, only?: Stage): Next {
  if (state.failed) return { kind: 'diagnose', steps: diagnosis(plan, state) };
  const step = plan.steps.find(
    ({ id, stage }) => !state.done.includes(id) && (only === undefined || STAGES.indexOf(stage) <= STAGES.indexOf(only)),
  );
  if (step) return { kind: 'step', step };
  return { kind: 'end', outcome: plan.steps.every(({ id }) => state.done.includes(id)) ? 'deployed' : 'stopped' };
}

/** The state after a step: `why` is a sentence of ours when it failed. A step of another plan is a bug. */
export function after(plan: DeployPlan, state: DeployState, step: Step, now: Date, why?: string): DeployState {
  if (!plan.steps.some(({ id }) => id === step.id)) throw new Error(`no step ${step.id} in this plan`);
  if (why !== undefined) return { ...state, failed: { step: step.id, stage: step.stage, why } };
  const done = [...state.done.filter((id) => id !== step.id), step.id];
  const finished = plan.steps.every(({ id }) => done.includes(id));
  return { ...state, done, ...(finished ? { finishedAt: now.toISOString() } : {}) };
}

/** Containers to look into: the one that was not well, or all of them where compose itself failed; none before anything was started. */
function diagnosis(plan: DeployPlan, { failed }: DeployState): Step[] {
  if (!failed || failed.stage === 'prepare' || failed.stage === 'validate') return [];
  const containers = plan.steps.filter((step) => step.kind === 'container');
  const own = failed.stage === 'verify' ? containers.filter(({ id }) => id === failed.step) : containers;
  return own.map((step) => ({ ...step, stage: 'diagnose' }));
}
