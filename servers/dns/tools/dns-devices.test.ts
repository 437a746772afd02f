import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('devices with their groups, by a part of the name, the vendor or the address', async () => {
  const { call } = await dnsServerOver();
  expect((await call('dns_devices', { match: 'tv' })).text).toContain(
    'living-room-tv|192.0.2.130|00:00:5e:00:53:82|Example Televisions|television|',
  );
  expect((await call('dns_devices', { limit: 2 })).text).toContain('shown 2 of 10 devices');
  expect((await call('dns_devices', { match: 'no such' })).text).toBe('no devices');
});
