import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('the sum over both Pi-holes, cut only with a word about it', async () => {
  const { call, pair } = await dnsServerOver();
  const count = [pair.primary, pair.backup].flatMap((one) => one.recent()).filter(({ client }) => client.name === 'nas').length;
  const { text } = await call('dns_top', { what: 'clients', count: 3 });
  expect(text).toContain(`nas|${count}|`);
  expect(text).toMatch(/shown 3 of \d+ clients/);
  expect((await call('dns_top')).text).toMatch(/blocked, last 24 h, of \d+ questions\nname\|count\|share\n\S+\|\d+\|/);
  await pair.backup.stop();
  expect((await call('dns_top')).text).toContain('NOT ASKED nas');
});
