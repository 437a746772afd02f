import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Fault } from '../faults.ts';
import { silent } from '../log/logger.ts';
import { type Actions, openActions } from './actions.ts';
import { digestOf, type Effect } from './effect.ts';
import { actionRunner, newOwner, type Runner, type RunnerOptions } from './runner.ts';

const args = { name: 'grafana' };
const effect: Effect = {
  tool: 'container_remove',
  title: 'Remove a container',
  level: 'destructive',
  targets: ['nas/grafana'],
  preview: 'Removes grafana.',
  look: 'container_list',
  arguments: args,
  digest: digestOf({ tool: 'container_remove', arguments: args, targets: ['nas/grafana'] }),
};
const proposal = { server: 'mcp-docker', caller: 'laptop' };

let actions: Actions;
const runners: Runner[] = [];
beforeEach(() => {
  actions = openActions(join(mkdtempSync(join(tmpdir(), 'runner-')), 'actions'), { key: Buffer.alloc(32, 7) });
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.close(0);
});

function runnerOf(run: RunnerOptions['run'], more: Partial<RunnerOptions> = {}): Runner {
  const runner = actionRunner({ actions, server: 'mcp-docker', owner: newOwner(), run, log: silent, pollMs: 10, beatMs: 20, ...more });
  runners.push(runner);
  return runner;
}
async function approved(server = 'mcp-docker'): Promise<string> {
  const { id } = await actions.propose(effect, { ...proposal, server });
  await actions.approve(id, 'phone');
  return id;
}
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('what is approved runs once, for its server only, and leaves its result', async () => {
  const seen: string[] = [];
  const run: RunnerOptions['run'] = async (action) => {
    seen.push(action.id);
    return { text: `Removed ${action.effect.arguments.name}.` };
  };
  runnerOf(run);
  runnerOf(run);
  const ids = [await approved(), await approved(), await approved()];
  const foreign = await approved('mcp-dns');
  const ends = await Promise.all(ids.map((id) => actions.waitFor(id, 10_000)));
  expect(ends.map(({ state, ended }) => [state, ended?.text])).toEqual(ids.map(() => ['completed', 'Removed grafana.']));
  expect(seen.sort()).toEqual([...ids].sort());
  expect(actions.get(foreign).state).toBe('approved');
});

test.each([
  ['a conflict', new Fault('conflict', 'The container is another now.'), 'stale', 'nothing was done'],
  [
    'a fault',
    new Fault('unavailable', 'The NAS is away.', { hint: 'See doctor.' }),
    'unavailable',
    'unavailable: The NAS is away. See doctor.',
  ],
  ['a bug', new TypeError('secret'), 'internal', 'container_list'],
])('%s ends it as failed, with the reason', async (_name, error, outcome, text) => {
  runnerOf(async () => {
    throw error;
  });
  const end = await actions.waitFor(await approved(), 10_000);
  expect(end).toMatchObject({ state: 'failed', ended: { outcome, text: expect.stringContaining(text) } });
  expect(end.ended?.text).not.toContain('secret');
});

test('progress shows while it runs, and cancelling stops it', async () => {
  runnerOf((_action, { signal, progress }) => {
    progress(1, 4, 'one of four');
    return untilAborted(signal);
  });
  const id = await approved();
  await expect.poll(() => actions.get(id).progress).toMatchObject({ done: 1, total: 4, message: 'one of four' });
  await actions.cancel(id, 'laptop');
  expect(await actions.waitFor(id, 10_000)).toMatchObject({ state: 'failed', ended: { outcome: 'cancelled' } });
});

test('a call that runs already goes on as an action', async () => {
  const runner = runnerOf(async () => ({ text: '' }));
  const work = Promise.withResolvers<{ text: string }>();
  const { action, progress } = await runner.adopt(effect, { caller: 'laptop' }, { work: work.promise, abort: work.reject });
  expect(action.state).toBe('running');
  progress(50, 100);
  await expect.poll(() => actions.get(action.id).progress?.done).toBe(50);
  work.resolve({ text: 'At last.' });
  expect(await actions.waitFor(action.id, 10_000)).toMatchObject({ state: 'completed', ended: { text: 'At last.' } });
  const stopped = Promise.withResolvers<{ text: string }>();
  const next = await runner.adopt(effect, { caller: 'laptop' }, { work: stopped.promise, abort: stopped.reject });
  await actions.cancel(next.action.id, 'laptop');
  expect(await actions.waitFor(next.action.id, 10_000)).toMatchObject({ ended: { outcome: 'cancelled' } });
});

test('closing lets what runs finish, asks it to stop, and writes down what does not', async () => {
  const finishing = runnerOf(async () => ({ text: 'done' }));
  const quick = await approved();
  await expect.poll(() => actions.get(quick).state).toBe('completed');
  await finishing.close();
  const deaf = runnerOf(() => new Promise(() => {}));
  const id = await approved();
  await expect.poll(() => actions.get(id).state).toBe('running');
  await deaf.close(10);
  expect(actions.get(id)).toMatchObject({
    state: 'failed',
    ended: { outcome: 'may_have_happened', text: expect.stringContaining('container_list') },
  });
  const later = await approved();
  expect((await actions.waitFor(later, 100)).state).toBe('approved');
});
