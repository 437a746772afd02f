import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Flaw } from './fault-of.ts';

type Headers = Record<string, string | string[] | undefined>;

const LONGEST_LINE = 65_536;

/** The bytes of an answer without their transfer compression; destroying it ends the request. */
export function decoded(body: Readable, headers: Headers): Readable {
  const encoding = String(headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  if (encoding === 'identity' || encoding === '') return body;
  const inflate =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'deflate'
        ? createInflate()
        : encoding === 'br'
          ? createBrotliDecompress()
          : undefined;
  if (!inflate) {
    discard(body);
    throw new Flaw('encoding');
  }
  body.on('error', (error) => inflate.destroy(error));
  inflate.on('close', () => body.destroy());
  return body.pipe(inflate);
}

/** Everything, or a flaw as soon as it is more than `maxBytes` after decompression. */
export async function readAll(body: Readable, headers: Headers, maxBytes: number): Promise<Buffer> {
  const announced = headers['content-encoding'] ? 0 : Number(headers['content-length'] ?? 0);
  if (announced > maxBytes) {
    discard(body);
    throw new Flaw('too large');
  }
  const stream = decoded(body, headers);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    // SECURITY: counted here, behind the decompression, or a few kilobytes could fill the memory.
    if (size > maxBytes) {
      discard(stream);
      throw new Flaw('too large');
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
}

/** Lines as they arrive, without their line ends; one over 64 KiB is cut and its rest dropped. */
export async function* readLines(body: Readable, headers: Headers): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let skipping = false;
  for await (const chunk of decoded(body, headers) as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!skipping) yield tidy(line);
      skipping = false;
    }
    if (rest.length > LONGEST_LINE) {
      if (!skipping) yield tidy(rest);
      skipping = true;
      rest = '';
    }
  }
  rest += decoder.end();
  if (rest !== '' && !skipping) yield tidy(rest);
}

function tidy(line: string): string {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  return whole.length > LONGEST_LINE ? `${whole.slice(0, LONGEST_LINE)}…` : whole;
}

/** Ends a body that nobody reads. */
export function discard(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}
