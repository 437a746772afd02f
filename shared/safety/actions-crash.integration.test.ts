import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ACTION_STATES } from './action.ts';
import { openActions } from './actions.ts';

const KILLS = 120;
const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);

/** What the processes of these tests share: run(id) writes a line before it "does" it, on the disk. */
const PROGRAM = `
  import { appendFileSync } from 'node:fs';
  import { openActions } from ${here('actions.ts')};
  import { digestOf } from ${here('effect.ts')};
  import { actionRunner, newOwner } from ${here('runner.ts')};
  import { silent } from ${here('../log/logger.ts')};
  const [folder, ran, mode, seed] = process.argv.slice(1);
  const actions = openActions(folder, { key: Buffer.alloc(32, 7), staleMs: 300, mostPending: 1000 });
  const effect = (name) => ({
    tool: 'container_remove', title: 'Remove', level: 'destructive', targets: [name], preview: 'Removes it.', look: 'container_list',
    arguments: { name }, digest: digestOf({ tool: 'container_remove', arguments: { name }, targets: [name] }),
  });
  const proposal = { server: 'mcp-docker', caller: 'laptop' };
  const run = async (action, { progress }) => {
    appendFileSync(ran, action.id + '\\n');
    progress(1, 2);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
    return { text: 'done' };
  };
  if (mode === 'live') {
    actionRunner({ actions, server: 'mcp-docker', owner: newOwner(), run, log: silent, pollMs: 2, beatMs: 3 });
    console.log('up');
    for (let n = 0; ; n++) {
      const { id } = await actions.propose(effect(seed + n), proposal);
      if (n % 5 === 4) await actions.deny(id, 'phone').catch(() => {});
      else await actions.approve(id, 'phone').catch(() => {});
      await new Promise((resolve) => setImmediate(resolve));
    }
  } else {
    console.log('up');
    process.stdin.once('data', async () => {
      const owner = newOwner();
      for (const { id } of actions.list({ state: 'pending', limit: 1000 }).actions) await actions.approve(id, seed).catch(() => {});
      for (let idle = 0; idle < 20; ) {
        const { actions: approved } = actions.list({ state: 'approved', limit: 1000 });
        idle = approved.length === 0 ? idle + 1 : 0;
        for (const { id } of approved) {
          const action = await actions.claim(id, owner);
          if (!action) continue;
          await run(action, { progress() {} });
          await actions.complete(id, { text: 'done' });
        }
      }
      process.exit(0);
    });
  }
`;

async function child(...args: string[]): Promise<ChildProcess> {
  const started = spawn(process.execPath, ['--input-type=module-typescript', '-e', PROGRAM, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(started.stdout as NodeJS.ReadableStream, 'data');
  return started;
}

function placeOfEach(folder: string): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const state of ACTION_STATES)
    for (const name of readdirSync(join(folder, state)))
      if (name.endsWith('.jsonl')) places.set(name.slice(0, 10), [...(places.get(name.slice(0, 10)) ?? []), state]);
  return places;
}
const linesOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []);

test(`killed at ${KILLS} random points, every action stands in one state, and none ran twice or unapproved`, {
  timeout: 240_000,
}, async () => {
  const root = mkdtempSync(join(tmpdir(), 'crash-'));
  const folder = join(root, 'actions');
  const ran = join(root, 'ran');
  for (let kill = 0; kill < KILLS; kill += 2) {
    const [one, two] = await Promise.all([child(folder, ran, 'live', `a${kill}-`), child(folder, ran, 'live', `b${kill}-`)]);
    for (const process of [one, two]) {
      await sleep(Math.random() * 110);
      process.kill('SIGKILL');
    }
    await Promise.all([one, two].map((process) => process.exitCode ?? (process.signalCode ? undefined : once(process, 'exit'))));
    const places = placeOfEach(folder);
    expect([...places].filter(([, states]) => states.length !== 1)).toEqual([]);
  }
  const runs = linesOf(ran);
  expect(new Set(runs).size).toBe(runs.length);
  const places = placeOfEach(folder);
  expect(places.size).toBeGreaterThan(KILLS);
  const actions = openActions(folder, { key: Buffer.alloc(32, 7), staleMs: 50 });
  expect(actions.list().broken).toEqual([]);
  for (const id of runs) expect(actions.get(id).approved).toMatchObject({ by: 'phone' });
  // What ran and was cut off may have happened; what had not begun says so; nothing stays running.
  const me = { instance: 'me', host: 'h' };
  await expect
    .poll(async () => {
      await actions.recover('mcp-docker', me);
      return readdirSync(join(folder, 'running')).filter((name) => name.endsWith('.jsonl'));
    })
    .toEqual([]);
  for (const action of actions.list({ state: 'failed', limit: 10_000 }).actions) {
    expect(['may_have_happened', 'not_begun']).toContain(action.ended?.outcome);
    if (action.ended?.outcome === 'not_begun') expect(runs).not.toContain(action.id);
  }
  for (const action of actions.list({ state: 'completed', limit: 10_000 }).actions) expect(runs).toContain(action.id);
  console.log(`${places.size} actions, ${runs.length} runs, ${actions.list({ state: 'failed' }).total} cut off`);
});

test('200 actions that two processes approve and run at once are run once each', { timeout: 120_000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), 'claims-'));
  const folder = join(root, 'actions');
  const ran = join(root, 'ran');
  appendFileSync(ran, '');
  const actions = openActions(folder, { key: Buffer.alloc(32, 7), mostPending: 200 });
  const { digestOf } = await import('./effect.ts');
  const ids: string[] = [];
  for (let at = 0; at < 200; at++) {
    const args = { name: `c${at}` };
    const digest = digestOf({ tool: 'container_remove', arguments: args, targets: [args.name] });
    const made = await actions.propose(
      { tool: 'container_remove', title: 'Remove', level: 'destructive', targets: [args.name], preview: 'x', arguments: args, digest },
      { server: 'mcp-docker', caller: 'laptop' },
    );
    ids.push(made.id);
  }
  const claimers = await Promise.all(['x', 'y'].map((seed) => child(folder, ran, 'claim', seed)));
  for (const claimer of claimers) claimer.stdin?.write('go\n');
  for (const claimer of claimers) expect(claimer.exitCode ?? (await once(claimer, 'exit'))[0]).toBe(0);
  expect(linesOf(ran).sort()).toEqual([...ids].sort());
  const states = new Set([...placeOfEach(folder).values()].flat());
  expect([...states]).toEqual(['completed']);
  // Both had their share, or it was no race.
  const approvers = actions.list({ limit: 200 }).actions.map(({ approved }) => approved?.by);
  expect(new Set(approvers)).toEqual(new Set(['x', 'y']));
});
