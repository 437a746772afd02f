import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Fault } from '../faults.ts';
import { silent } from '../log/logger.ts';
import { smallDisk } from '../testing/safety/small-disk.ts';
import { type BrakedWork, brakes } from './brakes.ts';
import { StateFault } from './state-fault.ts';

const MINUTE = 60_000;
let folder: string;
let time: number;

/** As another process on the same folder sees it: nothing is kept in memory. */
const fresh = () => brakes({ folder, log: silent, now: () => time, lease: { waitMs: 100, staleMs: 400, beatMs: 20 } });
const braked: BrakedWork = { tool: 'docker_restart', targets: ['nas/immich'] };
const fail = (error: unknown = new Fault('timeout', 'It took too long.'), what = braked) =>
  expect(fresh().run(what, () => Promise.reject(error))).rejects.toBe(error);
const succeed = (what = braked) => fresh().run(what, async () => 'done');
const stopped = { code: 'denied', message: expect.stringContaining('docker_restart is stopped: it failed 3 times on this target since') };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brakes-'));
  time = Date.parse('2026-11-20T12:00:00Z');
});

test('three failures within half an hour stop the action on that target, with the reason, for all processes', async () => {
  await fail();
  time += 10 * MINUTE;
  await fail();
  time += 10 * MINUTE;
  await fail(new Error('bug'));
  await expect(succeed()).rejects.toMatchObject({
    ...stopped,
    message: expect.stringMatching(/since 2026-11-20T12:00:00Z, last with `internal`/),
  });
  await expect(succeed()).rejects.toMatchObject({ hint: expect.stringContaining('2026-11-20T12:50:00Z') });
  expect(await succeed({ ...braked, targets: ['nas/other'] })).toBe('done');
  expect(await succeed({ ...braked, tool: 'docker_start' })).toBe('done');
  time += 29 * MINUTE;
  await expect(succeed()).rejects.toMatchObject(stopped);
  time += MINUTE;
  expect(await succeed()).toBe('done');
});

test('failures that lie further apart, or with a success between them, do not stop it', async () => {
  await fail();
  time += 16 * MINUTE;
  await fail();
  time += 16 * MINUTE;
  await fail();
  expect(await succeed()).toBe('done');
  await fail();
  await fail();
  expect(await succeed()).toBe('done');
});

test('what the caller did wrong, a record that failed and a call that was cancelled count for nothing', async () => {
  for (const code of ['invalid_input', 'not_found', 'conflict', 'denied'] as const) await fail(new Fault(code, 'No.'));
  for (let index = 0; index < 3; index++) await fail(new StateFault('The record cannot be written.'));
  for (let index = 0; index < 3; index++) await fail(new Fault('timeout', 'Cancelled.'), { ...braked, signal: AbortSignal.abort() });
  expect(await succeed()).toBe('done');
});

test('a person lets a stopped action run again', async () => {
  for (let index = 0; index < 3; index++) await fail();
  fresh().release('docker_restart', 'nas/immich');
  expect(await succeed()).toBe('done');
});

test('the budget of an hour holds over processes, and says when the next write is free', async () => {
  const counted = { ...braked, budget: { name: 'laptop', perHour: 3 } };
  for (let index = 0; index < 3; index++) {
    expect(await succeed(counted)).toBe('done');
    time += 10 * MINUTE;
  }
  await expect(succeed(counted)).rejects.toMatchObject({ code: 'denied', hint: expect.stringContaining('2026-11-20T13:00:00Z') });
  expect(await succeed({ ...counted, budget: { name: 'phone', perHour: 3 } })).toBe('done');
  time = Date.parse('2026-11-20T13:00:00Z');
  expect(await succeed(counted)).toBe('done');
  await expect(succeed(counted)).rejects.toMatchObject({ code: 'denied' });
});

