import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Fault } from '../faults.ts';
import { repeats } from './repeats.ts';

let folder: string;
let time: number;
let acted: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'repeats-'));
  time = Date.parse('2026-11-20T12:00:00Z');
  acted = 0;
});

const call = { caller: 'laptop', tool: 'immich_create_album', key: 'k1', arguments: { name: 'Trip' } };
const act = async (): Promise<number> => ++acted;
/** As another process on the same folder sends it. */
const send = (more: Partial<typeof call> = {}, run: () => Promise<number> = act) =>
  repeats({ folder, now: () => time }).once({ ...call, ...more }, run, (result) => `album ${result} was made, password=hunter22hunter22`);

test('a repeat gets what is kept of the first result, and nothing acts twice', async () => {
  expect(await send()).toEqual({ repeated: false, result: 1 });
  expect(await send()).toEqual({ repeated: true, digest: 'album 1 was made, password=[redacted]', at: time });
  expect(acted).toBe(1);
  const [file = ''] = readdirSync(join(folder, 'brakes', 'once'));
  expect(readFileSync(join(folder, 'brakes', 'once', file), 'utf8')).not.toContain('hunter22');
});

test('another caller, tool or key is another call', async () => {
  await send();
  for (const more of [{ caller: 'phone' }, { tool: 'immich_delete_album' }, { key: 'k2' }]) {
    expect(await send(more)).toMatchObject({ repeated: false });
  }
  expect(acted).toBe(4);
});

test('the same key with other arguments is an error', async () => {
  await send();
  await expect(send({ arguments: { name: 'Other' } })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('of ten at once one acts', async () => {
  const slow = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    return act();
  };
  const sent = await Promise.allSettled(Array.from({ length: 10 }, () => send({}, slow)));
  expect(acted).toBe(1);
  expect(sent.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  for (const one of sent) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
});

test.each([
  [new Fault('denied', 'No.'), true],
  [new Fault('unavailable', 'It cannot be reached.'), true],
  [new Fault('timeout', 'No answer.'), false],
  [new Error('bug'), false],
])('after a failure the key is free only where nothing was done (%#)', async (failure, free) => {
  await expect(send({}, () => Promise.reject(failure))).rejects.toBe(failure);
  if (free) expect(await send()).toMatchObject({ repeated: false });
  else await expect(send()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('may have happened') });
});

test('after a quarter of an hour the key is free, also when the clock was set back meanwhile', async () => {
  await send();
  time += 14 * 60_000;
  expect(await send()).toMatchObject({ repeated: true });
  time -= 3_600_000;
  expect(await send()).toMatchObject({ repeated: true });
  time += 15 * 60_000;
  expect(await send()).toMatchObject({ repeated: false });
});
