import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test.for([
  ['stats.news.example', undefined, 'BLOCKED', 'it points to pixel.tracker.example, which is on block list 3 "tracking"'],
  ['clicks.shop.example', 'anna-phone', 'ALLOWED', 'allow exact rule clicks.shop.example'],
  ['video.social.example', 'kids-tablet', 'BLOCKED', 'deny exact rule video.social.example "homework first", group kids'],
  ['video.social.example', 'anna-phone', 'NOT LISTED', 'only for kids'],
  ['lucky.casino.example', '192.0.2.71', 'BLOCKED', 'deny regex rule'],
  ['lucky.casino.example', 'work-laptop', 'NOT LISTED', 'only for Default, kids'],
  ['ads.banner.example', 'kids-tablet', 'BLOCKED', 'block list 1 "ads", group kids'],
  ['use-application-dns.net', undefined, 'SPECIAL', 'special domains'],
  ['metrics.news.example', undefined, 'NOT LISTED', 'switched off'],
  ['https://ADS.Banner.example:443/x?y', '00:00:5e:00:53:47', 'BLOCKED', 'anna-phone'],
] as const)('%s for %s is %s', async ([domain, client, verdict, reason]) => {
  const { call, pair } = await dnsServerOver();
  const { text } = await call('dns_why', { domain, ...(client ? { client } : {}) });
  expect(text).toContain(`: ${verdict}`);
  expect(text).toContain(reason);
  expect(encode(text).length).toBeLessThanOrEqual(250);
  expect([pair.primary.crashes, pair.backup.crashes]).toEqual([0, 0]);
});

test('where the Pi-holes differ each is told, with the live answer of both and a fix for the groups of the device', async () => {
  const { call } = await dnsServerOver();
  const { text } = await call('dns_why', { domain: 'telemetry.smart-tv.example', client: 'tv' });
  expect(text).toContain('living-room-tv (192.0.2.130; groups television): THE PI-HOLES DIFFER');
  expect(text).toContain('rpi: blocked: block list 6');
  expect(text).toContain('nas: not listed');
  expect(text).toContain('rpi blocked · nas 198.51.100.28');
  expect(text).toContain('dns_rule_set {"domains":["telemetry.smart-tv.example"],"action":"allow","groups":["television"]}');
});

test('the fix does what it says: the next verdict is another one', async () => {
  const { call } = await dnsServerOver();
  const fix = /to let it through: (\S+) (.+)$/m.exec((await call('dns_why', { domain: 'ads.banner.example' })).text);
  const done = await call(fix?.[1] ?? '', JSON.parse(fix?.[2] ?? '{}'));
  expect(done.text).toContain('rpi made, seen over DNS · nas made, seen over DNS');
  expect((await call('dns_why', { domain: 'ads.banner.example' })).text).toContain(': ALLOWED');
});

test('an allow rule ends the look at what a name points to; an orphaned rule never counts; a pause is told', async () => {
  const { call, pair } = await dnsServerOver();
  await call('dns_rule_set', { domains: ['stats.news.example'], action: 'allow' });
  expect((await call('dns_why', { domain: 'stats.news.example' })).text).toContain(': ALLOWED');
  for (const pihole of [pair.primary, pair.backup]) for (const rule of pihole.base.tables.rules) rule.groups = [];
  expect((await call('dns_why', { domain: 'lucky.casino.example' })).text).toContain('in no group: it never counts');
  await call('dns_set_blocking', { on: false, minutes: 5 });
  expect((await call('dns_why', { domain: 'ads.banner.example' })).text).toContain('blocking is off here');
});

test('what is no domain and what is no single device is told, not guessed', async () => {
  const { call } = await dnsServerOver();
  for (const domain of ['two words', 'a'.repeat(300), '192.0.2.1', 'a..b', '*', 'x*y.example'])
    expect((await call('dns_why', { domain })).text).toMatch(/^invalid_input: That is no domain: /);
  expect((await call('dns_why', { domain: 'x.example', client: 'phone' })).text).toContain('anna-phone, ben-phone');
});

test('two at once, twenty times, and 6.4.1 stands it', async () => {
  const { call, pair } = await dnsServerOver({ readMs: 3 });
  await Promise.all(Array.from({ length: 20 }, (_, index) => call('dns_why', { domain: `x${index}.example` })));
  expect([pair.primary.crashes, pair.backup.crashes]).toEqual([0, 0]);
});
