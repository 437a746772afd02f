import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, onTestFinished, test } from 'vitest';
import { CLIENTS } from '../../shared/testing/connect.ts';
import { dnsServer } from './server.ts';
import { labPair } from './simulator/lab-pair.ts';
import { dnsServerOver } from './tests/dns-server.ts';

const READS: readonly [string, Record<string, unknown>][] = [
  ['dns_overview', {}],
  ['dns_why', { domain: 'ads.banner.example', client: 'anna-phone' }],
  ['dns_probe', { name: 'ads.banner.example' }],
  ['dns_query_log', { since: '1h' }],
  ['dns_rules', {}],
  ['dns_lists', {}],
  ['dns_devices', {}],
  ['dns_top', {}],
  ['dns_history', {}],
  ['dns_records', {}],
  ['dns_diagnostics', { section: 'seats' }],
  ['dns_actions', {}],
];

test('every client lists and calls every reading tool, resource and prompt on the pair', async () => {
  const { connect, pair } = await dnsServerOver();
  for (const kind of CLIENTS) {
    const client = await connect(kind);
    expect((await client.raw.listTools()).tools.map(({ name }) => name)).toEqual(dnsServer.tools.map(({ name }) => name));
    for (const [tool, args] of READS) {
      const { text, isError } = await client.call(tool, args);
      expect([kind, tool, isError, text.length > 0]).toEqual([kind, tool, false, true]);
    }
    const overview = await client.raw.readResource({ uri: 'dns://overview' });
    expect(JSON.stringify(overview.contents)).toContain('rpi (primary)');
    const node = await client.raw.readResource({ uri: 'dns://node/nas' });
    expect(JSON.stringify(node.contents)).toContain('nas (backup)');
    const prompt = await client.raw.getPrompt({ name: 'site_is_broken', arguments: { site: 'https://stats.news.example/x' } });
    expect(JSON.stringify(prompt.messages)).toContain('pixel.tracker.example');
    const failover = await client.raw.getPrompt({ name: 'failover_readiness', arguments: {} });
    expect(JSON.stringify(failover.messages)).toContain('failover now');
  }
  expect([pair.primary.crashes, pair.backup.crashes, pair.primary.sessions.logins]).toEqual([0, 0, 1]);
});

test('what a model reads of the tools is small, and no session id or password hash is in any reply', async () => {
  const snapshot = readFileSync(new URL('tools.snapshot.json', import.meta.url), 'utf8').trim();
  expect(encode(snapshot).length).toBeLessThanOrEqual(3_500);
  expect(Buffer.byteLength(dnsServer.instructions)).toBeLessThan(2_048);
  const { call, state } = await dnsServerOver();
  for (const [tool, args] of READS) {
    const { text } = await call(tool, args);
    for (const secret of ['BALLOON', 'simulated-password', ...state.sessions.values()]) expect(text).not.toContain(secret);
  }
  expect(state.sessions.size).toBe(2);
});

test.for([
  [
    'a web page',
    (response: ServerResponse) => response.setHeader('content-type', 'text/html').end('<html>hello</html>'),
    'a web page instead of data',
  ],
  ['50 MB', (response: ServerResponse) => response.end(Buffer.alloc(50_000_000, 120)), 'more than is read'],
  ['no JSON', (response: ServerResponse) => response.end('{"session":'), 'not JSON'],
  ['another shape', (response: ServerResponse) => response.end('{"session":5}'), 'another shape than expected'],
] as const)('%s in place of an answer is told in our words, and the other Pi-hole still answers', async ([, answer, told]) => {
  const server = createServer((_, response) => void answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const good = await labPair();
  onTestFinished(good.close);
  const dnsAt = { host: '127.0.0.1', port: good.primary.responder.port };
  const nodes = [
    { name: 'odd', role: 'primary' as const, url: `http://127.0.0.1:${port}`, password: 'x', dns: dnsAt },
    { name: 'good', role: 'backup' as const, url: good.backup.url, password: good.password, dns: dnsAt },
  ];
  const { call } = await dnsServerOver({}, { nodes });
  const { text } = await call('dns_overview');
  expect(text).toContain('odd (primary): NOT ANSWERING · Pi-hole odd answered');
  expect(text).toContain(told);
  expect(text).toContain('good (backup): blocking on');
});
