import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

const PACE = { pace: { step: 5, swap: 20, readonly: 300 } };

test('the backup first, then the primary, complete only when proven, and rules kept', async () => {
  const { call, pair } = await dnsServerOver(PACE);
  const { text } = await call('dns_update_gravity');
  expect(text).toMatch(/^nas: complete · .* -> .* domains from 5 lists; blocking seen over DNS\nrpi: complete/);
  expect([pair.primary.crashes, pair.backup.crashes]).toEqual([0, 0]);
});

test('a run without its end, one that cannot start and a list that is away are told; the next one is not begun after a failure', async () => {
  const { call, pair } = await dnsServerOver(PACE);
  pair.backup.fault = 'refused';
  const refused = (await call('dns_update_gravity')).text;
  expect(refused).toContain('nas: NOT COMPLETE · Gravity failed on Pi-hole nas.');
  expect(refused).toContain('rpi: NOT COMPLETE · not begun');
  pair.primary.fault = 'dies';
  expect((await call('dns_update_gravity', { pihole: 'rpi' })).text).toContain('rpi: NOT COMPLETE · it did not say that it is done');
  pair.primary.fault = 'none';
  const held = pair.primary.content;
  pair.primary.content = (address) => (address.endsWith('/ads.txt') ? undefined : held(address));
  const { text } = await call('dns_update_gravity', { pihole: 'rpi' });
  expect(text).toContain('NOT COMPLETE');
  expect(text).toContain('NOT FETCHED: https://lists.example.net/ads.txt');
  expect(text).toContain('the count fell from');
});
