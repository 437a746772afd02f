import { expect, onTestFinished, test } from 'vitest';
import { fleetOver, testFleet } from '../tests/dns-fleet.ts';
import { runGravity } from './gravity-run.ts';
import { readBlocking, readQueries, readSearch, readSeats, readSummary, readTables } from './reading.ts';
import { removeRule, setBlocking, writeRule } from './writing.ts';

test('6.4.1 stands fifty callers at once, with one seat each, also over a restart and an ended session', async () => {
  const { pair, fleet, signal } = await testFleet();
  const call = (index: number) => {
    const node = fleet.nodes[index % 2];
    if (!node) throw new Error('no node');
    if (index % 3 === 0) return readSearch(node, 'ads.banner.example', signal);
    if (index % 5 === 0) return readTables(node, signal);
    return index % 7 === 0 ? readQueries(node, { length: 5 }, signal) : readBlocking(node, signal);
  };
  for (let round = 0; round < 6; round++) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => call(index)));
    if (round === 2) await pair.primary.restart();
    if (round === 3) pair.backup.sessions.seats = pair.backup.sessions.seats.map(() => undefined);
  }
  expect([pair.primary.crashes, pair.backup.crashes]).toEqual([0, 0]);
  expect(pair.primary.sessions.taken).toBe(16);
  expect(pair.primary.sessions.logins).toBe(1);
  expect(pair.backup.sessions.logins).toBe(2);
});

test('a session outlives this process and is used again; seats full says what to do', async () => {
  const { pair, fleet, state, signal } = await testFleet();
  const [node] = fleet.nodes;
  if (!node) throw new Error('no node');
  await readBlocking(node, signal);
  const second = fleetOver(pair, state);
  onTestFinished(() => second.close(false));
  const seats = await readSeats(second.nodes[0] as typeof node, signal);
  expect(pair.primary.sessions.logins).toBe(1);
  expect([seats.most, seats.taken.length]).toEqual([16, 16]);
  const stranger = fleetOver(pair);
  onTestFinished(() => stranger.close(false));
  await expect(readBlocking(stranger.nodes[0] as typeof node, signal)).rejects.toThrow('All API seats of Pi-hole rpi are taken.');
});

test('six first calls with an app password make one login; a wrong password is told and not hammered', async () => {
  const { pair, fleet, signal } = await testFleet({ appPassword: 'simulated-password', password: 'web' }, {}, false);
  await Promise.all(Array.from({ length: 6 }, () => readBlocking(fleet.nodes[0] as (typeof fleet.nodes)[number], signal)));
  expect(pair.primary.sessions.logins).toBe(1);
  pair.backup.sessions.settings.appPassword = 'another';
  const [, backup] = fleet.nodes;
  for (let index = 0; index < 5; index++) await expect(readBlocking(backup as never, signal)).rejects.toThrow('refuses the password');
  expect(pair.backup.seen.filter((line) => line === 'POST /auth').length).toBe(2);
});

test('a second factor and a missing sudo are told with their fix', async () => {
  const { fleet, signal } = await testFleet({ totp: 123456 }, {}, false);
  await expect(readBlocking(fleet.nodes[0] as never, signal)).rejects.toThrow('asks for a second factor');
});

test('a timer is sent as whole seconds, read back, and never with on', async () => {
  const { pair, fleet, signal } = await testFleet();
  const node = fleet.nodes[0] as (typeof fleet.nodes)[number];
  await expect(setBlocking(node, false, 1.5, signal)).rejects.toThrow('whole number');
  expect(await setBlocking(node, false, 60, signal)).toMatchObject({ on: false });
  expect(pair.primary.blocking.timer).toBeGreaterThan(50);
  expect(await setBlocking(node, true, 60, signal)).toEqual({ on: true, odd: false, seconds: undefined });
});

