import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Serving } from '../serve.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { type Answer, modern, type Sending, send } from '../testing/raw-http.ts';
import { start } from '../testing/start.ts';

// Plain requests go over our transport. With this off, the same server sends every request through the SDK's own entry.
const ours = vi.hoisted(() => ({ on: true, taken: 0 }));
vi.mock('./inbound.ts', async (original) => {
  const real = await original<typeof import('./inbound.ts')>();
  const isPlain = (...all: Parameters<typeof real.isPlain>): boolean => {
    const plain = ours.on && real.isPlain(...all);
    if (plain) ours.taken += 1;
    return plain;
  };
  return { ...real, isPlain };
});

let server: Serving;
beforeAll(async () => {
  server = await start(fixtureServer, shelf());
});
afterAll(() => server.close());

async function both(sending: Sending): Promise<[Answer, Answer]> {
  ours.on = true;
  const mine = await send(server.url, sending);
  ours.on = false;
  return [mine, await send(server.url, sending)];
}

async function expectSame(sending: Sending): Promise<void> {
  const [mine, sdk] = await both(sending);
  expect([mine.status, mine.text]).toEqual([sdk.status, sdk.text]);
  expect(mine.headers['content-type']).toBe(sdk.headers['content-type']);
}

const call = (name: string, args?: unknown, more?: Parameters<typeof modern>[2]): Sending =>
  modern('tools/call', { name, arguments: args }, more);
const RIGHT: Record<string, Sending> = {
  'tools/list': modern('tools/list'),
  'resources/list': modern('resources/list'),
  'resources/templates/list': modern('resources/templates/list'),
  'prompts/list': modern('prompts/list'),
  'server/discover': modern('server/discover'),
  'resources/read': modern('resources/read', { uri: 'shelf://whole' }),
  'resources/read, unknown': modern('resources/read', { uri: 'shelf://nothing' }),
  'prompts/get': modern('prompts/get', { name: 'about_item', arguments: { item: 'alpha' } }),
  'prompts/get, unknown': modern('prompts/get', { name: 'nothing' }),
  'completion/complete': modern('completion/complete', {
    ref: { type: 'ref/prompt', name: 'about_item' },
    argument: { name: 'item', value: 'al' },
  }),
  'a call': call('shelf_list', { limit: 2 }),
  'a call with a text id': call('shelf_list', {}, { id: 'té"xt' }),
  'a call with a picture': call('shelf_picture', {}),
  'a call that fails': call('shelf_fail', { how: 'fault' }),
  'a call with wrong arguments': call('shelf_list', { limit: 'x' }),
  'an unknown tool': call('nothing', {}),
  'a call that asks for progress and needs none': call('shelf_list', {}, { meta: { progressToken: 7 } }),
  'a method that only a session has': modern('ping'),
  'an unknown method': modern('tools/burn'),
};

