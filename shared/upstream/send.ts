import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Fault } from '../faults.ts';
import type { Deadline } from './deadline.ts';
import { type Circumstance, codeOf, Flaw, isUnsent, statusFault } from './fault-of.ts';
import { discard, readAll } from './read-body.ts';
import { isPassing, retryAfter, waitBefore } from './retry.ts';

/** One request as it goes on the wire. */
export interface Wire {
  method: Dispatcher.HttpMethod;
  target: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/** An answer with a good status; its body is still to be read. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Readable;
}

/** Turns a refusal into a better Fault: gets the status and what the body says as JSON, undefined where it is none. */
export type Explain = (status: number, body: unknown) => Fault | undefined;

export interface Sending {
  pool: Dispatcher;
  origin: string;
  about: Circumstance;
  deadline: Deadline;
  /** How often it may be tried again; 0 for what changes something. */
  retries: number;
  explain?: Explain | undefined;
  /** Told when the first byte of an answer came: the upstream is there. */
  onAnswer: () => void;
}

const MOST_REDIRECTS = 3;
const LONGEST_REFUSAL = 65_536;

/** Sends until a good answer, a refusal or the end of patience. Only reads are sent again. */
export async function send(wire: Wire, sending: Sending): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    let asked: number | undefined;
    let failure: unknown;
    try {
      const answer = await follow(wire, sending);
      if (answer.status < 300) return answer;
      asked = retryAfter(answer.headers['retry-after']);
      failure = await refusal(answer, sending, asked);
      if (!isPassing(answer.status)) throw failure;
    } catch (error) {
      if (error === failure || !isWorthAnother(error) || sending.deadline.signal.aborted) throw error;
      failure = error;
    }
    const wait = tried > sending.retries ? undefined : waitBefore(tried, asked, sending.deadline.left());
    if (wait === undefined) throw failure;
    await sending.deadline.sleep(wait);
  }
}

function isWorthAnother(error: unknown): boolean {
  return isUnsent(error) || /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(codeOf(error));
}

/** One try, with redirects inside the same origin for GET and HEAD. */
async function follow(wire: Wire, { pool, origin, deadline, onAnswer }: Sending): Promise<Answer> {
  let path = wire.target;
  for (let hops = 0; ; hops++) {
    const { statusCode, headers, body } = await pool.request({
      origin,
      path,
      method: wire.method,
      headers: wire.headers,
      body: wire.body ?? null,
      signal: deadline.signal,
    });
    onAnswer();
    if (statusCode < 300 || statusCode >= 400 || statusCode === 304) return { status: statusCode, headers, body };
    discard(body);
    const location = headers.location;
    const next =
      typeof location === 'string' && URL.canParse(location, `${origin}${path}`) ? new URL(location, `${origin}${path}`) : undefined;
    // SECURITY: another origin would be handed our credentials, and could be a machine that only we can reach.
    if (!next || next.origin !== origin || (wire.method !== 'GET' && wire.method !== 'HEAD')) throw new Flaw('redirect');
    if (hops >= MOST_REDIRECTS) throw new Flaw('redirects');
    path = `${next.pathname}${next.search}`;
  }
}

async function refusal({ status, headers, body }: Answer, { about, explain }: Sending, asked: number | undefined): Promise<Fault> {
  const text = await readAll(body, headers, LONGEST_REFUSAL).catch(() => undefined);
  const explained = explain?.(status, parsed(text));
  return explained ?? statusFault(status, about, asked);
}

function parsed(text: Buffer | undefined): unknown {
  try {
    return text && JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
