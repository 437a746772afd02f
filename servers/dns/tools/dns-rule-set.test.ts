import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('block and allow go to both and are seen over DNS; a star takes all below', async () => {
  const { call, pair } = await dnsServerOver();
  const { text } = await call('dns_rule_set', { domains: ['weather.example', '*.cdn.example'], action: 'block', comment: 'test' });
  expect(text.match(/made, seen over DNS/g)).toHaveLength(4);
  expect(pair.backup.base.tables.rules.map(({ domain }) => domain)).toEqual(
    expect.arrayContaining(['weather.example', '(\\.|^)cdn\\.example$']),
  );
  expect(text).toContain('undo: dns_rule_remove {"domain":"weather.example","action":"block"}');
});

test('a rule that is set again keeps comment and groups; IDN and upper case are stored as Pi-hole does', async () => {
  const { call, pair } = await dnsServerOver();
  await call('dns_rule_set', { domains: ['video.social.example'], action: 'block' });
  expect(pair.primary.base.tables.rules.find(({ id }) => id === 2)).toMatchObject({ comment: 'homework first', groups: [1] });
  await call('dns_rule_set', { domains: ['BÜCHER.Example'], action: 'block' });
  expect(pair.primary.base.tables.rules.at(-1)?.domain).toBe('xn--bcher-kva.example');
});

test('an unknown group changes nothing anywhere; a rule for the backup alone is refused while a sync runs', async () => {
  const { call, pair } = await dnsServerOver();
  const before = [pair.primary.base.tables.rules.length, pair.backup.base.tables.rules.length];
  expect((await call('dns_rule_set', { domains: ['a.example'], action: 'block', groups: ['nobody'] })).text).toContain('not_found');
  expect((await call('dns_rule_set', { domains: ['a.example'], action: 'block', pihole: 'backup' })).text).toContain(
    'The next sync would erase',
  );
  expect([pair.primary.base.tables.rules.length, pair.backup.base.tables.rules.length]).toEqual(before);
});

test('a temporary rule ends by itself; one that was there before does not', async () => {
  const { call, pair, fleet } = await dnsServerOver();
  const { text } = await call('dns_rule_set', { domains: ['news.example', 'video.social.example'], action: 'block', minutes: 1 });
  expect(text).toContain('was there before, so it does not end by itself');
  fleet.watch.add(fleet.watch.list().map((one) => ({ ...one, until: Date.now() - 5_000 })));
  await fleet.watch.look();
  expect(pair.backup.base.tables.rules.some(({ domain }) => domain === 'news.example')).toBe(false);
  expect(pair.primary.base.tables.rules.some(({ domain }) => domain === 'video.social.example')).toBe(true);
});

test('a block beside an allow says that the allow wins; one that fails on the backup is taken back', async () => {
  const { call, pair } = await dnsServerOver();
  expect((await call('dns_rule_set', { domains: ['clicks.shop.example'], action: 'block' })).text).toContain(
    'an allow rule for it exists and wins',
  );
  pair.backup.base.state = 'readonly';
  const { text } = await call('dns_rule_set', { domains: ['half.example'], action: 'block' });
  expect(text).toContain('NOT DONE everywhere');
  expect(text).toContain('rpi put back');
  expect(pair.primary.base.tables.rules.some(({ domain }) => domain === 'half.example')).toBe(false);
});
