import type { Readable } from 'node:stream';

/** More came than may be kept. */
export class TooLarge extends Error {}

/** A whole body of at most `maxBytes`; rejects with TooLarge, or with the signal's reason, and ends the stream then. */
export function readBody(body: Readable, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (error: unknown) => {
      signal.removeEventListener('abort', abort);
      body.destroy();
      reject(error);
    };
    const abort = () => fail(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // SECURITY: an engine that never stops answering would fill the memory.
      if (size > maxBytes) fail(new TooLarge());
      else chunks.push(chunk);
    });
    body.on('end', () => {
      signal.removeEventListener('abort', abort);
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    });
    body.on('error', fail);
    body.on('close', () => fail(new Error('broke off')));
  });
}
