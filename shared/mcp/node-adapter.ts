import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadableStreamReadResult } from 'node:stream/web';

/**
 * The web `Request` for a Node request whose body was already parsed: only method, URL, headers and an abort signal.
 * The signal fires when the client goes away before the answer is finished, which cancels the call.
 */
export function toRequest(req: IncomingMessage, res: ServerResponse): Request {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    // SECURITY: the bearer token stops here; a handler or an upstream call that never sees it cannot pass it on.
    if (value === undefined || name === 'authorization' || name === 'cookie') continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const body = req.method === 'POST' ? { body: '{}' } : {};
  return new Request(`http://mcp${req.url ?? '/'}`, { method: req.method ?? 'GET', headers, signal: gone.signal, ...body });
}

/** Writes a web `Response`: JSON in one piece with its length, an event stream as it comes. */
export async function writeResponse(response: Response, res: ServerResponse): Promise<void> {
  if (res.destroyed) {
    await response.body?.cancel().catch(() => {});
    return;
  }
  const headers = Object.fromEntries(response.headers);
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    const body = Buffer.from(await response.arrayBuffer());
    res.writeHead(response.status, { ...headers, 'content-length': String(body.length) });
    return end(res, body);
  }
  res.writeHead(response.status, headers).flushHeaders();
  const reader = response.body?.getReader();
  if (!reader) return end(res);
  res.once('close', () => void reader.cancel().catch(() => {}));
  try {
    for (;;) {
      const { done, value }: ReadableStreamReadResult<Uint8Array> = await reader.read();
      if (done) break;
      if (!res.write(value)) await new Promise<void>((resolve) => void res.once('drain', resolve).once('close', resolve));
      if (res.destroyed) break;
    }
  } catch {
    // The stream broke: the connection ends, which is all that can still be told.
  }
  return end(res);
}

/** Resolves when the last byte was handed over or the client is gone, so that a server that stops does not cut an answer. */
function end(res: ServerResponse, body?: Buffer): Promise<void> {
  return new Promise((resolve) => {
    // A client that has gone was told of already: neither `close` nor the callback comes again.
    if (res.destroyed) return resolve();
    res.once('close', resolve);
    res.end(body, resolve);
  });
}
