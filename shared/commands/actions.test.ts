import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { type Actions, openActions } from '../safety/actions.ts';
import { readAudit } from '../safety/audit-read.ts';
import { digestOf, type Effect } from '../safety/effect.ts';
import { signingKey } from '../safety/signing-key.ts';
import { type ActionsContext, actionsCommand } from './actions.ts';

let state: string;
let actions: Actions;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'actions-command-'));
  actions = openActions(join(state, 'actions'), { key: signingKey(state) });
});

const effect = (name = 'grafana', level: Effect['level'] = 'destructive'): Effect => ({
  tool: 'container_remove',
  title: 'Remove a container',
  level,
  targets: [`nas/${name}`],
  preview: `Removes ${name}.\nIts volume stays.`,
  dependents: ['homepage'],
  arguments: { name, password: 'hunter2hunter2' },
  digest: digestOf({ tool: 'container_remove', arguments: { name }, targets: [name] }),
});
const propose = async (name?: string, level?: Effect['level']) =>
  (await actions.propose(effect(name, level), { server: 'mcp-docker', caller: 'laptop', reason: 'It\u001b[2J is broken.' })).id;

async function run(argv: string[], more: Partial<ActionsContext> = {}) {
  const said = { out: '', error: '' };
  const exit = await actionsCommand(argv, {
    out(text) {
      said.out += `${text}\n`;
    },
    error(text) {
      said.error += `${text}\n`;
    },
    env: { STATE_DIR: state },
    ...more,
  });
  return { exit, ...said };
}

test('list is a table of what waits, on what, who asked, why and until when', async () => {
  expect((await run(['list'])).out).toContain('No actions');
  const done = await propose('old');
  await actions.deny(done, 'phone');
  const id = await propose();
  const { exit, out } = await run(['list']);
  expect(exit).toBe(0);
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^STATE +ID +TOOL +ON +ASKED BY +WHY +WHEN$/);
  expect(lines[1]).toMatch(new RegExp(`^pending +${id} +container_remove +nas/grafana +laptop +It is broken\\. +expires in 1[45]m`));
  expect(lines[2]).toMatch(/^denied .*denied by phone$/);
  expect(out).toContain('2 of 2 actions; 1 wait for you');
  writeFileSync(join(state, 'actions', 'approved', 'x.json'), '{}');
  expect((await run(['list'])).out).toContain('NOT TRUSTED and not run: x.json in approved');
});

test('show says what will happen, what hangs on it and what approving does, without secrets', async () => {
  const { out } = await run(['show', (await propose()).toUpperCase()]);
  expect(out).toContain('  | Removes grafana.\n  | Its volume stays.');
  expect(out).toMatch(/hangs on it +homepage/);
  expect(out).toContain('Approving runs container_remove once on nas/grafana, by mcp-docker, at once. It cannot be taken back.');
  expect(out).not.toContain('hunter2');
  expect(out).not.toContain('\u001b');
});

test('what destroys is approved by typing its name, or with --yes', async () => {
  const id = await propose();
  expect(await run(['approve', id])).toMatchObject({ exit: 1, error: expect.stringContaining('Give --yes') });
  expect(await run(['approve', id], { ask: async () => 'y' })).toMatchObject({ exit: 1, error: expect.stringContaining('It still waits') });
  expect(actions.get(id).state).toBe('pending');
  expect(await run(['approve', id], { ask: async () => ' nas/grafana ' })).toMatchObject({ exit: 0 });
  expect(actions.get(id)).toMatchObject({ state: 'approved', approved: { by: expect.stringMatching(/^command:/) } });
  expect(await run(['approve', id, '--yes'])).toMatchObject({ exit: 1, error: expect.stringContaining('it is approved') });
  const next = await propose();
  expect((await run(['approve', next, '--yes'])).exit).toBe(0);
  const mild = await propose('grafana', 'disruptive');
  expect((await run(['approve', mild])).exit).toBe(0);
  const denied = await propose();
  expect((await run(['deny', denied, '--why', 'not now'])).out).toContain(`Denied: denied ${denied}`);
  const { entries } = await readAudit(state, { since: undefined, limit: 10 });
  expect(entries.filter(({ action }) => action).map(({ kind, action }) => [kind, action])).toEqual([
    ['denied', denied],
    ['approved', mild],
    ['approved', next],
    ['approved', id],
  ]);
});

test('watch tells of what comes and what becomes of it', async () => {
  const leave = new AbortController();
  const said: string[] = [];
  const watching = run(['watch'], { out: (text) => said.push(text), signal: leave.signal, watchMs: 10 });
  await expect.poll(() => said.length).toBe(1);
  const id = await propose();
  await expect.poll(() => said.at(-1)).toContain(`pending ${id} container_remove on nas/grafana: expires in`);
  await actions.deny(id, 'phone');
  await expect.poll(() => said.at(-1)).toContain(`denied ${id}`);
  leave.abort();
  expect((await watching).exit).toBe(0);
});

test.each([
  [[], 'Say what to do'],
  [['run'], 'Say what to do'],
  [['show'], 'show needs the ID'],
  [['list', 'x'], 'list takes no ID'],
  [['show', 'a', 'b'], 'an argument too many: b'],
  [['list', '--why', 'x'], '--why belongs to deny'],
  [['deny', 'x', '--yes'], '--yes belongs to approve'],
  [['show', '../../etc'], 'ten letters and digits'],
  [['list', '--url', 'nas:8770'], '--url needs an address'],
  [['list', '--url', 'http://127.0.0.1:1'], 'HOMELAB_OPERATOR_TOKEN is not set'],
  [['list', '--ulr', 'x'], '--ulr'],
])('%j is told what is wrong and exits 2', async (argv, message) => {
  expect(await run(argv)).toMatchObject({ exit: 2, out: '', error: expect.stringContaining(message) });
});

test('what is not there, or does not answer, exits 1', async () => {
  expect(await run(['show', '0123456789'])).toMatchObject({ exit: 1, error: expect.stringContaining('There is no action') });
  const env = { STATE_DIR: state, HOMELAB_OPERATOR_TOKEN: 'hlab_x' };
  expect(await run(['list', '--url', 'http://127.0.0.1:1'], { env })).toMatchObject({
    exit: 1,
    error: expect.stringContaining('does not answer'),
  });
});

test('runs as a program, with its exit code', async () => {
  const id = await propose();
  const program = fileURLToPath(new URL('actions.ts', import.meta.url));
  const ran = (...argv: string[]) =>
    spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8', env: { ...process.env, STATE_DIR: state }, input: '' });
  expect(ran('list').stdout).toContain(id);
  // Without a terminal there is nobody to ask.
  expect(ran('approve', id)).toMatchObject({ status: 1 });
  expect(ran('approve', id, '--yes')).toMatchObject({ status: 0, stderr: '' });
});
