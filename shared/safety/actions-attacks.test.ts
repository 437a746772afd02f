import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ACTION_STATES, type ActionState } from './action.ts';
import { type Actions, openActions } from './actions.ts';
import { digestOf, type Effect } from './effect.ts';

const owner = { instance: 'a', host: 'h' };
const proposal = { server: 'mcp-docker', caller: 'laptop' };
const effect = (name = 'grafana'): Effect => ({
  tool: 'container_remove',
  title: 'Remove a container',
  level: 'destructive',
  targets: [name],
  preview: `Removes ${name}.`,
  arguments: { name },
  digest: digestOf({ tool: 'container_remove', arguments: { name }, targets: [name] }),
});

let folder: string;
let actions: Actions;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'actions-')), 'actions');
  actions = openActions(folder, { key: Buffer.alloc(32, 7) });
});
const file = (id: string, state: ActionState) => join(folder, state, `${id}.jsonl`);
const textOf = (id: string, state: ActionState) => readFileSync(file(id, state), 'utf8');
const ran = async () => {
  const ids = readdirSync(join(folder, 'approved')).map((name) => name.replace('.jsonl', ''));
  const claims: unknown[] = [];
  for (const id of ids) claims.push(await actions.claim(id, owner).catch(() => undefined));
  return claims.filter(Boolean).length;
};

test.each([
  '../../etc/passwd',
  '..',
  '',
  'abc',
  '0123456789a',
  'iiiiiiiiii',
  '012345678/',
  '012345678\0',
  '%2e%2e%2f%2e',
  '０１２３４５６７８９',
])('the id %j names nothing', async (id) => {
  for (const act of [
    () => actions.get(id),
    () => actions.approve(id, 'phone'),
    () => actions.deny(id, 'phone'),
    () => actions.claim(id, owner),
    () => actions.beat(id, owner),
    () => actions.waitFor(id, 10),
  ])
    await expect(async () => act()).rejects.toThrow('ten letters and digits');
});

