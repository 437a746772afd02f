import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { dnsServerOver } from '../tests/dns-server.ts';

test('fifty rows of both Pi-holes, folded, with names of lists, in 900 tokens', async () => {
  const { call } = await dnsServerOver();
  const { text } = await call('dns_query_log', { limit: 50, since: '6h' });
  expect(text).toMatch(/: 50 of \d+ questions, newest first\n/);
  expect(text).toMatch(/ BLOCKED (ads|tracking)/);
  expect(text).toMatch(/ nas ok/);
  expect(encode(text).length).toBeLessThanOrEqual(900);
});

test('one cursor goes over all pages of both, without a row twice or missing', async () => {
  const { call, pair } = await dnsServerOver();
  const rows: number[] = [];
  let cursor: string | undefined;
  let total = 0;
  for (let page = 0; page < 40; page++) {
    const { text } = await call('dns_query_log', { since: '1h', client: 'nas', limit: 100, ...(cursor ? { cursor } : {}) });
    const [, shown, of] = /: (\d+) of (\d+)/.exec(text) ?? [];
    rows.push(Number(shown));
    total = Math.max(total, Number(of));
    cursor = /cursor (\S+)/.exec(text)?.[1];
    if (!cursor) break;
  }
  const since = Date.now() / 1000 - 3600;
  const held = [pair.primary, pair.backup]
    .flatMap(({ queries }) => queries)
    .filter(({ time, client }) => time >= since && client.name === 'nas');
  expect(total).toBeGreaterThan(0);
  expect(Math.abs(rows.reduce((sum, count) => sum + count, 0) - held.length)).toBeLessThanOrEqual(2);
});

test('filters by outcome, device and wildcard; nothing is told as nothing; a wrong cursor or span is refused', async () => {
  const { call } = await dnsServerOver();
  const blocked = (await call('dns_query_log', { outcome: 'blocked', since: '6h', client: '192.0.2.71' })).text;
  expect(blocked).toContain('anna-phone BLOCKED');
  expect(blocked).not.toContain(' ok');
  expect((await call('dns_query_log', { domain: '*.smart-tv.example', since: '1d', limit: 5 })).text).toContain(
    'smart-tv.example living-room-tv',
  );
  expect((await call('dns_query_log', { domain: 'never.asked.example' })).text).toContain('nothing matches');
  for (const args of [{ cursor: 'xx' }, { since: 'yesterday' }, { pihole: 'third' }])
    expect((await call('dns_query_log', args)).isError).toBe(true);
});

test('a Pi-hole that is away is named, the other still answers', async () => {
  const { call, pair } = await dnsServerOver();
  await pair.backup.stop();
  const { text, isError } = await call('dns_query_log', { since: '1h' });
  expect([isError, text.includes('NOT ASKED nas: Pi-hole nas')]).toEqual([false, true]);
});
