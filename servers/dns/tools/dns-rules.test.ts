import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('rules of both side by side, orphans and one-sided ones marked, cut only with a word about it', async () => {
  const { call, pair } = await dnsServerOver();
  const first = pair.primary.base.tables.rules[0];
  if (first) first.groups = [];
  const { text } = await call('dns_rules');
  expect(text).toContain('allow|exact|clicks.shop.example|NONE: never counts|ONLY rpi|order mails');
  expect(text).toContain('block|exact|video.social.example|kids|all|homework first');
  expect(text).toContain('block (off)|regex|');
  expect(text).toContain('groups: Default, kids, television, unfiltered');
  expect((await call('dns_rules', { match: 'homework' })).text.split('\n')).toHaveLength(3);
  expect((await call('dns_rules', { limit: 1 })).text).toContain('shown 1 of 5 rules');
});
