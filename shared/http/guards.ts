import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../auth/caller.ts';
import { allowedNames } from './allowed-names.ts';
import { rateLimit } from './limits.ts';
import { Refusal, refuse, toRefusal } from './refusal.ts';

const MOST_AT_ONCE = 64;

/** What decides who may enter. */
export interface GuardOptions {
  name: string;
  /** The caller behind an Authorization header, or undefined for a missing, malformed or unknown token. */
  authenticate: (authorization: string | undefined) => Caller | undefined;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  /** 2025-era sessions need GET and DELETE; without them both are 405. */
  sessions: boolean;
  ratePerMinute: number;
  rateBurst: number;
  /** Told of every refused request: its status and a short reason for a metric's label. */
  onRefused: (status: number, reason: string, requestId: string) => void;
}

/** The checks before a request is served, each throwing a Refusal. */
export interface Guards {
  /** Gives the request its id, which every answer carries. */
  tag: (res: ServerResponse) => string;
  /** Host and Origin. */
  names: (req: IncomingMessage) => void;
  method: (req: IncomingMessage) => void;
  /** Who asks; takes the token out of the request. */
  caller: (req: IncomingMessage) => Caller;
  /** Counts the request against its token's rate and, for a POST, against what may run at once. */
  admit: (req: IncomingMessage, res: ServerResponse, caller: Caller) => void;
  /** Answers with what was thrown. */
  deny: (res: ServerResponse, error: unknown, requestId: string) => void;
}

export function guards(options: GuardOptions): Guards {
  const allowed = allowedNames(options.allowedHosts, options.allowedOrigins);
  const methods = options.sessions ? ['POST', 'GET', 'DELETE'] : ['POST'];
  const rate = rateLimit(options.ratePerMinute, options.rateBurst);
  const running = new Map<string, number>();
  return {
    tag(res) {
      const requestId = randomUUID().slice(0, 8);
      res.setHeader('x-request-id', requestId);
      return requestId;
    },
    names({ headers }) {
      const host = allowed.refuseHost(headers.host);
      if (host) throw new Refusal(403, 'host', host);
      // A page of this very server; its name was just allowed as a Host.
      if (headers.origin && URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host) return;
      const origin = allowed.refuseOrigin(headers.origin);
      if (origin) throw new Refusal(403, 'origin', origin);
    },
    method({ method = '', headers }) {
      // Without a session GET and DELETE have nothing to act on, whatever the era.
      if (methods.includes(method) && (method === 'POST' || headers['mcp-session-id'] !== undefined)) return;
      throw new Refusal(405, 'method', `${method} is not served here; MCP requests are POSTed.`, {
        headers: { allow: methods.join(', ') },
      });
    },
    caller(req) {
      const given = req.headers.authorization;
      const caller = options.authenticate(given);
      if (!caller) throw unauthorized(options.name, given !== undefined);
      // SECURITY: nothing behind this line can log or pass on the token.
      delete req.headers.authorization;
      return caller;
    },
    admit({ method }, res, { name }) {
      const taken = rate.take(name);
      if (!taken.ok) {
        const told = `Too many requests with this token; try again in ${taken.retryAfter} s (RATE_PER_MINUTE and RATE_BURST set the limit).`;
        throw new Refusal(429, 'rate', told, { headers: { 'retry-after': String(taken.retryAfter) } });
      }
      if (method !== 'POST') return;
      const now = running.get(name) ?? 0;
      if (now >= MOST_AT_ONCE) {
        const told = `${MOST_AT_ONCE} calls of this token are already running; try again in 1 s.`;
        throw new Refusal(429, 'rate', told, { headers: { 'retry-after': '1' } });
      }
      running.set(name, now + 1);
      res.once('close', () => running.set(name, Math.max(0, (running.get(name) ?? 1) - 1)));
    },
    deny(res, error, requestId) {
      const refusal = toRefusal(error, requestId);
      options.onRefused(refusal.status, refusal.reason, requestId);
      refuse(res, refusal);
    },
  };
}

function unauthorized(server: string, given: boolean): Refusal {
  const message = given
    ? 'This token is not known here. See the names with `npm run token -- list`, make one with `npm run token -- add NAME --level read`.'
    : 'A token is needed: send `Authorization: Bearer <token>`. Make one with `npm run token -- add NAME --level read`.';
  const challenge = `Bearer realm="${server}"${given ? ', error="invalid_token"' : ''}`;
  return new Refusal(401, given ? 'wrong' : 'missing', message, { headers: { 'www-authenticate': challenge } });
}
