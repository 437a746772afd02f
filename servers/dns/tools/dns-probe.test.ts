import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('every Pi-hole and the shared address are asked, and a difference is told', async () => {
  const { call, pair } = await dnsServerOver();
  const differ = (await call('dns_probe', { name: 'telemetry.smart-tv.example' })).text;
  expect(differ).toContain('THEY DIFFER');
  expect(differ).toMatch(/rpi: blocked .*\nnas: 198\.51\.100\.28 .*\nshared address 192\.0\.2\.53: blocked/);
  expect((await call('dns_probe', { name: 'news.example' })).text).toContain('all of the house say the same');
  expect((await call('dns_probe', { name: 'files.home.arpa' })).text).toContain('nas.home.arpa 192.0.2.30');
  pair.backup.responder.frozen = true;
  expect((await call('dns_probe', { name: 'news.example' })).text).toContain('nas: NO ANSWER (no answer)');
});
