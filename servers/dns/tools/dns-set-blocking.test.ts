import { expect, onTestFinished, test } from 'vitest';
import { TOKENS } from '../../../shared/testing/start.ts';
import type { Fleet } from '../client/fleet.ts';
import { fleetOver } from '../tests/dns-fleet.ts';
import { dnsServerOver } from '../tests/dns-server.ts';

/** Its time has come: looks, and gives what is so then. */
const ended = (fleet: Fleet, read: () => boolean) => async () => {
  fleet.watch.add(fleet.watch.list().map((one) => ({ ...one, until: Date.now() - 5_000 })));
  await fleet.watch.look();
  return read();
};
const LATER = { timeout: 15_000, interval: 50 };

test('a pause goes to both, is seen over DNS, and is ended by hand', async () => {
  const { call, pair, state } = await dnsServerOver();
  const { text } = await call('dns_set_blocking', { on: false, minutes: 10 });
  expect(text).toContain('then it comes back by itself');
  expect(text.match(/-> off, back in 10m; seen over DNS with ads.banner.example/g)).toHaveLength(2);
  expect([pair.primary.blocking.active, pair.backup.blocking.active]).toEqual([false, false]);
  expect(state.pending).toHaveLength(2);
  expect((await call('dns_set_blocking', { on: true })).text).toContain('Ad blocking is on.');
  expect([pair.primary.blocking.active, pair.backup.blocking.active, state.pending]).toEqual([true, true, []]);
});

test('it comes back on both when a Pi-hole restarts in between, where its own timer is lost', async () => {
  const { call, pair, fleet } = await dnsServerOver();
  await call('dns_set_blocking', { on: false, minutes: 10 });
  await pair.primary.restart();
  expect([pair.primary.blocking.active, pair.primary.blocking.timer]).toEqual([false, null]);
  await expect
    .poll(
      ended(fleet, () => pair.primary.blocking.active),
      LATER,
    )
    .toBe(true);
  expect(pair.backup.blocking.active).toBe(true);
});

test('it comes back when this process is gone in between, and when a Pi-hole was away at its end', async () => {
  const { call, pair, state, fleet } = await dnsServerOver();
  await call('dns_set_blocking', { on: false, minutes: 10 });
  await fleet.watch.close();
  await pair.primary.restart();
  await pair.backup.stop();
  const after = fleetOver(pair, state);
  onTestFinished(() => after.close(false));
  await expect
    .poll(
      ended(after, () => pair.primary.blocking.active),
      LATER,
    )
    .toBe(true);
  await pair.backup.start();
  pair.backup.blocking.forget();
  pair.backup.blocking.active = false;
  await expect
    .poll(
      ended(after, () => pair.backup.blocking.active),
      LATER,
    )
    .toBe(true);
  expect(state.pending).toEqual([]);
});

test('a sync that copies the pause to the backup is undone at its end', async () => {
  const { call, pair, fleet } = await dnsServerOver();
  await call('dns_set_blocking', { on: false, minutes: 10, pihole: 'rpi' });
  expect(pair.backup.blocking.active).toBe(true);
  pair.backup.blocking.active = false;
  await expect
    .poll(
      ended(fleet, () => pair.backup.blocking.active),
      LATER,
    )
    .toBe(true);
});

test('one that fails puts the pause back on the other, and the reply says so', async () => {
  const { call, pair, state } = await dnsServerOver();
  await call('dns_overview');
  await pair.backup.stop();
  const { text } = await call('dns_set_blocking', { on: false, minutes: 10 });
  expect(text).toContain('NOT DONE everywhere, so it was put back');
  expect(text).toContain('nas: not known -> FAILED: Pi-hole nas refuses connections');
  expect(pair.primary.blocking.active).toBe(true);
  expect(state.pending.map(({ node }) => node)).toEqual(expect.arrayContaining(['nas']));
});

test('off for good asks first, minutes are needed, and a reader may not do it', async () => {
  const { call, pair, connect: join } = await dnsServerOver();
  expect((await call('dns_set_blocking', { on: false })).text).toContain('Give `minutes`');
  expect((await call('dns_set_blocking', { on: true, minutes: 3 })).isError).toBe(true);
  const v1 = await join('v1', TOKENS.write);
  expect((await v1.call('dns_set_blocking', { on: false, permanent: true })).isError).toBe(true);
  const reader = await join('v2-legacy', TOKENS.read);
  expect((await reader.raw.listTools()).tools.map(({ name }) => name)).not.toContain('dns_set_blocking');
  expect(pair.primary.blocking.active).toBe(true);
});