/** Ways to spoil a request: of its headers, and of its body. */
const HEADERS: Record<string, Record<string, string | undefined>> = {
  'no version': { 'mcp-protocol-version': undefined },
  'an old version': { 'mcp-protocol-version': '2025-11-25' },
  'a future version': { 'mcp-protocol-version': '2031-01-01' },
  'an empty version': { 'mcp-protocol-version': '' },
  'no method': { 'mcp-method': undefined },
  'an empty method': { 'mcp-method': '' },
  'another method': { 'mcp-method': 'tools/list, tools/call' },
  'a method in capitals': { 'mcp-method': 'TOOLS/CALL' },
  'no name': { 'mcp-name': undefined },
  'an empty name': { 'mcp-name': '' },
  'another name': { 'mcp-name': 'shelf_put' },
  'an encoded name': { 'mcp-name': `=?base64?${Buffer.from('shelf_list').toString('base64')}?=` },
  'a badly encoded name': { 'mcp-name': '=?base64?%%%?=' },
  'an encoded name of another tool': { 'mcp-name': `=?base64?${Buffer.from('shelf_put').toString('base64')}?=` },
  'blanks around all': { 'mcp-name': ' shelf_list ', 'mcp-method': ' tools/call\t', 'mcp-protocol-version': ' 2026-07-28 ' },
};
// biome-ignore lint/suspicious/noExplicitAny: the point is to put wrong things in
const BODIES: Record<string, (body: any) => void> = {
  'no jsonrpc': (body) => delete body.jsonrpc,
  'another jsonrpc': (body) => {
    body.jsonrpc = '1.0';
  },
  'no id': (body) => delete body.id,
  'a null id': (body) => {
    body.id = null;
  },
  'a broken id': (body) => {
    body.id = 1.5;
  },
  'an id that is an object': (body) => {
    body.id = {};
  },
  'a stray key': (body) => {
    body.extra = 1;
  },
  'a result beside it': (body) => {
    body.result = {};
  },
  'no method': (body) => delete body.method,
  'a method that is a number': (body) => {
    body.method = 7;
  },
  initialize: (body) => {
    body.method = 'initialize';
  },
  'no params': (body) => delete body.params,
  'params that are a list': (body) => {
    body.params = [];
  },
  'no _meta': (body) => delete body.params._meta,
  'a _meta that is text': (body) => {
    body.params._meta = 'x';
  },
  'no version in _meta': (body) => delete body.params._meta['io.modelcontextprotocol/protocolVersion'],
  'an old version in _meta': (body) => {
    body.params._meta['io.modelcontextprotocol/protocolVersion'] = '2025-11-25';
  },
  'a version in _meta that is a number': (body) => {
    body.params._meta['io.modelcontextprotocol/protocolVersion'] = 2026;
  },
  'no capabilities': (body) => delete body.params._meta['io.modelcontextprotocol/clientCapabilities'],
  'capabilities that are text': (body) => {
    body.params._meta['io.modelcontextprotocol/clientCapabilities'] = 'all';
  },
  'a client without a name': (body) => {
    body.params._meta['io.modelcontextprotocol/clientInfo'] = {};
  },
  'no client': (body) => delete body.params._meta['io.modelcontextprotocol/clientInfo'],
  'a log level that is none': (body) => {
    body.params._meta['io.modelcontextprotocol/logLevel'] = 'loud';
  },
  'a progress token that is null': (body) => {
    body.params._meta.progressToken = null;
  },
  'a progress token that is broken': (body) => {
    body.params._meta.progressToken = 1.5;
  },
  'four keys, one of them wrong': (body) => {
    delete body.id;
    body.extra = 1;
  },
  'a huge id': (body) => {
    body.id = 1e300;
  },
  'a progress token that is an object': (body) => {
    body.params._meta.progressToken = {};
  },
  'no name': (body) => delete body.params.name,
  'a name that is a number': (body) => {
    body.params.name = 5;
  },
  'arguments that are text': (body) => {
    body.params.arguments = 'x';
  },
  'answers to what was not asked': (body) => {
    body.params.inputResponses = { a: 1 };
  },
  'answers that are null': (body) => {
    body.params.inputResponses = null;
  },
  'a state that is an object': (body) => {
    body.params.requestState = {};
  },
  'a state': (body) => {
    body.params.requestState = 'abc';
  },
};

test.each(Object.entries(RIGHT))('%s is answered byte for byte as the SDK answers', (_name, sending) => expectSame(sending));

test('the right requests went over our transport', () => {
  expect(ours.taken).toBeGreaterThanOrEqual(Object.keys(RIGHT).length);
});

test.each(Object.entries(HEADERS))('with %s in the headers, too', async (_name, headers) => {
  for (const right of [call('shelf_list', {}), modern('tools/list')])
    await expectSame({ ...right, headers: { ...right.headers, ...headers } });
});

test.each(Object.entries(BODIES))('with %s in the body, too', async (_name, spoil) => {
  for (const right of [call('shelf_list', {}), modern('tools/list'), modern('resources/read', { uri: 'shelf://whole' })]) {
    const body = JSON.parse(String(right.body));
    spoil(body);
    await expectSame({ ...right, body: JSON.stringify(body) });
  }
});
