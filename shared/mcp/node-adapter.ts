import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadableStreamReadResult } from 'node:stream/web';

/**
 * What the SDK reads of a web `Request` whose body was already parsed: method, URL, headers one by one, and an abort signal that fires
 * when the client goes away before the answer is finished. A real `Request` costs more than the rest of a call.
 */
export function toRequest(req: IncomingMessage, res: ServerResponse): Request {
  let gone: AbortController | undefined;
  const request = {
    method: req.method ?? 'GET',
    url: `http://mcp${req.url ?? '/'}`,
    headers: {
      get(name: string): string | null {
        // SECURITY: the bearer token stops here; a handler or an upstream call that never sees it cannot pass it on.
        if (name === 'authorization' || name === 'cookie') return null;
        const value = req.headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
    },
    get signal(): AbortSignal {
      if (!gone) {
        const controller = new AbortController();
        gone = controller;
        res.once('close', () => {
          if (!res.writableFinished) controller.abort();
        });
      }
      return gone.signal;
    },
  };
  return request as unknown as Request;
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
