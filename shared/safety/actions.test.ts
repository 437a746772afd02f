import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Fault } from '../faults.ts';
import { ACTION_STATES, type ActionState } from './action.ts';
import { type ActionChange, type Actions, openActions } from './actions.ts';
import { digestOf, type Effect } from './effect.ts';

const key = Buffer.alloc(32, 7);
const owner = { instance: 'a', host: 'h' };
const proposal = { server: 'mcp-docker', caller: 'laptop', reason: 'It is broken.' };

function effect(name = 'grafana'): Effect {
  const args = { name };
  return {
    tool: 'container_remove',
    title: 'Remove a container',
    level: 'destructive',
    targets: [`nas/${name}`],
    preview: `Removes ${name}.`,
    look: 'container_list',
    arguments: args,
    digest: digestOf({ tool: 'container_remove', arguments: args, targets: [`nas/${name}`] }),
  };
}

let folder: string;
let clock: number;
let changes: string[];
let actions: Actions;
const open = (more: { staleMs?: number; before?: (change: ActionChange) => void } = {}) =>
  openActions(folder, {
    key,
    now: () => clock,
    ...(more.staleMs === undefined ? {} : { staleMs: more.staleMs }),
    hooks: { after: ({ from, to, by }) => void changes.push(`${from ?? ''}>${to} ${by}`), ...(more.before ? { before: more.before } : {}) },
  });
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'actions-')), 'actions');
  clock = Date.parse('2026-11-20T10:00:00Z');
  changes = [];
  actions = open();
});
const standing = (id: string): ActionState[] => ACTION_STATES.filter((state) => readdirSync(join(folder, state)).includes(`${id}.jsonl`));

async function codeOf(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'no fault';
}

test('an action goes its way once, and says what happened to it', async () => {
  const { id } = await actions.propose(effect(), proposal);
  expect(actions.get(id)).toMatchObject({ state: 'pending', server: 'mcp-docker', caller: 'laptop', reason: 'It is broken.' });
  expect(await actions.claim(id, owner)).toBeUndefined();
  clock += 1000;
  expect(await actions.approve(id, 'phone', { digest: effect().digest })).toMatchObject({ state: 'approved', approved: { by: 'phone' } });
  const claimed = await actions.claim(id, owner);
  expect(claimed).toMatchObject({ state: 'running', effect: effect(), started: { owner } });
  expect(await actions.claim(id, owner)).toBeUndefined();
  actions.beat(id, owner, { done: 1, total: 3, message: 'half\u001b[31m way' });
  expect(actions.get(id).progress).toMatchObject({ done: 1, total: 3, message: 'half way' });
  const done = await actions.complete(id, { text: 'Removed. TOKEN=hunter2hunter2', note: 'n' });
  expect(done).toMatchObject({ state: 'completed', ended: { outcome: 'ok', text: 'Removed. TOKEN=[redacted]', note: 'n' } });
  expect(standing(id)).toEqual(['completed']);
  expect(changes).toEqual(['>pending laptop', 'pending>approved phone', 'approved>running mcp-docker', 'running>completed mcp-docker']);
  expect(readdirSync(join(folder, 'running'))).toEqual([]);
  expect(statSync(join(folder, 'completed', `${id}.jsonl`)).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'pending')).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(folder, 'completed', `${id}.jsonl`), 'utf8')).not.toContain('hunter2');
});

test('deciding twice, or on what has ended, is a conflict that says how it stands', async () => {
  const { id } = await actions.propose(effect(), proposal);
  await actions.approve(id, 'phone');
  await expect(actions.approve(id, 'tablet')).rejects.toThrow(`Action ${id} is approved by phone already.`);
  expect(await actions.deny(id, 'tablet', 'no')).toMatchObject({ state: 'denied', denied: { by: 'tablet', why: 'no' } });
  expect(await actions.claim(id, owner)).toBeUndefined();
  for (const again of [
    actions.approve(id, 'phone'),
    actions.deny(id, 'phone'),
    actions.cancel(id, 'phone'),
    actions.complete(id, { text: '' }),
  ])
    expect(await codeOf(again)).toBe('conflict');
  const other = await actions.propose(effect(), proposal);
  expect(await codeOf(actions.approve(other.id, 'phone', { digest: effect('other').digest }))).toBe('conflict');
  expect(actions.get(other.id).state).toBe('pending');
});

test('time: an approval is taken until the last moment, has a minute to start, and not one more', async () => {
  const [early, last, late] = [
    await actions.propose(effect(), proposal),
    await actions.propose(effect(), proposal),
    await actions.propose(effect(), proposal),
  ];
  await actions.approve(early.id, 'phone');
  clock += 15 * 60_000 - 1;
  await actions.approve(last.id, 'phone');
  clock += 1;
  expect(await codeOf(actions.approve(late.id, 'phone'))).toBe('conflict');
  // The sweep has not come by: the claim itself refuses.
  expect(await actions.claim(early.id, owner)).toBeUndefined();
  expect(standing(early.id)).toEqual(['expired']);
  clock += 58_998;
  expect(await actions.claim(last.id, owner)).toMatchObject({ state: 'running' });
  expect((await actions.expire()).map(({ id, state }) => [id, state])).toEqual([[late.id, 'expired']]);
});

test('a clock that is set back does not make an approval live longer', async () => {
  const { id } = await actions.propose(effect(), proposal);
  const approved = await actions.propose(effect(), proposal);
  await actions.approve(approved.id, 'phone');
  clock -= 3_600_000;
  expect(await codeOf(actions.approve(id, 'phone'))).toBe('conflict');
  expect(await actions.claim(approved.id, owner)).toBeUndefined();
  expect(standing(approved.id)).toEqual(['expired']);
});

