import type { IncomingMessage, ServerResponse } from 'node:http';
import { classifyInboundRequest, createMcpHandler, preloadSchemas } from '@modelcontextprotocol/server';
import { type BuildOptions, serverBuilder } from './build-server.ts';
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
  preloadSchemas();
  const build = serverBuilder(def, options);
  const sessions = options.legacy === 'sessions' ? new Sessions(build, options.sessions, options.onSessions) : undefined;
  const modern = createMcpHandler(
    ({ era, authInfo }) => build(era === 'modern' ? (authInfo?.extra?.method as string | undefined) : undefined),
    {
      legacy: sessions ? 'reject' : 'stateless',
      onerror: options.onProtocolError,
      ...(options.extend ? { bus: options.extend.bus } : {}),
    },
  );

  async function answer(request: Request, body: unknown, scope: RequestScope): Promise<Response> {
    if (sessions && isLegacy(request, body)) return sessions.serve(request, body, scope);
    const authInfo = toAuthInfo(scope);
    authInfo.extra.method = (body as { method?: unknown } | undefined)?.method;
    return modern.fetch(request, { authInfo, ...(body === undefined ? {} : { parsedBody: body }) });
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
        await writeResponse(await answer(toRequest(req, res), body, scope), res);
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
      await Promise.all([modern.close(), sessions?.close()]);
    },
  };
}

function isLegacy(request: Request, body: unknown): boolean {
  // A session's GET stream and DELETE carry no body to classify; on 2026-07-28 both are refused.
  if (request.method !== 'POST') return !request.headers.get('mcp-protocol-version')?.startsWith('2026');
  const header = (name: string): string | undefined => request.headers.get(name) ?? undefined;
  const outcome = classifyInboundRequest({
    httpMethod: request.method,
    protocolVersionHeader: header('mcp-protocol-version'),
    mcpMethodHeader: header('mcp-method'),
    mcpNameHeader: header('mcp-name'),
    body,
  } as Parameters<typeof classifyInboundRequest>[0]);
  return outcome.kind === 'legacy';
}
