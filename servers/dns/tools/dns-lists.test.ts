import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('lists of both with age and state; one that gravity never took in waits', async () => {
  const { call, pair } = await dnsServerOver();
  const list = pair.backup.base.tables.lists[0];
  if (list) Object.assign(list, { updated: 0, status: 0 });
  const { text } = await call('dns_lists');
  expect(text).toMatch(/rpi\|6\|what the television sends home https:\/\/lists\.example\.net\/smart-tv\.txt\|1874\|/);
  expect(text).toMatch(/nas\|1\|ads .*never\|.*\|WAITS for gravity/);
  expect(text).not.toMatch(/nas\|6/);
});
