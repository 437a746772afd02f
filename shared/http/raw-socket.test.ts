import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Serving } from '../serve.ts';
import { fixtureServer, shelf } from '../testing/fixture-server.ts';
import { modern, send, socket } from '../testing/raw-http.ts';
import { start, TOKENS } from '../testing/start.ts';

let server: Serving;
beforeAll(async () => {
  server = await start(fixtureServer, shelf(), { patience: { headersMs: 200, requestMs: 400 } });
});
afterAll(() => server.close());

const list = modern('tools/list');
const alive = async (): Promise<void> => expect((await send(server.url, list)).status).toBe(200);
const head = (more: string): string =>
  `POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKENS.read}\r\nContent-Type: application/json\r\n${more}`;

test('headers that never end are cut off', async () => {
  expect(await socket(server.url, head('X-Slow: ye'))).toMatch(/^HTTP\/1.1 408/);
  await alive();
});

test('a body that never ends is cut off', async () => {
  expect(await socket(server.url, head('Content-Length: 1000\r\n\r\n{"jsonrpc"'))).toMatch(/^HTTP\/1.1 (408|400)/);
  await alive();
});

test('a missing token is answered before the body comes', async () => {
  const early = new Promise<number>((resolve, reject) => {
    const { port } = new URL(server.url);
    const headers = { 'content-type': 'application/json', 'content-length': '1000000' };
    const sent = request({ port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode ?? 0);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
  expect(await early).toBe(401);
  await alive();
});

test('a body that is shorter than it said leaves the server up', async () => {
  const { port } = new URL(server.url);
  const cut = new Promise<void>((resolve) => {
    const headers = {
      ...list.headers,
      authorization: `Bearer ${TOKENS.read}`,
      'content-type': 'application/json',
      'content-length': '5000',
    };
    const sent = request({ port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers });
    sent.on('error', () => {}).on('close', resolve);
    sent.write('{"jsonrpc":"2.0"', () => sent.destroy());
  });
  await cut;
  await alive();
});

test.each([
  ['bytes that are no HTTP', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]), /^HTTP\/1.1 400/],
  ['headers of 64 KiB', head(`X-Long: ${'x'.repeat(65_536)}\r\n\r\n`), /^HTTP\/1.1 431/],
  ['two lengths', head('Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}'), /^HTTP\/1.1 400/],
  ['a length and chunks', head('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'), /^HTTP\/1.1 400/],
  ['a length that is none', head('Content-Length: five\r\n\r\n'), /^HTTP\/1.1 400/],
  ['a path with a line break', 'GET /mcp\r\n /x HTTP/1.1\r\nHost: localhost\r\n\r\n', /^HTTP\/1.1 400/],
  ['no Host', 'POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n', /^HTTP\/1.1 400/],
  ['two Hosts', 'POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.com\r\nContent-Length: 0\r\n\r\n', /^HTTP\/1.1 (400|401)/],
])('%s', async (_name, bytes, says) => {
  expect(await socket(server.url, bytes, '\r\n\r\n')).toMatch(says);
  await alive();
});

test('garbage behind a right request ends the connection', async () => {
  const body = list.body;
  const lines = Object.entries(list.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const got = await socket(server.url, `${head(`${lines.join('')}Content-Length: ${body.length}\r\n\r\n`)}${body}GARBAGE\r\n\r\n`);
  expect(got).toContain('HTTP/1.1 400');
  await alive();
});

test('requests sent at once on one connection are answered in their order', async () => {
  const lines = Object.entries(list.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  const one = (id: number): string => {
    const body = list.body.replace('"id":1', `"id":${id}`);
    return `${head(`${lines.join('')}Content-Length: ${body.length}\r\n\r\n`)}${body}`;
  };
  const got = await socket(server.url, [101, 102, 103].map(one).join(''), '"id":103');
  expect([...got.matchAll(/"id":(10\d)/g)].map(([, id]) => id)).toEqual(['101', '102', '103']);
});
