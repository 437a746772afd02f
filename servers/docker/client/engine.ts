import type { IncomingMessage } from 'node:http';
import { deadline } from '@homelab/shared/upstream/deadline.ts';
import type { z } from 'zod';
import { versionAskedFor } from './api-version.ts';
import { type Asked, brokenAnswer, lostFault, noChannel, saidBy, statusFault } from './engine-faults.ts';
import { HostFault } from './host-fault.ts';
import type { Link } from './link.ts';
import { readBody } from './read-body.ts';
import { ChannelRefused } from './ssh/channels.ts';
import { orAborted } from './ssh/connection.ts';
import type { WireAsk } from './transport/wire.ts';

/** What every call of this client takes: who may end it, and when it ends by itself. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds from the call to the last byte, connecting and waiting included; 10,000 unless told. */
  deadlineMs?: number | undefined;
}

/** One request to an engine. */
export interface Ask extends CallOptions {
  method?: WireAsk['method'];
  /** Below the version, beginning with `/`; values in it are encoded. */
  path: string;
  query?: WireAsk['query'];
  body?: unknown;
  headers?: Record<string, string>;
  /** What it is about, for error sentences: `container pihole`. */
  subject?: string;
  /** Largest answer; 16 MiB unless told. */
  maxBytes?: number;
}

/** The engine of one host. Every failure is a HostFault. */
export interface Engine {
  readonly host: string;
  /** The answer in the shape of `schema`. */
  json<Schema extends z.ZodType>(schema: Schema, ask: Ask): Promise<z.output<Schema>>;
  /** The answer as JSON, for long lists that are checked by a plain loop; undefined for an answer without a body. */
  raw(ask: Ask): Promise<unknown>;
  /** A change; false where the engine says that it already was so (304). */
  change(ask: Ask): Promise<boolean>;
  /** An answer that is read as it comes, on a channel of its own. The deadline is for its first byte; leaving the loop ends it. */
  stream(ask: Ask): AsyncGenerator<Buffer>;
  /** The version that is spoken, after the first call. */
  api(call?: CallOptions): Promise<string>;
}

const LARGEST = 16 * 1_048_576;
const LARGEST_REFUSAL = 65_536;
const USUAL_MS = 10_000;
const OPEN_TRIES = 7;

/** The engine behind `link`. */
export function engineOver(link: Link): Engine {
  const host = link.host;
  const aboutOf = (ask: Ask): Asked => ({ host, write: isWrite(ask), subject: ask.subject });

  /** Sends, renegotiating the version once and repeating a read whose kept connection had ended meanwhile. */
  async function answered(ask: Ask, signal: AbortSignal, alone: boolean): Promise<IncomingMessage> {
    for (let tried = 1; ; tried++) {
      try {
        // A channel ends only when the host agrees: where it fell silent, the deadline must hold all the same.
        const answer = await orAborted(link.send({ ...ask, method: ask.method ?? 'GET', signal, alone }), signal);
        const status = answer.statusCode ?? 0;
        if (status < 300 || status === 304) return answer;
        const body = await readBody(answer, LARGEST_REFUSAL, signal).catch(() => undefined);
        const asked = status === 400 && tried === 1 ? versionAskedFor(host, saidBy(body)) : undefined;
        if (!asked) throw statusFault(status, aboutOf(ask), body);
        link.speak(asked);
      } catch (error) {
        if (error instanceof HostFault || error instanceof ChannelRefused || signal.aborted || isWrite(ask) || tried > 2) throw error;
      }
    }
  }

  /** Enters, sends and waits for the head of the answer; gives back how to leave. */
  async function begin(ask: Ask, signal: AbortSignal, alone: boolean): Promise<{ answer: IncomingMessage; leave: () => void }> {
    for (let tried = 1; ; tried++) {
      const leave = await link.enter(signal, { alone });
      try {
        return { answer: await answered(ask, signal, alone), leave };
      } catch (error) {
        leave();
        if (!(error instanceof ChannelRefused)) throw error;
        if (tried === OPEN_TRIES) throw noChannel(host, error);
        await link.makeRoom(signal, tried, { alone });
      }
    }
  }

  async function run<Result>(ask: Ask, read: (answer: IncomingMessage, signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const ms = ask.deadlineMs ?? USUAL_MS;
    const limit = deadline(ms, ask.signal);
    const silence = link.watch();
    let begun: Awaited<ReturnType<typeof begin>> | undefined;
    try {
      begun = await begin(ask, limit.signal, false);
      return await read(begun.answer, limit.signal);
    } catch (error) {
      // A host that vanished without a word keeps its connection open for minutes: one that was silent all the time is given up.
      if (limit.cause() === 'deadline') silence.dropIfSilent();
      throw lostFault(error, aboutOf(ask), limit.cause(), ms / 1_000);
    } finally {
      begun?.leave();
      limit.clear();
    }
  }

  const raw = (ask: Ask): Promise<unknown> =>
    run(ask, async (answer, signal) => {
      const body = await readBody(answer, ask.maxBytes ?? LARGEST, signal);
      if (body.length === 0) return undefined;
      try {
        return JSON.parse(body.toString('utf8')) as unknown;
      } catch (cause) {
        throw brokenAnswer(host, 'something that is not JSON', cause);
      }
    });

  return {
    host,
    raw,
    async json(schema, ask) {
      const parsed = schema.safeParse(await raw(ask));
      if (parsed.success) return parsed.data;
      throw brokenAnswer(host, 'another shape than the Docker API has', parsed.error);
    },
    change: (ask) =>
      run({ method: 'POST', ...ask }, async (answer, signal) => {
        await readBody(answer, ask.maxBytes ?? LARGEST, signal);
        return answer.statusCode !== 304;
      }),
    async *stream(ask) {
      const ms = ask.deadlineMs ?? USUAL_MS;
      const limit = deadline(ms, ask.signal);
      let begun: Awaited<ReturnType<typeof begin>> | undefined;
      try {
        begun = await begin(ask, limit.signal, true);
        limit.open();
        for (const chunks = begun.answer[Symbol.asyncIterator](); ; ) {
          const { done, value } = await orAborted(chunks.next(), limit.signal);
          if (done) break;
          yield value as Buffer;
        }
      } catch (error) {
        throw lostFault(error, aboutOf(ask), limit.cause(), ms / 1_000);
      } finally {
        begun?.answer.destroy();
        begun?.leave();
        limit.clear();
      }
    },
    async api({ signal, deadlineMs = USUAL_MS } = {}) {
      const limit = deadline(deadlineMs, signal);
      try {
        return await link.api(limit.signal);
      } catch (error) {
        throw lostFault(error, { host, write: false }, limit.cause(), deadlineMs / 1_000);
      } finally {
        limit.clear();
      }
    },
  };
}

function isWrite({ method = 'GET' }: Ask): boolean {
  return method !== 'GET' && method !== 'HEAD';
}
