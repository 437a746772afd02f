import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('the lab as its story has it: seats, the list the backup lacks, the holder, the failover; 350 tokens', async () => {
  const { call } = await dnsServerOver();
  const { text } = await call('dns_overview');
  expect(text).toContain('rpi (primary): blocking on');
  expect(text).toContain('API seats 16/16, 15 held by 192.0.2.10');
  expect(text).toContain('nas lacks 1 list of rpi, first https://lists.example.net/smart-tv.txt');
  expect(text).toContain('shared address: rpi (seen by API and interfaces)');
  expect(text).toContain('failover now: would work, nas answers');
  expect(encode(text).length).toBeLessThanOrEqual(350);
});

test('one that is down, one that does not answer DNS, a lost Default group and a pause that nobody ends are told', async () => {
  const { call, pair } = await dnsServerOver();
  await call('dns_overview');
  pair.primary.blocking.active = false;
  pair.backup.responder.frozen = true;
  pair.backup.base.tables.groups.shift();
  const { text } = await call('dns_overview');
  expect(text).toContain('rpi: blocking is off without a timer and not by this server');
  expect(text).toContain('nas: no good answer over DNS (no answer)');
  expect(text).toContain('nas: the Default group is gone');
  expect(text).toContain('failover now: would NOT work');
  await pair.backup.stop();
  const down = (await call('dns_overview')).text;
  expect(down).toContain('nas (backup): NOT ANSWERING · Pi-hole nas refuses connections');
  expect(encode(down).length).toBeLessThanOrEqual(350);
});

test('a version file that is missing, and both down, are no fault of the call', async () => {
  const { call, pair } = await dnsServerOver({ versionsFile: false });
  expect((await call('dns_overview')).text).toContain('rpi (primary): blocking on');
  await Promise.all([pair.primary.stop(), pair.backup.stop()]);
  const { text, isError } = await call('dns_overview');
  expect([isError, text.match(/NOT ANSWERING/g)?.length]).toEqual([false, 2]);
});
