import type { IncomingMessage } from 'node:http';
import { classifyInboundRequest, type InboundModernRoute } from '@modelcontextprotocol/server';

/** What the SDK takes a request for: of the 2025 era, of the 2026 era, or to be refused. */
export type Route = ReturnType<typeof classifyInboundRequest> | { kind: 'modern'; messageKind: 'none' };

/** A 2026 request that needs no more checking before it is served. */
export type PlainRequest = Extract<InboundModernRoute, { messageKind: 'request' }>;

const REVISION = '2026-07-28';
/** The parameter that `Mcp-Name` repeats. */
const NAMED: Partial<Record<string, string>> = { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' };

/** Classifies a request whose body was parsed, by the SDK's own rules. */
export function routeOf({ method, headers }: IncomingMessage, body: unknown): Route {
  const protocolVersionHeader = text(headers['mcp-protocol-version']);
  // A session's GET stream and DELETE carry no body to classify; 2026-07-28 has neither.
  if (method !== 'POST' && protocolVersionHeader?.startsWith('2026')) return { kind: 'modern', messageKind: 'none' };
  return classifyInboundRequest({
    httpMethod: method ?? '',
    ...(protocolVersionHeader === undefined ? {} : { protocolVersionHeader }),
    ...(headers['mcp-method'] === undefined ? {} : { mcpMethodHeader: text(headers['mcp-method']) }),
    body,
  } as Parameters<typeof classifyInboundRequest>[0]);
}

/** True where the headers repeat the body to the letter, so that the SDK's entry would find nothing to refuse; what is not plain goes there. */
export function isPlain(route: Route, { headers }: IncomingMessage): route is PlainRequest {
  if (route.kind !== 'modern' || route.messageKind !== 'request' || route.classification.revision !== REVISION) return false;
  if (headers['mcp-protocol-version'] === undefined || headers['mcp-method'] === undefined) return false;
  const field = NAMED[route.message.method];
  if (field === undefined) return true;
  const named = (route.message.params as Record<string, unknown> | undefined)?.[field];
  // A value that begins like this is encoded, or has to be.
  return typeof named === 'string' && headers['mcp-name'] === named && !named.startsWith('=?');
}

const text = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header.join(', ') : header);
