import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Serving } from '../serve.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { modern, type Sending, send } from '../testing/raw-http.ts';
import { start, TOKENS } from '../testing/start.ts';

let server: Serving;
beforeAll(async () => {
  server = await start(fixtureServer, shelf());
});
afterAll(() => server.close());

const list = modern('tools/list');
const call = (args: unknown, name = 'shelf_list') => modern('tools/call', { name, arguments: args });
const alive = async (): Promise<void> =>
  expect((await send(server.url, call({ limit: 1 }))).json.result.content[0].text).toContain('alpha');

interface Wrong extends Sending {
  status: number;
  says: RegExp;
  code?: number;
}

const WRONG: Record<string, Wrong> = {
  'no token': { ...list, headers: { ...list.headers, authorization: undefined }, status: 401, says: /A token is needed/ },
  'a wrong token': { ...list, headers: { ...list.headers, authorization: 'Bearer nobody' }, status: 401, says: /not known here/ },
  'another scheme': { ...list, headers: { ...list.headers, authorization: `Basic ${TOKENS.read}` }, status: 401, says: /not known here/ },
  'a foreign Host': {
    ...list,
    headers: { ...list.headers, host: 'evil.example.com' },
    status: 403,
    says: /`evil.example.com`.*ALLOWED_HOSTS/,
  },
  'a Host that is none': { ...list, headers: { ...list.headers, host: 'a b<script>' }, status: 403, says: /\(unreadable\).*ALLOWED_HOSTS/ },
  'a foreign Origin': { ...list, headers: { ...list.headers, origin: 'https://evil.example.com' }, status: 403, says: /ALLOWED_ORIGINS/ },
  'the null Origin': { ...list, headers: { ...list.headers, origin: 'null' }, status: 403, says: /ALLOWED_ORIGINS/ },
  PUT: { ...list, method: 'PUT', status: 405, says: /PUT is not served here/ },
  'GET without a session': { method: 'GET', status: 405, says: /GET is not served here/ },
  'an unknown path': { ...list, path: '/sse', status: 404, says: /MCP is served at \/mcp/ },
  'an unknown format': { ...list, path: '/mcp?format=xml', status: 400, says: /only formats/ },
  'two formats': { ...list, path: '/mcp?format=json&format=text', status: 400, says: /only formats/ },
  'text/plain': { ...list, headers: { ...list.headers, 'content-type': 'text/plain' }, status: 415, says: /application\/json/ },
  'another charset': {
    ...list,
    headers: { ...list.headers, 'content-type': 'application/json; charset=utf-16' },
    status: 415,
    says: /application\/json/,
  },
  'no content type': { ...list, headers: { ...list.headers, 'content-type': undefined }, status: 415, says: /application\/json/ },
  'a gzip body': { ...list, headers: { ...list.headers, 'content-encoding': 'gzip' }, status: 415, says: /compressed/ },
  'no body': { headers: list.headers ?? {}, status: 400, says: /empty/, code: -32700 },
  'broken JSON': { ...list, body: '{"jsonrpc":', status: 400, says: /not valid JSON/, code: -32700 },
  'bytes that are no UTF-8': {
    ...list,
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    status: 400,
    says: /not valid JSON/,
    code: -32700,
  },
  'a number': { ...list, body: '42', status: 400, says: /JSON-RPC/, code: -32600 },
  null: { ...list, body: 'null', status: 400, says: /JSON-RPC/, code: -32600 },
  'an empty object': { ...list, body: '{}', status: 400, says: /JSON-RPC/, code: -32600 },
  'a batch': { ...list, body: `[${list.body},${list.body}]`, status: 400, says: /Batches/, code: -32600 },
  '10,000 nested arrays': { ...list, body: `${'['.repeat(10_000)}${']'.repeat(10_000)}`, status: 400, says: /64 levels/, code: -32600 },
  'deep arguments': {
    ...call({ limit: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) }),
    status: 400,
    says: /64 levels/,
    code: -32600,
  },
  '1.2 MB': { ...list, body: JSON.stringify({ filler: 'x'.repeat(1_200_000) }), status: 413, says: /1 MiB/ },
  '10 MiB': { ...list, body: Buffer.alloc(10 * 1_048_576, 0x20), status: 413, says: /1 MiB/ },
  '10 MiB in chunks': {
    ...list,
    headers: { ...list.headers, 'transfer-encoding': 'chunked' },
    body: Buffer.alloc(10 * 1_048_576, 0x20),
    status: 413,
    says: /1 MiB/,
  },
  'no Mcp-Method': { ...list, headers: { ...list.headers, 'mcp-method': undefined }, status: 400, says: /Mcp-Method/, code: -32020 },
  'another Mcp-Method': { ...list, headers: { ...list.headers, 'mcp-method': 'tools/call' }, status: 400, says: /disagree/, code: -32020 },
  'no Mcp-Name': { ...call({}), headers: { ...call({}).headers, 'mcp-name': undefined }, status: 400, says: /Mcp-Name/, code: -32020 },
  'another Mcp-Name': {
    ...call({}),
    headers: { ...call({}).headers, 'mcp-name': 'shelf_put' },
    status: 400,
    says: /disagree/,
    code: -32020,
  },
  'another version in the header': {
    ...list,
    headers: { ...list.headers, 'mcp-protocol-version': '2027-01-01' },
    status: 400,
    says: /disagree/,
    code: -32020,
  },
  'an unknown version': {
    headers: { ...list.headers, 'mcp-protocol-version': '2027-01-01' },
    body: list.body.replace('2026-07-28', '2027-01-01'),
    status: 400,
    says: /Unsupported protocol version/,
    code: -32022,
  },
  'an unknown method': { ...modern('tools/burn'), status: 404, says: /Method not found/, code: -32601 },
  'a 2025 call without a session': {
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    status: 400,
    says: /Mcp-Session-Id/,
    code: -32000,
  },
  'a session that never was': {
    headers: { 'mcp-session-id': '8f14e45f-ceea-467f-a0e6-7a3f2b9c2d11' },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    status: 404,
    says: /Session not found/,
  },
};

