import type { Duplex } from 'node:stream';
import { orAborted } from '../ssh/connection.ts';

/** What an engine says of itself in its shortest answer. */
export interface Ping {
  /** Newest API version it speaks, such as `1.41`; undefined where a proxy hides it. */
  api?: string;
  /** `Docker/20.10.24 (linux)`. */
  server?: string;
  /** The stream that was asked on, where it can be asked again. */
  stream?: Duplex;
}

const PING = 'GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n';
const LONGEST = 16_384;

/** Asks whether an engine is at the other end. Rejects, and ends the stream, where something else answers. */
export async function ping(stream: Duplex, signal: AbortSignal): Promise<Ping> {
  try {
    const head = await orAborted(readAnswer(stream), signal);
    const header = (name: string) => new RegExp(`^${name}: ([\\w./ ()+~-]{1,80})\\r$`, 'im').exec(head)?.[1];
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
    const [api, server] = [header('api-version'), header('server')];
    // A socket proxy may forbid even this; it is an engine's door all the same.
    if (status !== '403' && (status !== '200' || !api)) throw new Error('no engine');
    // A channel costs a round trip, and with dial-stdio a process: this one is used again where its answer is over for certain.
    const kept =
      status === '200' && header('connection') !== 'close' && head.endsWith(`\r\n\r\n${'OK'}`) && header('content-length') === '2';
    if (!kept) stream.destroy();
    return { ...(api && { api }), ...(server && { server }), ...(kept && { stream }) };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** The head of an answer and a body of two bytes, as far as it came. */
function readAnswer(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const stop = () => {
      stream.off('data', read).off('error', fail).off('close', closed);
      stream.pause();
    };
    const fail = (error: Error) => {
      stop();
      reject(error);
    };
    const closed = () => fail(new Error('closed'));
    const read = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end === -1 && text.length > LONGEST) return fail(new Error('no HTTP'));
      if (end === -1 || (/^content-length: 2\r$/im.test(text) && text.length < end + 6)) return;
      stop();
      resolve(text);
    };
    stream.on('data', read).on('error', fail).on('close', closed);
    stream.write(PING);
  });
}
