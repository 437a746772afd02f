import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Caller } from '../auth/caller.ts';
import { Fault } from '../faults.ts';
import type { Endpoint } from '../mcp/endpoint.ts';
import type { RequestScope } from '../mcp/request-scope.ts';
import type { Format } from '../mcp/visible-tools.ts';
import { allowedNames } from './allowed-names.ts';
import { nestsDeeper, rateLimit } from './limits.ts';
import { type Probe, readiness } from './readiness.ts';
import { refuse } from './refusal.ts';

const MEBIBYTE = 1_048_576;
const DEEPEST = 64;
const MOST_AT_ONCE = 64;

/** What one server's HTTP app is made of. */
export interface AppOptions {
  name: string;
  endpoint: Endpoint;
  /** The caller behind an Authorization header, or undefined for a missing, malformed or unknown token. */
  authenticate: (authorization: string | undefined) => Caller | undefined;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  /** 2025-era sessions need GET and DELETE; without them both are 405. */
  sessions: boolean;
  ratePerMinute: number;
  rateBurst: number;
  probes: readonly Probe[];
  metrics: () => Promise<{ contentType: string; text: string }>;
  /** Told of every refused request: its status and a short reason for a metric's label. */
  onRefused: (status: number, reason: string, requestId: string) => void;
}

/** Builds the express app in its one order: health, request id, Host, Origin, method, token, rate, body, protocol. */
export function httpApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok', server: options.name }));
  app.use(requestId);
  app.get('/readyz', async (req, res) => {
    const { ready, upstreams } = await readiness(options.probes);
    // Whoever has no token learns only what an orchestrator needs.
    const details = options.authenticate(req.get('authorization')) ? { upstreams } : {};
    res.status(ready ? 200 : 503).json({ ready, server: options.name, ...details });
  });
  app.use(checkNames(options));
  app.get('/metrics', authenticated(options), async (_req, res) => {
    const { contentType, text } = await options.metrics();
    res.set('content-type', contentType).send(text);
  });
  app.all('/mcp', methodGate(options), authenticated(options), limited(options), readBody, serve(options));
  app.use((req, res) => {
    deny(options, req, res, 404, 'no_such_path', 'There is nothing at this path; MCP is served at /mcp.');
  });
  app.use(onError(options));
  return app;
}

const requestId: RequestHandler = (_req, res, next) => {
  res.locals.requestId = randomUUID().slice(0, 8);
  res.set('x-request-id', res.locals.requestId);
  next();
};

function deny(
  options: AppOptions,
  _req: Request,
  res: Response,
  status: number,
  reason: string,
  message: string,
  headers = {},
  code?: number,
): void {
  options.onRefused(status, reason, res.locals.requestId);
  refuse(res, status, message, headers, code);
}

function checkNames(options: AppOptions): RequestHandler {
  const names = allowedNames(options.allowedHosts, options.allowedOrigins);
  return (req, res, next) => {
    const host = names.refuseHost(req.headers.host);
    if (host) return deny(options, req, res, 403, 'host', host);
    const origin = names.refuseOrigin(req.headers.origin);
    if (origin) return deny(options, req, res, 403, 'origin', origin);
    next();
  };
}

function methodGate(options: AppOptions): RequestHandler {
  const allowed = options.sessions ? ['POST', 'GET', 'DELETE'] : ['POST'];
  return (req, res, next) => {
    // Without a session GET and DELETE have nothing to act on, whatever the era.
    const known = allowed.includes(req.method) && (req.method === 'POST' || req.headers['mcp-session-id'] !== undefined);
    if (!known)
      return deny(options, req, res, 405, 'method', `${req.method} is not served here; MCP requests are POSTed.`, {
        allow: allowed.join(', '),
      });
    next();
  };
}

