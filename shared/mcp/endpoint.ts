import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AuthInfo, createMcpHandler } from '@modelcontextprotocol/server';
import { approvedRun } from './approved-run.ts';
import { type BuildOptions, serverBuilder } from './build-server.ts';
import { Exchange } from './exchange.ts';
import { isPlain, type PlainRequest, router } from './inbound.ts';
import { toRequest, writeResponse } from './node-adapter.ts';
import { type RequestScope, toAuthInfo } from './request-scope.ts';
import type { ServerDefinition } from './server-definition.ts';
import { type SessionLimits, Sessions } from './sessions.ts';

/** Settings of the MCP endpoint of one server. */
export interface EndpointOptions<Client> extends BuildOptions<Client> {
  /** How 2025-era clients are served. */
  legacy: 'sessions' | 'stateless';
  sessions: SessionLimits;
  onSessions: (count: number) => void;
  /** Told of every request the protocol layer refused and of its own faults; never alters an answer. */
  onProtocolError: (error: Error) => void;
}

/** `/mcp` of one server: both protocol eras behind one function. */
export interface Endpoint {
  /** `body` is the parsed JSON of a POST, undefined otherwise. Never rejects. */
  serve: (req: IncomingMessage, res: ServerResponse, body: unknown, scope: RequestScope) => Promise<void>;
  /** Resolves when no POST is being answered; a session's GET stream does not count. */
  idle: () => Promise<void>;
  /** Ends sessions and streams. */
  close: () => Promise<void>;
}

export function mcpEndpoint<Client>(def: ServerDefinition<Client>, options: EndpointOptions<Client>): Endpoint {
  const runner = options.safety.serve(approvedRun(def, options.client, options.safety));
  const { build, serves } = serverBuilder(def, { ...options, runner });
  const sessions = options.legacy === 'sessions' ? new Sessions(build, options.sessions, options.onSessions) : undefined;
  const entry = createMcpHandler(({ era, authInfo }) => build(era === 'modern' ? (authInfo?.extra?.method as string) : undefined), {
    legacy: sessions ? 'reject' : 'stateless',
    onerror: options.onProtocolError,
    ...(options.extend ? { bus: options.extend.bus } : {}),
  });
  const routeOf = router();
  const exchanges = new Set<Exchange>();

  async function exchange({ classification, message }: PlainRequest, res: ServerResponse, authInfo: AuthInfo): Promise<void> {
    const server = build(message.method);
    server.onerror = options.onProtocolError;
    const made = new Exchange(classification, res);
    exchanges.add(made);
    try {
      await server.connect(made);
      await made.run(message, authInfo);
    } finally {
      exchanges.delete(made);
    }
  }

  async function answer(req: IncomingMessage, res: ServerResponse, body: unknown, scope: RequestScope): Promise<void> {
    const route = routeOf(req, body);
    const authInfo = toAuthInfo(scope);
    if (isPlain(route, req) && serves(route.message.method)) return exchange(route, res, authInfo);
    const request = toRequest(req, res);
    if (sessions && route.kind === 'legacy') return writeResponse(await sessions.serve(request, body, scope), res);
    authInfo.extra.method = (body as { method?: unknown } | undefined)?.method;
    return writeResponse(await entry.fetch(request, { authInfo, ...(body === undefined ? {} : { parsedBody: body }) }), res);
  }

  let active = 0;
  let waiting: (() => void)[] = [];
  const finished = (): void => {
    active -= 1;
    if (active > 0) return;
    for (const wake of waiting) wake();
    waiting = [];
  };

  return {
    async serve(req, res, body, scope) {
      const counts = req.method === 'POST';
      if (counts) active += 1;
      try {
        await answer(req, res, body, scope);
      } catch (error) {
        options.onProtocolError(error as Error);
        if (!res.headersSent) res.writeHead(500, { 'content-type': 'application/json' });
        res.end(
          JSON.stringify({ jsonrpc: '2.0', error: { code: -32603, message: `Internal error, reference ${scope.requestId}.` }, id: null }),
        );
      } finally {
        if (counts) finished();
      }
    },
    idle: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
    async close() {
      await Promise.all([runner.close(), entry.close(), sessions?.close(), ...[...exchanges].map((one) => one.close())]);
    },
  };
}
