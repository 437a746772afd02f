import { Pool } from 'undici';
import type { z } from 'zod';
import { Fault } from '../faults.ts';
import type { Outcome } from '../metrics/metrics.ts';
import { address, target } from './address.ts';
import type { Ask, UpstreamOptions } from './ask.ts';
import { type Deadline, deadline } from './deadline.ts';
import { type Circumstance, Flaw, faultOf } from './fault-of.ts';
import { gate } from './gate.ts';
import { type Health, healthBook } from './health.ts';
import { discard, readAll, readLines } from './read-body.ts';
import { type Answer, send } from './send.ts';
import { shaped } from './shaped.ts';

/** An HTTP service that is asked; every failure is a Fault that names it and holds none of its text. */
export interface Upstream {
  readonly name: string;
  /** The answer as JSON in the shape of `schema`; an answer without a body is `undefined`. */
  json<Schema extends z.ZodType>(schema: Schema, ask: Ask): Promise<z.output<Schema>>;
  text(ask: Ask): Promise<string>;
  bytes(ask: Ask): Promise<{ data: Buffer; contentType: string }>;
  /** Lines as they come; the deadline is for the first byte, `signal` ends it. Leaving the loop ends the request. */
  stream(ask: Ask): AsyncGenerator<string>;
  health(): Health;
  /** Asks now; never rejects. Any answer at all is reachable. */
  probe(): Promise<Health & { note?: string }>;
  /** Ends idle connections and waits for the others. */
  close(): Promise<void>;
}

/** Makes the client of one upstream: pooled connections, one deadline, bounded answers, reads tried again, writes never. */
export function upstream(options: UpstreamOptions): Upstream {
  const { name, concurrency = 8, tls = {} } = options;
  const about: Omit<Circumstance, 'write'> = {
    name,
    urlSetting: options.settings?.url ?? `the address of ${name}`,
    authSetting: options.settings?.auth ?? `the credentials for ${name}`,
  };
  const base = address(options.baseUrl, about.urlSetting);
  const pool = new Pool(base.origin, {
    // Below the 5 s after which common servers hang up: a write on a connection that is just closing may or may not have happened.
    keepAliveTimeout: 4_000,
    // The deadline covers all of it; a stream may be silent for as long as it likes.
    headersTimeout: 0,
    bodyTimeout: 0,
    // SECURITY: without a check of the certificate anyone in between reads the credentials; only an explicit setting turns it off.
    connect: {
      timeout: 5_000,
      ...(tls.ca && { ca: tls.ca }),
      ...(tls.serverName && { servername: tls.serverName }),
      rejectUnauthorized: !tls.insecure,
    },
  });
  const book = healthBook();
  const [requests, streams] = [gate(concurrency), gate(concurrency)];

  async function start(ask: Ask, limit: Deadline, accept: string): Promise<Answer> {
    const method = ask.method ?? 'GET';
    const read = isRead(ask);
    const content = contentOf(ask.body);
    const own = typeof options.headers === 'function' ? await options.headers() : options.headers;
    const headers = lowered({
      accept,
      ...(base.authorization && { authorization: base.authorization }),
      ...content.headers,
      ...own,
      ...ask.headers,
    });
    const started = performance.now();
    try {
      return await send(
        { method, target: target(base, ask.path, ask.query), headers, body: content.body },
        {
          pool,
          origin: base.origin,
          about: { ...about, write: !read },
          deadline: limit,
          retries: read ? (options.retries ?? 2) : 0,
          explain: (status, body) => ask.explain?.(status, body) ?? options.explain?.(status, body),
          onAnswer: () => book.note(true, performance.now() - started),
        },
      );
    } catch (error) {
      if (!(error instanceof Fault) && !(error instanceof Flaw) && limit.cause() !== 'caller')
        book.note(false, performance.now() - started);
      throw error;
    }
  }

  /** One request from the queue to the last byte. */
  async function run<Result>(ask: Ask, accept: string, read: (answer: Answer, maxBytes: number) => Promise<Result>): Promise<Result> {
    const ms = ask.deadlineMs ?? options.deadlineMs ?? 10_000;
    const limit = deadline(ms, ask.signal);
    const tracked = track(ask, limit, ms);
    let leave: (() => void) | undefined;
    try {
      leave = await requests.enter(limit.signal);
      const answer = await start(ask, limit, accept);
      const result = await read(answer, ask.maxBytes ?? options.maxBytes ?? 8 * 1_024 * 1_024);
      tracked.ended();
      return result;
    } catch (error) {
      throw tracked.failed(error);
    } finally {
      leave?.();
      limit.clear();
    }
  }

  /** Tells the observer how it ended, once, and makes a Fault of what went wrong. */
  function track(ask: Ask, limit: Deadline, ms: number): { ended(): void; failed(error: unknown): Fault } {
    const started = performance.now();
    let told = false;
    const tell = (outcome: Outcome) => {
      if (!told) options.observer?.({ upstream: name, ms: performance.now() - started, outcome });
      told = true;
    };
    return {
      ended: () => tell('ok'),
      failed(error) {
        const fault = faultOf(error, { ...about, write: !isRead(ask) }, limit.cause(), ms / 1_000);
        tell(limit.cause() === 'caller' ? 'cancelled' : fault.code);
        return fault;
      },
    };
  }

  async function* stream(ask: Ask): AsyncGenerator<string> {
    const ms = ask.deadlineMs ?? options.deadlineMs ?? 10_000;
    const limit = deadline(ms, ask.signal);
    const tracked = track(ask, limit, ms);
    let leave: (() => void) | undefined;
    try {
      leave = await streams.enter(limit.signal);
      const answer = await start(ask, limit, '*/*');
      limit.open();
      yield* readLines(answer.body, answer.headers);
    } catch (error) {
      throw tracked.failed(error);
    } finally {
      tracked.ended();
      leave?.();
      limit.clear();
    }
  }

  return {
    name,
    json: (schema, ask) =>
      run(ask, 'application/json', async (answer, max) =>
        shaped(schema, answer, await readAll(answer.body, answer.headers, max), { ...about, write: !isRead(ask) }),
      ),
    text: (ask) => run(ask, '*/*', async (answer, max) => (await readAll(answer.body, answer.headers, max)).toString()),
    bytes: (ask) =>
      run(ask, '*/*', async (answer, max) => ({
        data: await readAll(answer.body, answer.headers, max),
        contentType: String(answer.headers['content-type'] ?? 'application/octet-stream'),
      })),
    stream,
    health: book.health,
    async probe() {
      try {
        await run({ path: options.probePath ?? '/', deadlineMs: Math.min(options.deadlineMs ?? 10_000, 2_500) }, '*/*', async ({ body }) =>
          discard(body),
        );
        return book.health();
      } catch (error) {
        return { ...book.health(), ...(error instanceof Fault && { note: error.message }) };
      }
    },
    close: () => pool.close(),
  };
}

function isRead({ method = 'GET', reads }: Ask): boolean {
  return method === 'GET' || method === 'HEAD' || reads === true;
}

function lowered(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function contentOf(body: unknown): { body: string | Buffer | undefined; headers: Record<string, string> } {
  if (body === undefined) return { body: undefined, headers: {} };
  if (body instanceof URLSearchParams) return { body: body.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  if (ArrayBuffer.isView(body)) return { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength), headers: {} };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