const foreign = () => openActions(join(folder, '..', 'foreign'), { key: Buffer.alloc(32, 8) });
const spoilt: [string, (id: string) => void | Promise<void>][] = [
  ['altered arguments', (id) => writeFileSync(file(id, 'approved'), textOf(id, 'approved').replace('"name":"grafana"', '"name":"immich"'))],
  ['an altered expiry', (id) => writeFileSync(file(id, 'approved'), textOf(id, 'approved').replace(/"startBy":"2/, '"startBy":"3'))],
  ['cut short', (id) => writeFileSync(file(id, 'approved'), textOf(id, 'approved').slice(0, 300))],
  ['without its approval', (id) => writeFileSync(file(id, 'approved'), `${textOf(id, 'approved').split('\n')[0]}\n`)],
  ['empty', (id) => writeFileSync(file(id, 'approved'), '')],
  ['oversized', (id) => appendFileSync(file(id, 'approved'), ' '.repeat(600_000))],
  ['no JSON', (id) => writeFileSync(file(id, 'approved'), 'rm -rf')],
  [
    'a directory',
    (id) => {
      rmSync(file(id, 'approved'));
      mkdirSync(file(id, 'approved'));
    },
  ],
  [
    'a link',
    (id) => {
      renameSync(file(id, 'approved'), join(folder, 'elsewhere'));
      symlinkSync(join(folder, 'elsewhere'), file(id, 'approved'));
    },
  ],
  ['a second name', (id) => linkSync(file(id, 'approved'), join(folder, 'second'))],
  [
    'a pipe',
    (id) => {
      rmSync(file(id, 'approved'));
      expect(spawnSync('/usr/bin/mkfifo', [file(id, 'approved')]).status).toBe(0);
    },
  ],
  [
    'signed with another key',
    async (id) => {
      const made = await foreign().propose(effect(), proposal);
      await foreign().approve(made.id, 'phone');
      copyFileSync(join(folder, '..', 'foreign', 'approved', `${made.id}.jsonl`), file(made.id, 'approved'));
      rmSync(file(id, 'approved'));
    },
  ],
  [
    "another action's content",
    async (id) => {
      const other = await actions.propose(effect('other'), proposal);
      await actions.approve(other.id, 'phone');
      renameSync(file(other.id, 'approved'), file(id, 'approved'));
    },
  ],
  [
    "another action's approval",
    async (id) => {
      const other = await actions.propose(effect('other'), proposal);
      writeFileSync(file(other.id, 'pending'), `${textOf(other.id, 'pending')}${textOf(id, 'approved').split('\n').slice(1).join('\n')}`);
      renameSync(file(other.id, 'pending'), file(other.id, 'approved'));
      rmSync(file(id, 'approved'));
    },
  ],
];

test.each(spoilt)('an approved file that is %s is told and not run', async (_name, spoil) => {
  const { id } = await actions.propose(effect(), proposal);
  await actions.approve(id, 'phone');
  await spoil(id);
  expect(await ran()).toBe(0);
  const { broken, actions: listed } = actions.list();
  // Either it is told as broken, or it has ended as not begun.
  expect(broken.length + listed.filter(({ ended }) => ended?.outcome === 'not_begun').length).toBe(1);
  expect(await ran()).toBe(0);
});

test('a file of another user is told and not run', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can give a file away');
  const { id } = await actions.propose(effect(), proposal);
  await actions.approve(id, 'phone');
  chownSync(file(id, 'approved'), 12_345, process.getgid?.() ?? 0);
  expect(await ran()).toBe(0);
  expect(actions.list().broken).toEqual([{ name: id, state: 'approved', why: 'it belongs to another user' }]);
});

test('a pending file that was moved by hand is not run: moving is no approval', async () => {
  const { id } = await actions.propose(effect(), proposal);
  renameSync(file(id, 'pending'), file(id, 'approved'));
  expect(await ran()).toBe(0);
  expect(actions.get(id)).toMatchObject({ state: 'failed', ended: { outcome: 'not_begun', text: 'Nobody approved it.' } });
});

test.each(['running', 'completed', 'failed', 'denied'] as const)(
  'a copy put back into approved while it is %s is not run again',
  async (end) => {
    const { id } = await actions.propose(effect(), proposal);
    await actions.approve(id, 'phone');
    const copy = join(folder, 'copy');
    copyFileSync(file(id, 'approved'), copy);
    if (end === 'denied') await actions.deny(id, 'phone');
    else await actions.claim(id, owner);
    if (end === 'completed') await actions.complete(id, { text: 'done' });
    if (end === 'failed') await actions.fail(id, 'upstream', { text: 'no' });
    for (const where of ['pending', 'approved'] as const) {
      copyFileSync(copy, file(id, where));
      await expect(actions.approve(id, 'phone')).rejects.toThrow('already');
      expect(await actions.claim(id, owner)).toBeUndefined();
      expect(actions.get(id).state).toBe(end);
      await actions.expire();
      expect(ACTION_STATES.filter((state) => readdirSync(join(folder, state)).includes(`${id}.jsonl`))).toEqual([end]);
    }
  },
);

test('an action that is put back with its end removed is not run again where what was used is kept', async () => {
  const used = new Set<string>();
  const spend = async (name: string) => !used.has(name) && used.add(name).has(name);
  actions = openActions(folder, { key: Buffer.alloc(32, 7), spend });
  const { id } = await actions.propose(effect(), proposal);
  await actions.approve(id, 'phone');
  const copy = join(folder, 'copy');
  copyFileSync(file(id, 'approved'), copy);
  await actions.claim(id, owner);
  await actions.complete(id, { text: 'done' });
  rmSync(file(id, 'completed'));
  copyFileSync(copy, file(id, 'approved'));
  expect(await ran()).toBe(0);
  expect(actions.get(id).ended).toMatchObject({ outcome: 'not_begun', text: 'It had been started before.' });
});

test('a denial beats an approval that is on its way', async () => {
  const { id } = await actions.propose(effect(), proposal);
  await actions.approve(id, 'phone');
  const approved = textOf(id, 'approved');
  const other = openActions(folder, { key: Buffer.alloc(32, 7) });
  await other.deny(id, 'tablet');
  // As if the denial had been written and its process died before the rename.
  renameSync(file(id, 'denied'), file(id, 'approved'));
  expect(textOf(id, 'approved').length).toBeGreaterThan(approved.length);
  expect(await ran()).toBe(0);
  expect(actions.get(id)).toMatchObject({ state: 'denied', denied: { by: 'tablet' } });
});

test('names that are none are told', () => {
  writeFileSync(join(folder, 'approved', 'run-me.json'), '{}');
  writeFileSync(join(folder, 'pending', '0123456789.json'), '{}');
  expect(
    actions
      .list()
      .broken.map(({ name }) => name)
      .sort(),
  ).toEqual(['0123456789.json', 'run-me.json']);
});
