import { afterEach, expect, test } from 'vitest';
import { logger } from '../log/logger.ts';
import type { Serving } from '../serve.ts';
import { CLIENTS, connect } from '../testing/connect.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { type Answer, modern, send } from '../testing/raw-http.ts';
import { start, TOKENS } from '../testing/start.ts';

let server: Serving;
afterEach(() => server.close());

const page = (path: string, headers: Record<string, string | undefined> = {}): Promise<Answer> =>
  send(server.url, { method: 'GET', path, headers: { 'content-type': undefined, ...headers } });
const NOBODY = { authorization: undefined };

test('/healthz answers anybody, by whatever name', async () => {
  server = await start(fixtureServer, shelf());
  expect((await page('/healthz', { ...NOBODY, host: 'probe.example.com' })).json).toEqual({ status: 'ok', server: 'mcp-fixture' });
});

test('/readyz tells which upstream is away, slow or broken, to those with a token', async () => {
  const since = new Date(Date.now() - 90_000);
  server = await start(fixtureServer, shelf(), {
    probes: [
      { name: 'good', probe: async () => ({ reachable: true, ms: 3, since }) },
      { name: 'away', probe: async () => ({ reachable: false, ms: 8, since }) },
      { name: 'broken', probe: () => Promise.reject(new Error('secret detail')) },
      {
        name: 'thrown',
        probe: () => {
          throw new Error('secret detail');
        },
      },
      { name: 'slow', probe: () => new Promise(() => {}) },
    ],
  });
  const told = await page('/readyz');
  expect(told.status).toBe(503);
  expect(told.json.upstreams).toMatchObject([
    { name: 'good', reachable: true, since: since.toISOString(), for: expect.stringContaining('1') },
    { name: 'away', reachable: false },
    { name: 'broken', reachable: false },
    { name: 'thrown', reachable: false },
    { name: 'slow', reachable: false, note: 'no answer in time' },
  ]);
  expect(told.text).not.toContain('secret detail');
  expect((await page('/readyz', NOBODY)).json).toEqual({ ready: false, server: 'mcp-fixture' });
});

test('/readyz is ready where every upstream answers or was not tried yet', async () => {
  server = await start(fixtureServer, shelf(), { probes: [{ name: 'new', probe: async () => ({ reachable: undefined }) }] });
  expect((await page('/readyz', NOBODY)).json).toEqual({ ready: true, server: 'mcp-fixture' });
});

test('/metrics needs a token and counts calls by tool, outcome and client', async () => {
  server = await start(fixtureServer, shelf());
  const refused = await page('/metrics', NOBODY);
  expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Bearer')]);
  expect((await page('/metrics', { host: 'evil.example.com' })).status).toBe(403);
  const client = { 'io.modelcontextprotocol/clientInfo': { name: 'claude-code', version: '2' } };
  await send(server.url, modern('tools/call', { name: 'shelf_list', arguments: {} }, { meta: client }));
  await send(server.url, modern('tools/call', { name: 'shelf_fail', arguments: { how: 'fault' } }, { meta: client }));
  await send(server.url, modern('tools/call', { name: 'made_up', arguments: {} }));
  const { text, headers } = await page('/metrics');
  expect(headers['content-type']).toContain('text/plain');
  expect(text).toMatch(/mcp_calls_total\{tool="shelf_list",outcome="ok",client="claude-code",server="mcp-fixture"\} 1/);
  expect(text).toMatch(/mcp_calls_total\{tool="shelf_fail",outcome="unavailable",client="claude-code",server="mcp-fixture"\} 1/);
  expect(text).toMatch(/mcp_calls_total\{tool="unknown",outcome="not_found",client="other",server="mcp-fixture"\} 1/);
  expect(text).toMatch(
    /mcp_call_seconds_count\{server="mcp-fixture",tool="shelf_list"\} 1|mcp_call_seconds_count\{tool="shelf_list",server="mcp-fixture"\} 1/,
  );
  expect(text).not.toContain('made_up');
});

test.each(CLIENTS)('a call of %s is one log line, without its arguments and its token', async (kind) => {
  const lines: string[] = [];
  server = await start(fixtureServer, shelf(), {
    log: logger({ name: 'mcp-fixture', destination: { write: (line: string) => void lines.push(line) } }),
  });
  const client = await connect(server.url, TOKENS.write, kind);
  await client.call('shelf_put', { item: 'hidden-argument' });
  await client.close();
  const calls = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'call');
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({
    server: 'mcp-fixture',
    severity: 'info',
    requestId: expect.stringMatching(/^[\da-f]{8}$/),
    caller: 'test-write',
    client: `test-${kind}`,
    era: kind === 'v2-modern' ? '2026' : '2025',
    tool: 'shelf_put',
    ms: expect.any(Number),
    bytes: 'The shelf now holds 4.'.length,
    tokens: expect.any(Number),
    outcome: 'ok',
  });
  expect(lines.join('')).not.toMatch(/hidden-argument|token-write/);
});

test('the trace a client sends is in the log line', async () => {
  const lines: string[] = [];
  server = await start(fixtureServer, shelf(), {
    log: logger({ name: 'mcp-fixture', destination: { write: (line: string) => void lines.push(line) } }),
  });
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  const sent = modern('tools/call', { name: 'shelf_list', arguments: {} });
  await send(server.url, { ...sent, headers: { ...sent.headers, traceparent } });
  await send(server.url, { ...sent, headers: { ...sent.headers, traceparent: 'not a trace' } });
  const calls = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'call');
  expect(calls.map((call) => call.traceparent)).toEqual([traceparent, undefined]);
});
