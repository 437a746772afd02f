import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('a pause for one device: unfiltered on both, and back in its groups by itself', async () => {
  const { call, pair, fleet } = await dnsServerOver();
  const { text } = await call('dns_client_assign', { client: 'kids-tablet', groups: [], minutes: 30 });
  expect(text).toContain('then back by itself');
  expect(text).toContain('rpi: kids -> unfiltered (entry 192.0.2.73)');
  expect(pair.primary.decision('video.social.example', '192.0.2.73').status).toBe('FORWARDED');
  expect(pair.backup.decision('ads.banner.example', '192.0.2.73').status).toBe('FORWARDED');
  await call('dns_client_assign', { client: 'kids-tablet', groups: ['Default'], minutes: 30 });
  fleet.watch.add(fleet.watch.list().map((one) => ({ ...one, until: Date.now() - 5_000 })));
  await fleet.watch.look();
  for (const pihole of [pair.primary, pair.backup]) expect(pihole.decision('video.social.example', '192.0.2.73').status).toBe('DENYLIST');
});

test('a device without an entry gets one, and loses it again; an unknown device or group changes nothing', async () => {
  const { call, pair, fleet } = await dnsServerOver();
  const before = pair.primary.base.tables.clients.length;
  await call('dns_client_assign', { client: 'anna-phone', groups: ['kids'], minutes: 5 });
  expect(pair.primary.base.tables.clients.length).toBe(before + 1);
  fleet.watch.add(fleet.watch.list().map((one) => ({ ...one, until: Date.now() - 5_000 })));
  await fleet.watch.look();
  expect(pair.primary.base.tables.clients.length).toBe(before);
  expect((await call('dns_client_assign', { client: 'phone', groups: [] })).text).toContain('No single device');
  expect((await call('dns_client_assign', { client: 'anna-phone', groups: ['nobody'] })).text).toContain('not_found');
  expect(pair.backup.base.tables.clients.length).toBe(before);
});

test('one that fails on the backup is put back on the primary', async () => {
  const { call, pair } = await dnsServerOver();
  pair.backup.base.state = 'readonly';
  const { text } = await call('dns_client_assign', { client: 'kids-tablet', groups: [] });
  expect(text).toContain('NOT DONE everywhere, so it was put back');
  expect(pair.primary.base.tables.clients.find(({ client }) => client === '192.0.2.73')?.groups).toEqual([1]);
});
