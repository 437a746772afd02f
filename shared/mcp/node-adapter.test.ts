import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { writeResponse } from './node-adapter.ts';

test('a client that goes away in the middle of a stream ends the writing, so that a server that stops need not wait for it', async () => {
  let cancelled = false;
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(': hello\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  const { promise: written, resolve } = Promise.withResolvers<void>();
  const server = createServer((_, res) => {
    const response = new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
    void writeResponse(response, res).then(resolve);
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const leave = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { signal: leave.signal });
  await answer.body?.getReader().read();
  leave.abort();
  await written;
  expect(cancelled).toBe(true);
});
