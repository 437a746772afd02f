import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('names and CNAMEs of both, one-sided ones marked', async () => {
  const { call, pair } = await dnsServerOver();
  pair.backup.hosts.push('192.0.2.99 odd.home.arpa');
  const { text } = await call('dns_records', { match: 'home.arpa', limit: 100 });
  expect(text).toContain('nas.home.arpa|A|192.0.2.30|all');
  expect(text).toContain('files.home.arpa|CNAME|nas.home.arpa|all');
  expect(text).toContain('odd.home.arpa|A|192.0.2.99|ONLY nas');
  expect((await call('dns_records', { limit: 2 })).text).toMatch(/shown 2 of \d+ records/);
});
