import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Fault } from '../faults.ts';
import { path } from './address.ts';
import type { Ask, UpstreamOptions } from './ask.ts';
import { httpServer, type Misbehaving, rawServer } from './misbehaving.ts';
import { type Upstream, upstream } from './upstream.ts';

const Anything = z.unknown();
const Reading = z.object({ data: z.object({ result: z.array(z.object({ value: z.number() })) }) });
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function client(server: Pick<Misbehaving, 'url'>, options: Partial<UpstreamOptions> = {}): Upstream {
  const made = upstream({ name: 'Loki', baseUrl: server.url, settings: { url: 'LOKI_URL', auth: 'LOKI_TOKEN' }, ...options });
  closing.push(() => made.close());
  return made;
}

async function serving(...args: Parameters<typeof httpServer>): Promise<Misbehaving> {
  const server = await httpServer(...args);
  closing.unshift(server.close);
  return server;
}

async function raw(bytes: string | Buffer): Promise<Misbehaving> {
  const server = await rawServer(bytes);
  closing.unshift(server.close);
  return server;
}

async function failing(call: Promise<unknown>): Promise<Fault> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  return error as Fault;
}

const json = (up: Upstream, ask: Partial<Ask> = {}) => up.json(Anything, { path: '/x', ...ask });

describe('a good answer', () => {
  test('base path, query, headers and login arrive as they should', async () => {
    const server = await serving((_, response) => response.end('{"data":{"result":[{"value":1,"more":2}]}}'));
    const heard: unknown[] = [];
    const baseUrl = server.url.replace('http://', 'http://bob:sw%40rd@').concat('/loki/');
    const up = client(server, { baseUrl, headers: async () => ({ 'X-Scope': 'home' }), observer: (event) => heard.push(event) });
    const answer = await up.json(Reading, { path: path`/api/${'a/b c'}/x`, query: { match: ['a', 'b'], limit: 5, none: undefined } });
    expect(answer).toEqual({ data: { result: [{ value: 1 }] } });
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/loki/api/a%2Fb%20c/x?match=a&match=b&limit=5' });
    expect(server.seen[0]?.headers).toMatchObject({
      'x-scope': 'home',
      authorization: `Basic ${Buffer.from('bob:sw@rd').toString('base64')}`,
    });
    expect(heard).toEqual([{ upstream: 'Loki', ms: expect.any(Number), outcome: 'ok' }]);
    expect(up.health()).toMatchObject({ reachable: true, since: expect.any(Date) });
  });

  test('bodies as JSON, form and bytes; answers as text, bytes and nothing', async () => {
    const server = await serving((request, response) => {
      if (request.method === 'DELETE') response.writeHead(204).end();
      else response.writeHead(200, { 'content-type': 'image/png' }).end('pixels');
    });
    const up = client(server);
    expect(await up.text({ path: '/a', method: 'POST', body: { a: 1 } })).toBe('pixels');
    expect(await up.bytes({ path: '/b', method: 'POST', body: new URLSearchParams({ a: 'b c' }) })).toEqual({
      data: Buffer.from('pixels'),
      contentType: 'image/png',
    });
    expect(await up.json(z.undefined(), { path: '/c', method: 'DELETE', body: new Uint8Array([65, 66]) })).toBeUndefined();
    expect(server.seen.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
      ['{"a":1}', 'application/json'],
      ['a=b+c', 'application/x-www-form-urlencoded'],
      ['AB', undefined],
    ]);
  });

  test('connections are kept', async () => {
    const ports = new Set<number | undefined>();
    const server = await serving((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const up = client(server);
    for (let count = 0; count < 20; count++) await json(up);
    // A second one opens where the first is just being freed.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  test('a redirect on the same host is followed by GET, and only so far', async () => {
    const server = await serving((request, response) => {
      if (request.url === '/x') response.writeHead(302, { location: '/y?z=1' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else response.end('{"at":"y"}');
    });
    const up = client(server);
    expect(await json(up)).toEqual({ at: 'y' });
    expect((await failing(json(up, { path: '/loop' }))).code).toBe('upstream');
    expect((await failing(json(up, { method: 'POST' }))).message).toContain('may have happened');
  });

  test('at most as many at once as are let in', async () => {
    let now = 0;
    let most = 0;
    const server = await serving((_, response) => {
      most = Math.max(most, ++now);
      setImmediate(() => {
        now--;
        response.end('{}');
      });
    });
    const up = client(server, { concurrency: 3 });
    await Promise.all(Array.from({ length: 30 }, () => json(up)));
    expect(server.seen).toHaveLength(30);
    expect(most).toBeLessThanOrEqual(3);
  });
});

describe('a bad answer', () => {
  const cases: [name: string, bytes: string | Buffer, code: string, says: RegExp][] = [
    ['a web page', 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>Evil login</html>', 'upstream', /web page/],
    [
      'a web page that claims to be JSON',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n <!doctype html>Evil',
      'upstream',
      /web page/,
    ],
    ['invalid JSON', 'HTTP/1.1 200 OK\r\n\r\n{"Evil": tru', 'upstream', /not JSON/],
    ['another shape', 'HTTP/1.1 200 OK\r\n\r\n{"data":{"result":[{"value":"Evil"}]}}', 'upstream', /at `data\.result\.0\.value`/],
    ['a body that breaks off', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"Evil":', 'upstream', /broke off/],
    ['a chunked body that breaks off', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"Evi', 'upstream', /broke off/],
    ['no HTTP at all', 'SSH-2.0-Evil\r\n', 'upstream', /does not speak HTTP/],
    ['a garbage status line', 'HTTP/9.9 abc Evil\r\n\r\n', 'upstream', /does not speak HTTP/],
    [
      'endless headers',
      `HTTP/1.1 200 OK\r\n${'x-evil: '.concat('a'.repeat(900), '\r\n').repeat(200)}\r\n`,
      'upstream',
      /does not speak HTTP/,
    ],
    ['broken compression', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\nEvil, not gzip', 'upstream', /broke off/],
    [
      'compression cut short',
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), gzipSync('{"a":"Evil"}').subarray(0, 14)]),
      'upstream',
      /broke off/,
    ],
    ['an unknown encoding', 'HTTP/1.1 200 OK\r\ncontent-encoding: evil\r\n\r\nabc', 'upstream', /encoding/],
    ['a huge body', `HTTP/1.1 200 OK\r\n\r\n"${'Evil'.repeat(1_000_000)}"`, 'upstream', /more than is read/],
    ['a huge announcement', 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n', 'upstream', /more than is read/],
    ['another host', 'HTTP/1.1 302 Found\r\nlocation: http://evil.example/\r\ncontent-length: 0\r\n\r\n', 'upstream', /another address/],
    ['another port', 'HTTP/1.1 307 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n', 'upstream', /another address/],
    ['another scheme', 'HTTP/1.1 301 Found\r\nlocation: file:///etc/Evil\r\ncontent-length: 0\r\n\r\n', 'upstream', /another address/],
  ];
  for (const [name, bytes, code, says] of cases) {
    test(name, async () => {
      const up = client(await raw(bytes), { maxBytes: 1_000_000, headers: { authorization: 'Bearer Evil-token' }, retries: 0 });
      const fault = await failing(up.json(Reading, { path: '/x', query: { token: 'Evil' } }));
      expect(fault.code).toBe(code);
      expect(fault.message).toMatch(/^Loki .*\.$/);
      expect(fault.message).toMatch(says);
      expect(fault.text()).not.toMatch(/evil/i);
    });
  }

  test('a gzip bomb is stopped by what it unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1_024 * 1_024));
    const server = await serving((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect((await failing(json(client(server, { maxBytes: 1_000_000 })))).message).toMatch(/more than is read/);
  });

  test.each([
    [400, 'upstream', ''],
    [401, 'denied', 'LOKI_TOKEN'],
    [403, 'denied', 'LOKI_TOKEN'],
    [404, 'not_found', ''],
    [409, 'conflict', ''],
    [500, 'upstream', 'log'],
    [503, 'unavailable', ''],
    [504, 'timeout', ''],
  ])('status %d is %s', async (status, code, hint) => {
    const server = await serving((_, response) => response.writeHead(status).end('{"error":"Evil"}'));
    const fault = await failing(json(client(server, { retries: 0 })));
    expect([fault.code, fault.text().includes(String(status)), fault.text().includes(hint), /evil/i.test(fault.text())]).toEqual([
      code,
      true,
      true,
      false,
    ]);
  });

  test('a client may say what a refusal means', async () => {
    const server = await serving((_, response) => response.writeHead(422).end('{"error":"parse error"}'));
    const explain = (status: number, body: unknown) =>
      status === 422 ? new Fault('invalid_input', `Loki says "${(body as { error: string }).error}".`) : undefined;
    expect((await failing(json(client(server, { explain })))).text()).toBe('invalid_input: Loki says "parse error".');
  });
});

describe('paths and addresses', () => {
  test.each(['x', '//evil.example/x', '/a/../b', '/a/./b', '/a?b', '/a#b', '/a\r\nb: c', '/a\\b', '/..'])('%j is no path', async (bad) => {
    const server = await serving((_, response) => response.end('{}'));
    expect((await failing(json(client(server), { path: bad }))).code).toBe('internal');
    expect(server.seen).toHaveLength(0);
  });
  test.each(['..', '.', ''])('%j is no name in a path', (bad) => {
    expect(() => path`/a/${bad}/b`).toThrow(Fault);
  });
  test.each(['nonsense', 'ftp://nas', 'file:///etc/passwd'])('%s is no base address', (bad) => {
    expect(() => upstream({ name: 'Loki', baseUrl: bad, settings: { url: 'LOKI_URL' } })).toThrow(/LOKI_URL/);
  });
});
