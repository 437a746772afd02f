import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@homelab/shared/faults.ts';
import { AnyAnswer, SummaryAnswer } from './answers.ts';
import type { Node } from './node.ts';

/** What a run showed. Nothing but all of it together is a success. */
export interface GravityRun {
  /** The line `Done.` came. */
  done: boolean;
  /** The time of the last update moved. */
  moved: boolean;
  before: number | undefined;
  after: number | undefined;
  lists: { address: string; ok: boolean; domains: number | undefined }[];
}

const SETTLE_MS = 2_000;
const MOVE_TRIES = 20;
const STAGES = ['DNS resolution', 'Preparing', 'Creating', 'Pulling', 'Building tree', 'Optimizing', 'Swapping', 'Cleaning', 'Done.'];
const ESCAPES = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Runs gravity alone: nothing else touches the database from before the first line until two seconds after the exchange. */
export async function runGravity(
  node: Node,
  signal: AbortSignal,
  onStage: (done: number, total: number, text: string) => void,
): Promise<GravityRun> {
  return node.lanes.table(signal, async () => {
    const start = await figures(node, signal);
    // Also makes sure of a session: a stream is not asked for twice.
    const headers = await node.session.headers();
    const run: GravityRun = { done: false, moved: false, before: start.domains, after: undefined, lists: [] };
    try {
      const ask = {
        method: 'POST' as const,
        path: '/action/gravity',
        headers: { ...headers, connection: 'close' },
        signal,
        deadlineMs: 30_000,
      };
      for await (const line of node.wire.stream(ask))
        for (const part of line.split('\r')) read(part.replace(ESCAPES, '').trim(), run, onStage);
    } catch (error) {
      // What comes after the last chunk is no HTTP: with `Done.` seen it says nothing new.
      if (!run.done) throw failed(node, error);
    }
    for (let tries = 0; tries < MOVE_TRIES && !run.moved; tries++) {
      const now = await figures(node, signal);
      run.moved = now.updated !== start.updated;
      run.after = now.domains;
      if (!run.moved) await pause(run.done ? 100 : 0, undefined, { signal });
      if (!run.done) break;
    }
    if (run.done) await pause(SETTLE_MS, undefined, { signal });
    return run;
  });
}

function failed(node: Node, cause: unknown): Fault {
  if (cause instanceof Fault && cause.code === 'timeout') return cause;
  return new Fault('upstream', `Gravity failed on Pi-hole ${node.name}.`, {
    hint: 'dns_diagnostics with section `messages` has the reason.',
    cause,
  });
}

function read(text: string, run: GravityRun, onStage: (done: number, total: number, text: string) => void): void {
  const target = /Target: (\S+)/.exec(text)?.[1];
  if (target) run.lists.push({ address: target, ok: false, domains: undefined });
  const last = run.lists.at(-1);
  if (last && /\[✓\] Status: Retrieval successful/.test(text)) last.ok = true;
  const parsed = /Parsed (\d+) exact domains and (\d+) ABP/.exec(text);
  if (last && parsed) last.domains = Number(parsed[1]) + Number(parsed[2]);
  const stage = STAGES.findIndex((word) => text.includes(word));
  if (text.endsWith('Done.')) run.done = true;
  if (stage >= 0) onStage(stage + 1, STAGES.length, STAGES[stage] ?? '');
}

async function figures(node: Node, signal: AbortSignal) {
  const { gravity } = await node.ask(SummaryAnswer, { path: '/stats/summary', signal });
  return { domains: gravity.domains_being_blocked < 0 ? undefined : gravity.domains_being_blocked, updated: gravity.last_update };
}

/** Restarts DNS on one Pi-hole and waits until its API answers again. */
export async function restartDns(node: Node, signal: AbortSignal): Promise<void> {
  await node.ask(AnyAnswer, { method: 'POST', path: '/action/restartdns', signal });
  for (let tries = 0; tries < 60; tries++) {
    await pause(500, undefined, { signal });
    if ((await node.wire.probe()).reachable && tries > 0) return;
  }
  throw new Fault('unavailable', `Pi-hole ${node.name} has not come back within 30 s.`, {
    hint: 'Look at its container; the other one answers meanwhile.',
  });
}