test('what a hook refuses does not happen', async () => {
  const { id } = await actions.propose(effect(), proposal);
  await actions.approve(id, 'phone');
  const strict = open({
    before() {
      throw new Fault('unavailable', 'The audit log cannot be written.');
    },
  });
  expect(await codeOf(strict.propose(effect(), proposal))).toBe('unavailable');
  expect(await codeOf(strict.claim(id, owner))).toBe('unavailable');
  expect(actions.get(id)).toMatchObject({ state: 'failed', ended: { outcome: 'not_begun' } });
  expect(actions.list().total).toBe(1);
});

test('a call that goes on is running from the start; cancelling asks its owner', async () => {
  const { id } = await actions.adopt(effect(), proposal, owner);
  expect(actions.get(id)).toMatchObject({ state: 'running', started: { owner } });
  expect(await actions.claim(id, owner)).toBeUndefined();
  expect(await actions.cancel(id, 'laptop', 'enough')).toMatchObject({ state: 'running', cancelAsked: { by: 'laptop', why: 'enough' } });
  expect(await actions.fail(id, 'cancelled', { text: 'Stopped.' })).toMatchObject({ state: 'failed' });
  const waiting = await actions.propose(effect(), proposal);
  expect(await actions.cancel(waiting.id, 'laptop')).toMatchObject({ state: 'denied', denied: { why: 'cancelled' } });
});

test('an owner that is silent for long is gone; what it ran is failed, never run again', async () => {
  const { id } = await actions.adopt(effect(), proposal, owner);
  const living = await actions.adopt(effect(), proposal, { instance: 'c', host: 'h' });
  const other = open({ staleMs: 60 });
  const me = { instance: 'b', host: 'h' };
  expect(await other.recover('mcp-docker', me)).toEqual([]);
  clock += 24 * 3_600_000;
  // A clock that jumped a day is no silence.
  expect(await other.recover('mcp-docker', me)).toEqual([]);
  await expect
    .poll(async () => {
      actions.beat(living.id, { instance: 'c', host: 'h' });
      clock += 1;
      return (await other.recover('mcp-docker', me)).map((one) => one.id);
    })
    .toEqual([id]);
  expect(actions.get(id)).toMatchObject({ state: 'failed', ended: { outcome: 'may_have_happened' } });
  expect(actions.get(id).ended?.text).toContain('container_list');
  expect(actions.get(living.id).state).toBe('running');
  expect(await other.recover('mcp-dns', me)).toEqual([]);
});

test('what waits comes before what ended, and what ended is read anew when its file changes', async () => {
  const waiting = await actions.propose(effect('waiting'), proposal);
  for (let at = 0; at < 6; at++) {
    clock += 1000;
    await actions.deny((await actions.propose(effect(`c${at}`), proposal)).id, 'phone');
  }
  const { actions: shown, total } = actions.list({ limit: 3 });
  expect(shown.map(({ effect: { targets } }) => targets[0])).toEqual(['nas/waiting', 'nas/c5', 'nas/c4']);
  expect(total).toBe(7);
  const [, last] = shown;
  if (last) last.caller = 'somebody else';
  expect(actions.list({ limit: 3 }).actions[1]?.caller).toBe('laptop');
  appendFileSync(join(folder, 'denied', `${last?.id}.jsonl`), 'x');
  expect(actions.list().broken).toEqual([]);
  writeFileSync(join(folder, 'denied', `${last?.id}.jsonl`), '{}');
  expect(actions.list().broken).toEqual([expect.objectContaining({ name: last?.id, state: 'denied' })]);
  expect(actions.list({ state: 'pending' }).actions.map(({ id }) => id)).toEqual([waiting.id]);
});

test('the list is newest first, says how many there are, and picks by state and server', async () => {
  for (let at = 0; at < 5; at++) {
    clock += 1000;
    await actions.propose(effect(`c${at}`), { ...proposal, server: at % 2 ? 'mcp-dns' : 'mcp-docker' });
  }
  const { actions: shown, total, broken } = actions.list({ limit: 2 });
  expect(shown.map(({ effect: { targets } }) => targets[0])).toEqual(['nas/c4', 'nas/c3']);
  expect([total, broken]).toEqual([5, []]);
  expect(actions.list({ server: 'mcp-dns' }).total).toBe(2);
  expect(actions.list({ state: 'approved' }).total).toBe(0);
});

test('waiting ends with the action, with the time, or with the signal', async () => {
  const { id } = await actions.propose(effect(), proposal);
  expect((await actions.waitFor(id, 30)).state).toBe('pending');
  const waiting = actions.waitFor(id, 20_000);
  await actions.deny(id, 'phone');
  expect((await waiting).state).toBe('denied');
  const next = await actions.propose(effect(), proposal);
  expect(await codeOf(actions.waitFor(next.id, 20_000, AbortSignal.timeout(20)))).toBe('timeout');
});

test('a person is not buried in questions', async () => {
  for (let at = 0; at < 50; at++) await actions.propose(effect(`c${at}`), proposal);
  expect(await codeOf(actions.propose(effect(), proposal))).toBe('conflict');
  clock += 15 * 60_000;
  expect(await actions.expire()).toHaveLength(50);
  expect((await actions.propose(effect(), proposal)).state).toBe('pending');
});

test('what ended over 30 days ago is forgotten', async () => {
  const { id } = await actions.propose(effect(), proposal);
  await actions.deny(id, 'phone');
  clock = Date.now() + 29 * 86_400_000;
  await actions.expire();
  expect(standing(id)).toEqual(['denied']);
  clock = Date.now() + 31 * 86_400_000;
  await actions.expire();
  expect(standing(id)).toEqual([]);
});
