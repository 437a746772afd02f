import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('a rule goes from both, and the reply makes it again as it was', async () => {
  const { call, pair } = await dnsServerOver();
  const { text } = await call('dns_rule_remove', { domain: 'video.social.example', action: 'block' });
  expect(text).toContain('rpi removed\nnas removed');
  const undo = /undo: (\S+) (.+)$/m.exec(text);
  await call(undo?.[1] ?? '', JSON.parse(undo?.[2] ?? '{}'));
  for (const pihole of [pair.primary, pair.backup])
    expect(pihole.base.tables.rules.find(({ domain }) => domain === 'video.social.example')).toMatchObject({
      comment: 'homework first',
      groups: [1],
    });
});

test('one that is not there is told as that; one that cannot be removed everywhere is made again', async () => {
  const { call, pair } = await dnsServerOver();
  expect((await call('dns_rule_remove', { domain: 'none.example', action: 'allow' })).text).toContain('rpi had none\nnas had none');
  await pair.backup.stop();
  const { text } = await call('dns_rule_remove', { domain: 'clicks.shop.example', action: 'allow' });
  expect(text).toContain('NOT DONE everywhere');
  expect(text).toContain('rpi put back');
  expect(pair.primary.base.tables.rules.find(({ domain }) => domain === 'clicks.shop.example')?.comment).toBe('order mails');
});
