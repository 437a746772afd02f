import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Fault } from '../faults.ts';
import type { Ask, UpstreamOptions } from './ask.ts';
import { httpServer, type Misbehaving, rawServer } from './misbehaving.ts';
import { retryAfter, waitBefore } from './retry.ts';
import { type Upstream, upstream } from './upstream.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serving(...args: Parameters<typeof httpServer>): Promise<Misbehaving> {
  const server = await httpServer(...args);
  closing.unshift(server.close);
  return server;
}

function client(url: string, options: Partial<UpstreamOptions> = {}): Upstream {
  const made = upstream({ name: 'Loki', baseUrl: url, settings: { url: 'LOKI_URL' }, ...options });
  closing.push(() => made.close());
  return made;
}

const json = (up: Upstream, ask: Partial<Ask> = {}) => up.json(z.unknown(), { path: '/x', ...ask });
const failing = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  return error as Fault;
};

describe('waiting', () => {
  test('slow headers and a slow body end at the deadline', async () => {
    const server = await serving((request, response) => {
      if (request.url === '/body') response.writeHead(200).write('{"a":');
    });
    const heard: string[] = [];
    const up = client(server.url, { deadlineMs: 80, observer: ({ outcome }) => heard.push(outcome) });
    for (const where of ['/head', '/body']) {
      const fault = await failing(json(up, { path: where }));
      expect(fault.text()).toMatch(/^timeout: Loki did not answer within 0\.08 s\. /);
    }
    expect(heard).toEqual(['timeout', 'timeout']);
    expect(server.seen).toHaveLength(2);
  });

  test('time in the queue counts, and leaving the queue leaves no hole', async () => {
    let release: (() => void) | undefined;
    const server = await serving((request, response) => {
      if (request.url === '/hold') release = () => response.end('{}');
      else response.end('{}');
    });
    const up = client(server.url, { concurrency: 1 });
    const first = json(up, { path: '/hold' });
    await expect.poll(() => release !== undefined).toBe(true);
    expect((await failing(json(up, { deadlineMs: 30 }))).code).toBe('timeout');
    release?.();
    await first;
    expect(await json(up)).toEqual({});
    expect(server.seen.map(({ url }) => url)).toEqual(['/hold', '/x']);
  });

  test('the caller ends it, and the upstream sees it end', async () => {
    let closed = false;
    const controller = new AbortController();
    const server = await serving((request) => {
      request.socket.on('close', () => {
        closed = true;
      });
      controller.abort();
    });
    const heard: string[] = [];
    const up = client(server.url, { observer: ({ outcome }) => heard.push(outcome) });
    expect((await failing(json(up, { signal: controller.signal }))).message).toMatch(/cancelled/);
    await expect.poll(() => closed).toBe(true);
    expect(heard).toEqual(['cancelled']);
    expect((await failing(json(up, { signal: AbortSignal.abort() }))).message).toMatch(/cancelled/);
    expect(server.seen).toHaveLength(1);
  });
});

describe('trying again', () => {
  const stumbling = (stumble: (count: number) => boolean, status = 503, headers: Record<string, string> = {}) =>
    serving((_, response, count) => (stumble(count) ? response.writeHead(status, headers).end() : response.end('{"ok":true}')));

  test.each([502, 503, 504, 429])('a read survives a passing %d', async (status) => {
    const server = await stumbling((count) => count === 1, status, { 'retry-after': '0' });
    expect(await json(client(server.url))).toEqual({ ok: true });
    expect(server.seen).toHaveLength(2);
  });

  test('a read gives up after its retries, at once where the wait is too long, and never tries a plain error again', async () => {
    const always = await stumbling(() => true);
    expect((await failing(json(client(always.url)))).code).toBe('unavailable');
    expect(always.seen).toHaveLength(3);
    const later = await stumbling(() => true, 429, { 'retry-after': '3600' });
    expect((await failing(json(client(later.url)))).text()).toBe('unavailable: Loki is asked too often (429). It asks to wait 3600 s.');
    expect(later.seen).toHaveLength(1);
    const broken = await stumbling(() => true, 500);
    await failing(json(client(broken.url)));
    expect(broken.seen).toHaveLength(1);
  });

  test('a reset before the answer: a read is tried again, a write is not and says that it may have happened', async () => {
    const server = await serving((request, response, count) => {
      if (count % 2 === 1) request.socket.resetAndDestroy();
      else response.end('{"ok":true}');
    });
    expect(await json(client(server.url))).toEqual({ ok: true });
    const fault = await failing(json(client(server.url), { method: 'POST', body: {} }));
    expect([fault.code, fault.message]).toEqual(['upstream', 'Loki broke off its answer. The change may have happened all the same.']);
    expect(server.seen).toHaveLength(3);
    // A POST that only asks is a read.
    expect(await json(client(server.url), { path: '/query', method: 'POST', reads: true })).toEqual({ ok: true });
  });

  test('no write is sent twice, whatever comes back', async () => {
    for (const status of [429, 500, 502, 503, 504]) {
      const server = await stumbling(() => true, status, { 'retry-after': '0' });
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        const fault = await failing(json(client(server.url), { method }));
        expect(fault.message.includes('may have happened')).toBe(status >= 500);
      }
      expect(server.seen).toHaveLength(4);
    }
  });

  test('a write that timed out says that it may have happened; one that found nobody does not', async () => {
    const silent = await serving(() => {});
    expect((await failing(json(client(silent.url, { deadlineMs: 50 }), { method: 'POST' }))).message).toMatch(/may have happened/);
    const gone = await serving(() => {});
    await gone.close();
    const fault = await failing(json(client(gone.url), { method: 'POST' }));
    expect(fault.text()).toBe('unavailable: Loki refuses connections: nothing listens there. Check LOKI_URL, and that it runs.');
  });

  test('Retry-After in both forms, within reason', () => {
    expect([retryAfter('7'), retryAfter('x'), retryAfter(''), retryAfter(undefined)]).toEqual([7, undefined, undefined, undefined]);
    expect(retryAfter('Fri, 20 Nov 2026 08:00:10 GMT', Date.parse('2026-11-20T08:00:00Z'))).toBe(10);
    expect(retryAfter('Fri, 20 Nov 2020 08:00:10 GMT')).toBe(0);
    expect([waitBefore(1, undefined, 9_000, () => 0.5), waitBefore(3, undefined, 9_000, () => 0.5)]).toEqual([100, 400]);
    expect([waitBefore(1, 2, 9_000), waitBefore(1, 2, 1_000), waitBefore(1, 60, 90_000)]).toEqual([2_000, undefined, undefined]);
  });
});

