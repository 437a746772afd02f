import type { Duplex } from 'node:stream';
import { orAborted } from '../ssh/connection.ts';

/** What an engine says of itself in its shortest answer. */
export interface Ping {
  /** Newest API version it speaks, such as `1.41`; undefined where a proxy hides it. */
  api?: string;
  /** `Docker/20.10.24 (linux)`. */
  server?: string;
}

const PING = 'GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n';
const LONGEST = 16_384;

/** Asks whether an engine is at the other end, and closes the stream. Rejects where something else answers. */
export async function ping(stream: Duplex, signal: AbortSignal): Promise<Ping> {
  try {
    const head = await orAborted(readHead(stream), signal);
    const header = (name: string) => new RegExp(`^${name}: ([\\w./ ()-]{1,60})\\r$`, 'im').exec(head)?.[1];
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    const [api, server] = [header('api-version'), header('server')];
    // A socket proxy may forbid even this; it is an engine's door all the same.
    if (status !== '403' && (status !== '200' || !api)) throw new Error('no engine');
    return { ...(api && { api }), ...(server && { server }) };
  } finally {
    stream.destroy();
  }
}

function readHead(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\r\n\r\n')) resolve(text);
      else if (text.length > LONGEST) reject(new Error('no HTTP'));
    });
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('closed')));
    stream.write(PING);
  });
}
