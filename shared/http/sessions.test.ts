import { afterEach, expect, test } from 'vitest';
import type { Serving } from '../serve.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { type Answer, initialize, send } from '../testing/raw-http.ts';
import { start, TOKENS } from '../testing/start.ts';

let server: Serving;
afterEach(() => server.close());

const LIST = '{"jsonrpc":"2.0","id":2,"method":"tools/list"}';

async function open(path = '/mcp', token: string = TOKENS.read): Promise<string> {
  const { headers, status } = await send(server.url, { path, headers: { authorization: `Bearer ${token}` }, body: initialize });
  expect(status).toBe(200);
  return String(headers['mcp-session-id']);
}

const use = (session: string, more: { path?: string; token?: string; method?: string } = {}): Promise<Answer> =>
  send(server.url, {
    path: more.path ?? '/mcp',
    method: more.method ?? 'POST',
    headers: { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25', authorization: `Bearer ${more.token ?? TOKENS.read}` },
    ...(more.method ? {} : { body: LIST }),
  });

test('a session answers the token that made it, and is unknown to others', async () => {
  server = await start(fixtureServer, shelf());
  const session = await open();
  expect((await use(session)).json.result.tools[0].name).toBe('shelf_list');
  const foreign = await use(session, { token: TOKENS.destructive });
  expect([foreign.status, foreign.json.error.message]).toEqual([404, expect.stringContaining('Session not found')]);
  expect((await use(session, { token: TOKENS.destructive, method: 'DELETE' })).status).toBe(404);
  expect((await use(session)).status).toBe(200);
});

test('a session keeps the format it began with', async () => {
  server = await start(fixtureServer, shelf());
  const session = await open('/mcp?format=json');
  expect((await use(session)).json.error.message).toMatch(/keeps the format/);
  expect((await use(session)).status).toBe(400);
  expect((await use(session, { path: '/mcp?format=json' })).json.result.tools[0].outputSchema).toBeDefined();
});

test('a session that was deleted is gone', async () => {
  server = await start(fixtureServer, shelf());
  const session = await open();
  expect((await use(session, { method: 'DELETE' })).status).toBe(200);
  expect((await use(session)).status).toBe(404);
});

test('sessions are bounded; one that was just used is not taken for another', async () => {
  server = await start(fixtureServer, shelf(), { env: { MAX_SESSIONS: '2' } });
  const first = await open();
  await open();
  const full = await send(server.url, { body: initialize });
  expect([full.status, full.json.error.message]).toEqual([503, expect.stringContaining('MAX_SESSIONS')]);
  expect((await use(first)).status).toBe(200);
  await use(first, { method: 'DELETE' });
  await open();
});

test('the idlest session makes room, and an idle one ends by itself', async () => {
  server = await start(fixtureServer, shelf(), { env: { MAX_SESSIONS: '1', SESSION_IDLE_SECONDS: '1' } });
  const first = await open();
  // Held for a second after its last use; then a newcomer may have its place, or it ends.
  await expect.poll(async () => (await send(server.url, { body: initialize })).status, { timeout: 5_000 }).toBe(200);
  expect((await use(first)).status).toBe(404);
  const gauge = async (): Promise<string | undefined> =>
    /mcp_sessions\{[^}]*\} (\d+)/.exec((await send(server.url, { path: '/metrics', method: 'GET' })).text)?.[1];
  await expect.poll(gauge, { timeout: 5_000 }).toBe('0');
});

test('stateless serving has no sessions: a call needs no initialize, GET and DELETE are refused', async () => {
  server = await start(fixtureServer, shelf(), { env: { LEGACY: 'stateless' } });
  const listed = await send(server.url, { headers: { 'mcp-protocol-version': '2025-11-25' }, body: LIST });
  expect([listed.status, listed.json.result.tools[0].name]).toEqual([200, 'shelf_list']);
  expect((await send(server.url, { body: initialize })).headers['mcp-session-id']).toBeUndefined();
  for (const method of ['GET', 'DELETE']) expect((await use('any', { method })).status).toBe(405);
});