function authenticated(options: AppOptions): RequestHandler {
  return (req, res, next) => {
    const caller = options.authenticate(req.headers.authorization);
    if (!caller) {
      const given = req.headers.authorization !== undefined;
      const message = given
        ? 'This token is not known here. See the names with `npm run token -- list`, make one with `npm run token -- add NAME --level read`.'
        : 'A token is needed: send `Authorization: Bearer <token>`. Make one with `npm run token -- add NAME --level read`.';
      return deny(options, req, res, 401, given ? 'wrong' : 'missing', message, {
        'www-authenticate': `Bearer realm="${options.name}"${given ? ', error="invalid_token"' : ''}`,
      });
    }
    res.locals.caller = caller;
    // SECURITY: nothing behind this line can log or pass on the token.
    delete req.headers.authorization;
    next();
  };
}

function limited(options: AppOptions): RequestHandler {
  const rate = rateLimit(options.ratePerMinute, options.rateBurst);
  const running = new Map<string, number>();
  return (req, res, next) => {
    const { name } = res.locals.caller as Caller;
    const now = running.get(name) ?? 0;
    const taken = rate.take(name);
    if (!taken.ok || (req.method === 'POST' && now >= MOST_AT_ONCE)) {
      const after = taken.ok ? 1 : taken.retryAfter;
      const message = taken.ok
        ? `${MOST_AT_ONCE} calls of this token are already running; try again in ${after} s.`
        : `Too many requests with this token; try again in ${after} s (RATE_PER_MINUTE and RATE_BURST set the limit).`;
      return deny(options, req, res, 429, 'rate', message, { 'retry-after': String(after) });
    }
    if (req.method === 'POST') {
      running.set(name, now + 1);
      res.once('close', () => running.set(name, Math.max(0, (running.get(name) ?? 1) - 1)));
    }
    next();
  };
}

const parseJson = express.json({
  limit: MEBIBYTE,
  strict: true,
  inflate: false,
  type: 'application/json',
  verify: (_req, _res, body) => {
    if (nestsDeeper(body, DEEPEST)) throw Object.assign(new Error('too deep'), { type: 'too.deep', status: 400 });
  },
});

const readBody: RequestHandler = (req, res, next) => {
  if (req.method !== 'POST') return next();
  if (!req.is('application/json')) return next(Object.assign(new Error('not JSON'), { type: 'not.json', status: 415 }));
  parseJson(req, res, next);
};

function serve(options: AppOptions): RequestHandler {
  return async (req, res) => {
    const format = req.query.format ?? 'text';
    if (format !== 'text' && format !== 'json') {
      return deny(options, req, res, 400, 'format', 'The only formats are /mcp (text) and /mcp?format=json.');
    }
    if (Array.isArray(req.body)) {
      return deny(options, req, res, 400, 'batch', 'Batches left MCP in 2025-06: send one message per request.', {}, -32600);
    }
    const traceparent = req.headers.traceparent;
    const scope: RequestScope = {
      requestId: res.locals.requestId,
      caller: res.locals.caller,
      format: format as Format,
      ...(typeof traceparent === 'string' && /^[\da-f-]{55}$/.test(traceparent) ? { traceparent } : {}),
    };
    await options.endpoint.serve(req, res, req.body, scope);
  };
}

function onError(options: AppOptions): ErrorRequestHandler {
  return (error: { type?: string; status?: number }, req, res, _next) => {
    if (res.headersSent) return void res.destroy();
    if (error instanceof Fault) return deny(options, req, res, 503, error.code, error.text());
    const told = BODY_ERRORS[error.type ?? ''];
    if (told) return deny(options, req, res, told.status, error.type ?? 'body', told.message, {}, told.code);
    const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
    deny(options, req, res, status, 'error', `The request could not be served, reference ${res.locals.requestId}.`, {}, -32603);
  };
}

const BODY_ERRORS: Record<string, { status: number; message: string; code?: number }> = {
  'entity.parse.failed': { status: 400, message: 'Parse error: the body is not valid JSON.', code: -32700 },
  'entity.too.large': { status: 413, message: 'The body is over 1 MiB.' },
  'too.deep': { status: 400, message: `The body nests deeper than ${DEEPEST} levels.`, code: -32600 },
  'not.json': { status: 415, message: 'Content-Type must be application/json.' },
  'encoding.unsupported': { status: 415, message: 'A compressed body is not taken; send plain JSON.' },
  'request.size.invalid': { status: 400, message: 'The body does not have the length that its header said.' },
  'request.aborted': { status: 400, message: 'The body ended too early.' },
};