describe('a request that is wrong gets its own answer', () => {
  test.each(Object.entries(WRONG))('%s', async (_name, { status, says, code, ...sending }) => {
    const answer = await send(server.url, sending);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      jsonrpc: '2.0',
      error: { message: expect.stringMatching(says), ...(code === undefined ? {} : { code }) },
    });
    expect(answer.headers['x-request-id']).toMatch(/^[\da-f]{8}$/);
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="mcp-fixture"/);
    if (status === 405) expect(answer.headers.allow).toBe('POST, GET, DELETE');
    await alive();
  });
});

describe('arguments that are wrong are told, and break nothing', () => {
  test.each([
    ['a wrong type', { limit: 'many' }, /`limit`: invalid input/],
    ['an unknown argument', { limt: 3 }, /unknown argument `limt`/],
    ['an unknown argument with control characters', { 'a\u001b[31m\n': 1 }, /unknown argument `a\?\?31m\?`/],
    ['__proto__, which is dropped', JSON.parse('{"__proto__":{"polluted":true,"limit":"many"}}'), /^3 of 3 items/],
    ['constructor', JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'), /unknown argument `constructor`/],
    ['no object', [1], /Invalid tools\/call request/],
  ])('%s', async (_name, args, says) => {
    const { status, json } = await send(server.url, call(args));
    expect(status).toBe(200);
    const told = json.error?.message ?? json.result.content[0].text;
    expect(told).toMatch(says);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come back
    expect(told).not.toMatch(/[\u0000-\u0008\u001b]/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('an unknown tool names what is near', async () => {
    const { status, json } = await send(server.url, call({}, 'shelf_lst'));
    expect(status).toBe(200);
    expect(json.error).toMatchObject({ code: -32602, message: expect.stringContaining('shelf_list') });
  });

  test('a lone surrogate does not break the answer', async () => {
    const put = modern('tools/call', { name: 'shelf_put', arguments: { item: 'lone' } });
    const sent = { headers: { ...put.headers, authorization: `Bearer ${TOKENS.write}` }, body: put.body.replace('lone', 'lone\\ud800') };
    expect((await send(server.url, sent)).json.result.content[0].text).toMatch(/now holds/);
    expect((await send(server.url, call({ limit: 100 }))).json.result.content[0].text).toContain('lone');
  });
});