test('a refused write takes nothing from the budget, and an empty budget lets nothing through', async () => {
  const counted = { ...braked, budget: { name: 'laptop', perHour: 1 } };
  await succeed(counted);
  time += 30 * MINUTE;
  await expect(succeed(counted)).rejects.toMatchObject({ code: 'denied' });
  time += 30 * MINUTE;
  expect(await succeed(counted)).toBe('done');
  await expect(succeed({ ...braked, budget: { name: 'none', perHour: 0 } })).rejects.toMatchObject({ code: 'denied' });
});

test('the clock set back an hour neither opens the brakes nor locks them longer than twice their own time', async () => {
  const counted = { ...braked, targets: ['other'], budget: { name: 'laptop', perHour: 1 } };
  for (let index = 0; index < 3; index++) await fail();
  await succeed(counted);
  time -= 60 * MINUTE;
  await expect(succeed()).rejects.toMatchObject(stopped);
  await expect(succeed(counted)).rejects.toMatchObject({ code: 'denied' });
  time += 31 * MINUTE;
  expect(await succeed()).toBe('done');
  await expect(succeed(counted)).rejects.toMatchObject({ code: 'denied' });
  time += 90 * MINUTE;
  expect(await succeed(counted)).toBe('done');
});

test('a clock that was a year ahead locks no budget until then', async () => {
  const counted = { ...braked, budget: { name: 'laptop', perHour: 1 } };
  await succeed(counted);
  time -= 365 * 24 * 60 * MINUTE;
  await expect(succeed(counted)).rejects.toMatchObject({ code: 'denied' });
  time += 121 * MINUTE;
  expect(await succeed(counted)).toBe('done');
});

test('one write per target at a time; the second is told what is at work', async () => {
  let order = '';
  const slow = fresh().run({ ...braked, targets: ['b', 'a', 'a'] }, async (held) => {
    order += '1';
    await expect(fresh().run({ tool: 'docker_stop', targets: ['a', 'c'] }, async () => 'x')).rejects.toMatchObject({
      code: 'conflict',
      message: 'docker_restart is at work on the same target.',
    });
    expect(await fresh().run({ tool: 'docker_stop', targets: ['c'] }, async () => 'free')).toBe('free');
    held();
    order += '2';
  });
  await slow;
  expect(order).toBe('12');
  expect(readdirSync(join(folder, 'brakes', 'targets'))).toEqual([]);
});

test('the third failure also stops a call that waited behind it', async () => {
  await fail();
  await fail();
  const patient = brakes({ folder, log: silent, now: () => time, lease: { waitMs: 20_000, beatMs: 20 } });
  const { promise: inside, resolve: enter } = Promise.withResolvers<void>();
  const { promise: end, reject: giveUp } = Promise.withResolvers<never>();
  const first = patient.run(braked, () => {
    enter();
    return end;
  });
  await inside;
  const second = patient.run(braked, async () => 'done');
  giveUp(new Fault('upstream', 'It answered with an error.'));
  await expect(first).rejects.toMatchObject({ code: 'upstream' });
  await expect(second).rejects.toMatchObject(stopped);
});

test('what nobody asks for any more is removed at the next start', async () => {
  await fail();
  time += 61 * MINUTE;
  fresh();
  expect(readdirSync(join(folder, 'brakes', 'failures'))).toEqual([]);
});

test('where the budget cannot be written, nothing runs', async (context) => {
  const small = smallDisk(64);
  if (typeof small === 'string') return context.skip(small);
  try {
    folder = small.folder;
    const counted = { ...braked, targets: [], budget: { name: 'laptop', perHour: 5 } };
    await succeed(counted);
    small.readOnly();
    let ran = false;
    const work = fresh().run(counted, async () => {
      ran = true;
    });
    await expect(work).rejects.toMatchObject({ code: 'unavailable', hint: expect.stringContaining('read-only') });
    expect(ran).toBe(false);
  } finally {
    small.remove();
  }
});
