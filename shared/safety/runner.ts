import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Fault } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import type { Action, ActionOutcome, ActionOwner } from './action.ts';
import type { Actions, Proposal } from './actions.ts';
import type { Effect } from './effect.ts';

/** Tells how far a run is; every call replaces what was told before. */
export type Report = (done: number, total?: number, message?: string) => void;

export interface RunnerOptions {
  actions: Actions;
  /** Only actions of this server are run. */
  server: string;
  owner: ActionOwner;
  /**
   * Does what was approved, once. It resolves names and guarded state anew, and throws `Fault('conflict')` when the digest is another now.
   * `signal` aborts when somebody cancels or the server stops.
   */
  run: (action: Action, call: { signal: AbortSignal; progress: Report }) => Promise<{ text: string }>;
  log: Log;
  /** Milliseconds between looks at what was approved; 500. */
  pollMs?: number;
  /** Milliseconds between signs of life; 5,000. Well under the silence after which `recover` gives an owner up. */
  beatMs?: number;
  /** Actions at once; 4. */
  most?: number;
}

/** A call that runs already and becomes an action. */
export interface Underway {
  work: Promise<{ text: string }>;
  /** Asks the work to stop. */
  abort: (reason: Fault) => void;
}

export interface Runner {
  /** Enters a call that runs already as an action and watches over it; give the call's further progress to `progress`. */
  adopt(effect: Effect, proposal: Omit<Proposal, 'server'>, underway: Underway): Promise<{ action: Action; progress: Report }>;
  /** Takes nothing new, asks what runs to stop after `patienceMs` (5 s), and writes down what then still runs as `may_have_happened`. */
  close(patienceMs?: number): Promise<void>;
}

/** An owner for this process. */
export const newOwner = (): ActionOwner => ({ instance: randomUUID(), host: hostname() });

const SWEEP_MS = 5_000;
const STOPPING_MS = 1_000;

interface Running {
  settled: Promise<void>;
  abort: (reason: Fault) => void;
}

/** Runs what was approved for one server, each action once, with signs of life. */
export function actionRunner(options: RunnerOptions): Runner {
  const { actions, server, owner, run, log, pollMs = 500, beatMs = 5_000, most = 4 } = options;
  const running = new Map<string, Running>();
  /** Told once, not at every look. */
  const refused = new Set<string>();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let swept = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const due = performance.now() - swept >= SWEEP_MS;
    if (due) {
      swept = performance.now();
      await actions.expire();
      for (const { id } of await actions.recover(server, owner)) log.warn('action_abandoned', { action: id });
    }
    const { actions: approved, broken } = actions.list({ state: 'approved', server, limit: 1000 });
    for (const { name, why } of broken) {
      if (refused.has(name)) continue;
      refused.add(name);
      log.warn('action_refused', { action: name, reason: why });
    }
    for (const { id } of approved.toReversed()) {
      if (closed || running.size >= most) return;
      const action = await actions.claim(id, owner);
      if (action) start(action);
    }
  }

  function start(action: Action): void {
    const controller = new AbortController();
    const report = watch(
      action,
      (reason) => controller.abort(reason),
      (progress) => run(action, { signal: controller.signal, progress }),
    );
    report(0);
  }

  /** Beats while the work runs, hears of cancelling, and writes down how it ended. */
  function watch(action: Action, abort: (reason: Fault) => void, work: (progress: Report) => Promise<{ text: string }>): Report {
    const { id } = action;
    let told: { done: number; total?: number; message?: string } | undefined;
    let cancelled = false;
    const beat = (): void => {
      try {
        actions.beat(id, owner, told);
        const asked = !cancelled && actions.get(id).cancelAsked;
        if (!asked) return;
        cancelled = true;
        abort(new Fault('timeout', 'The action was cancelled.'));
      } catch (error) {
        // A full disk must not end what runs; the run ends by itself and is told then.
        log.warn('action_beat_failed', { action: id, err: error });
      }
    };
    const beats = setInterval(beat, beatMs);
    const report: Report = (done, total, message) => {
      told = { done, ...(total === undefined ? {} : { total }), ...(message === undefined ? {} : { message }) };
    };
    const settled = Promise.resolve()
      .then(() => work(report))
      .then(
        ({ text }) => actions.complete(id, { text }),
        (error: unknown) => failed(action, error, cancelled),
      )
      .catch((error: unknown) => log.error('action_end_unwritten', { action: id, err: error }))
      .then(() => {
        clearInterval(beats);
        running.delete(id);
      });
    running.set(id, { settled, abort });
    return report;
  }

  async function failed(action: Action, error: unknown, cancelled: boolean): Promise<void> {
    const [outcome, text] = endOf(action, error, cancelled);
    if (outcome === 'internal') log.error('action_failed', { action: action.id, tool: action.effect.tool, err: error });
    await actions.fail(action.id, outcome, { text });
  }

  function next(): void {
    if (closed) return;
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => log.error('actions_unreadable', { err: error }))
        .finally(next);
    }, pollMs);
    timer.unref();
  }
  next();

  return {
    async adopt(effect, proposal, { work, abort }) {
      const action = await actions.adopt(effect, { ...proposal, server }, owner);
      return { action, progress: watch(action, abort, () => work) };
    },
    async close(patienceMs = 5_000) {
      closed = true;
      clearTimeout(timer);
      await looking;
      const all = () => Promise.all([...running.values()].map(({ settled }) => settled));
      if (await within(all(), patienceMs)) return;
      for (const { abort } of running.values()) abort(new Fault('unavailable', 'The server is stopping.'));
      if (await within(all(), STOPPING_MS)) return;
      for (const id of running.keys()) {
        const text = `The server stopped while it ran, so it may have happened, in whole or in part. ${lookWith(actions.get(id))} It is not run again.`;
        await actions
          .fail(id, 'may_have_happened', { text })
          .catch((error: unknown) => log.error('action_end_unwritten', { action: id, err: error }));
      }
    },
  };
}

function endOf(action: Action, error: unknown, cancelled: boolean): [Exclude<ActionOutcome, 'ok'>, string] {
  if (cancelled) return ['cancelled', `It was cancelled while it ran, so part of it may have happened. ${lookWith(action)}`];
  if (error instanceof Fault && error.code === 'conflict')
    return ['stale', `${error.text()} What was approved is not so any more; nothing was done.`];
  if (error instanceof Fault) return [error.code, error.text()];
  return ['internal', `internal: Something went wrong in this server; its log has the cause under ${action.id}. ${lookWith(action)}`];
}

const lookWith = ({ effect }: Action): string => (effect.look ? `Look with ${effect.look} how things stand.` : 'Look how things stand.');

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