describe('who is not there', () => {
  test('a name that does not resolve', async () => {
    const fault = await failing(json(client('http://nowhere.invalid', { retries: 0 })));
    expect(fault.text()).toBe('unavailable: Loki cannot be found: its name does not resolve. Check the host in LOKI_URL, and DNS.');
  });

  test('http where https was asked', async () => {
    const plain = await rawServer('HTTP/1.1 400 Bad Request\r\n\r\n');
    closing.unshift(plain.close);
    const fault = await failing(json(client(plain.url.replace('http:', 'https:'), { retries: 0 })));
    expect(fault.text()).toMatch(/^unavailable: Loki has no TLS that can be trusted\. Check http or https in LOKI_URL/);
  });

  test('health follows what happens; a probe tells and never rejects', async () => {
    const server = await serving((_, response) => response.writeHead(401).end());
    const up = client(server.url, { retries: 0 });
    expect(up.health()).toEqual({ reachable: undefined });
    expect(await up.probe()).toMatchObject({ reachable: true, ms: expect.any(Number), note: expect.stringContaining('401') });
    const since = up.health().since;
    await up.probe();
    expect(up.health().since).toBe(since);
    await server.close();
    expect(await up.probe()).toMatchObject({ reachable: false, note: expect.stringContaining('Loki') });
  });
});

describe('streams', () => {
  test('lines as they come, over split characters and past the deadline', async () => {
    let write: ((chunk: Buffer | string) => void) | undefined;
    const server = await serving((_, response) => {
      response.writeHead(200);
      response.flushHeaders();
      write = (chunk) => (chunk === '' ? response.end() : response.write(chunk));
    });
    const up = client(server.url, { deadlineMs: 60 });
    const lines = up.stream({ path: '/tail' });
    const first = lines.next();
    await expect.poll(() => write !== undefined).toBe(true);
    const [a, b] = [Buffer.from('grün\r\nzw').subarray(0, 3), Buffer.from('grün\r\nzw').subarray(3)];
    write?.(a);
    write?.(b);
    expect(await first).toEqual({ done: false, value: 'grün' });
    // Longer than the deadline: only the first byte is under it.
    const waited = performance.now();
    await expect.poll(() => performance.now() - waited).toBeGreaterThan(70);
    write?.('ei\nlast');
    write?.('');
    expect([await lines.next(), await lines.next(), await lines.next()]).toEqual([
      { done: false, value: 'zwei' },
      { done: false, value: 'last' },
      { done: true, value: undefined },
    ]);
  });

  test('leaving the loop or aborting ends the request; an endless line is cut', async () => {
    let open = 0;
    const server = await serving((request, response) => {
      open++;
      request.socket.on('close', () => open--);
      response.writeHead(200).write(request.url === '/long' ? `${'x'.repeat(300_000)}\nshort\n` : 'one\ntwo\n');
    });
    const up = client(server.url);
    for await (const line of up.stream({ path: '/tail' })) {
      expect(line).toBe('one');
      break;
    }
    await expect.poll(() => open).toBe(0);
    const controller = new AbortController();
    const lines = up.stream({ path: '/tail', signal: controller.signal });
    await lines.next();
    await lines.next();
    const waiting = failing(lines.next());
    controller.abort();
    expect((await waiting).message).toMatch(/cancelled/);
    const long = up.stream({ path: '/long' });
    expect(((await long.next()).value as string).length).toBeLessThan(140_000);
    expect((await long.next()).value).toBe('short');
    await long.return(undefined);
    await expect.poll(() => open).toBe(0);
  });
});
