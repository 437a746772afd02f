import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('seats with who holds them, messages, upstreams and logs, cut only with a word about it', async () => {
  const { call } = await dnsServerOver();
  const seats = (await call('dns_diagnostics', { section: 'seats', pihole: 'primary' })).text;
  expect(seats).toContain('rpi 16 of 16 API seats taken');
  expect(seats).toContain('mcp-dns/0.1.0 (this server)');
  expect(seats.match(/192\.0\.2\.10 node-fetch/g)).toHaveLength(15);
  expect((await call('dns_diagnostics')).text).toContain('rpi message 1 LOAD');
  expect((await call('dns_diagnostics', { section: 'upstreams' })).text).toMatch(/rpi 192\.0\.2\.1#53: \d+ questions/);
  expect((await call('dns_diagnostics', { section: 'log_dnsmasq', lines: 5 })).text).toMatch(/shown 5 of \d+ lines/);
  expect((await call('dns_diagnostics', { section: 'log_ftl', grep: 'nothing like it' })).text).toBe('no log_ftl match');
});
