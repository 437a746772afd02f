import { afterEach, expect, test } from 'vitest';
import { logger } from '../log/logger.ts';
import type { Serving } from '../serve.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { modern, send } from '../testing/raw-http.ts';
import { start, TOKENS } from '../testing/start.ts';

let server: Serving;
afterEach(() => server.close());

const list = modern('tools/list');

test('of 1,000 calls at once each is answered or told when to come again', async () => {
  server = await start(fixtureServer, shelf());
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, id) => send(server.url, modern('tools/call', { name: 'shelf_list', arguments: {} }, { id }))),
  );
  const served = answers.filter(({ status }) => status === 200);
  const later = answers.filter(({ status }) => status === 429);
  expect(served.length + later.length).toBe(1000);
  expect(served.length).toBeGreaterThan(0);
  for (const { json } of served) expect(json.result.content[0].text).toContain('alpha');
  expect(new Set(served.map(({ json }) => json.id)).size).toBe(served.length);
  for (const { headers } of later) expect(headers['retry-after']).toMatch(/^\d+$/);
  expect((await send(server.url, list)).status).toBe(200);
});

test('a token that asks too often waits; another does not', async () => {
  server = await start(fixtureServer, shelf(), { env: { RATE_PER_MINUTE: '6', RATE_BURST: '3' } });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await send(server.url, list)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await send(server.url, list);
  expect(refused.json.error.message).toMatch(/RATE_PER_MINUTE/);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(10);
  expect((await send(server.url, { ...list, headers: { ...list.headers, authorization: `Bearer ${TOKENS.write}` } })).status).toBe(200);
});

test('64 calls of one token run at once, the next is told to wait, and a place comes free', async () => {
  const goods = shelf();
  server = await start(fixtureServer, goods);
  const wait = modern('tools/call', { name: 'shelf_wait', arguments: {} });
  const waiting = Array.from({ length: 64 }, () => send(server.url, wait));
  await expect.poll(() => goods.signals.length).toBe(64);
  const refused = await send(server.url, list);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
  goods.letGo();
  expect((await Promise.all(waiting)).every(({ status }) => status === 200)).toBe(true);
  await expect.poll(async () => (await send(server.url, list)).status).toBe(200);
});

test('what is turned away is logged without its token and counted by its reason', async () => {
  const lines: string[] = [];
  server = await start(fixtureServer, shelf(), {
    log: logger({ name: 'mcp-fixture', destination: { write: (line: string) => void lines.push(line) } }),
  });
  await send(server.url, { ...list, headers: { ...list.headers, authorization: 'Bearer a-secret-nobody-knows' } });
  await send(server.url, { ...list, headers: { ...list.headers, host: 'evil.example.com' } });
  const refused = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'refused');
  expect(refused).toMatchObject([
    { status: 401, reason: 'wrong', requestId: expect.stringMatching(/^[\da-f]{8}$/) },
    { status: 403, reason: 'host' },
  ]);
  expect(lines.join('')).not.toContain('a-secret');
  const page = await send(server.url.replace('/mcp', '/metrics'), { method: 'GET' });
  expect(page.text).toMatch(/mcp_auth_rejected_total\{reason="wrong",server="mcp-fixture"\} 1/);
  expect(page.text).toMatch(/mcp_auth_rejected_total\{reason="host",server="mcp-fixture"\} 1/);
});