test('a rule keeps its comment and groups when it is set again; an unknown group is told; a removed one is gone', async () => {
  const { pair, fleet, signal } = await testFleet();
  const node = fleet.nodes[0] as (typeof fleet.nodes)[number];
  const wanted = { domain: 'video.social.example', type: 'deny', kind: 'exact' } as const;
  const { rule } = await writeRule(node, wanted, signal);
  expect([rule.comment, rule.groups]).toEqual(['homework first', [1]]);
  await expect(writeRule(node, { ...wanted, domain: 'x.example', groups: [99] }, signal)).rejects.toThrow('no such group');
  expect((await removeRule(node, wanted, signal))?.comment).toBe('homework first');
  expect(await removeRule(node, wanted, signal)).toBeUndefined();
  expect(pair.primary.crashes).toBe(0);
});

test('a rule that is written while gravity runs waits for it, and is kept', async () => {
  const { pair, fleet, signal } = await testFleet({ pace: { step: 20, swap: 40, readonly: 300 } });
  const node = fleet.nodes[1] as (typeof fleet.nodes)[number];
  const stages: string[] = [];
  const run = runGravity(node, signal, (_, __, text) => stages.push(text));
  await expect.poll(() => pair.backup.running).toBe(1);
  const written = writeRule(node, { domain: 'kept.example', type: 'deny', kind: 'exact' }, signal);
  expect(await run).toMatchObject({ done: true, moved: true });
  await written;
  expect(pair.backup.base.tables.rules.map(({ domain }) => domain)).toContain('kept.example');
  expect(stages.at(-1)).toBe('Done.');
  expect((await run).lists.every(({ ok }) => ok)).toBe(true);
});

test('a database that is read-only just after gravity is waited for, once', async () => {
  const { pair, fleet, signal } = await testFleet();
  const node = fleet.nodes[0] as (typeof fleet.nodes)[number];
  pair.primary.base.state = 'readonly';
  setTimeout(() => {
    pair.primary.base.state = 'ready';
  }, 1_000);
  const { rule } = await writeRule(node, { domain: 'late.example', type: 'deny', kind: 'exact' }, signal);
  expect([rule.domain, rule.groups]).toEqual(['late.example', [0]]);
});

test('a gravity run that cannot start is told as that, and the next request works', async () => {
  const { pair, fleet, signal } = await testFleet();
  const node = fleet.nodes[0] as (typeof fleet.nodes)[number];
  pair.primary.fault = 'refused';
  await expect(runGravity(node, signal, () => {})).rejects.toThrow('Gravity failed on Pi-hole rpi.');
  pair.primary.fault = 'dies';
  expect(await runGravity(node, signal, () => {})).toMatchObject({ done: false });
  expect((await readSummary(node, signal)).gravity.domains).toBeGreaterThan(0);
});

test('the holder of the shared address is named before, during and after a failover', async () => {
  const { pair, fleet, signal } = await testFleet();
  expect(await fleet.holder(signal)).toMatchObject({ holders: ['rpi'], by: 'both' });
  await pair.primary.stop();
  pair.vip.mark();
  expect((await fleet.holder(signal)).holders).toEqual(['nas']);
  await pair.primary.start();
  pair.vip.mark();
  expect((await fleet.holder(signal)).holders).toEqual(['rpi']);
  pair.backup.vip = '192.0.2.53';
  expect((await fleet.holder(signal)).disagree).toContain('split brain');
});

test('a question over DNS sees what is blocked, what is not there, and what does not answer', async () => {
  const { pair, fleet } = await testFleet();
  const [first, second] = fleet.nodes;
  if (!first || !second) throw new Error('no nodes');
  expect((await fleet.question(first.resolver, 'telemetry.smart-tv.example', 'A')).blocked).toBe(true);
  const open = await fleet.question(second.resolver, 'telemetry.smart-tv.example', 'A');
  expect(open).toMatchObject({ rcode: 'NOERROR', answers: [{ type: 'A', data: '198.51.100.28' }] });
  expect(await fleet.question(first.resolver, 'nothing.invalid', 'A')).toMatchObject({ rcode: 'NXDOMAIN', answers: [] });
  expect(await fleet.question(first.resolver, 'mask.icloud.com', 'A')).toMatchObject({ rcode: 'NXDOMAIN', ede: 29 });
  pair.primary.responder.frozen = true;
  expect(await fleet.question(first.resolver, 'news.example', 'A')).toMatchObject({ trouble: 'no answer' });
});
