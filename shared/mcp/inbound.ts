import type { IncomingMessage } from 'node:http';
import { classifyInboundRequest, type InboundModernRoute, PROTOCOL_VERSION_META_KEY } from '@modelcontextprotocol/server';

/** What the SDK takes a request for: of the 2025 era, of the 2026 era, or to be refused. */
export type Route = ReturnType<typeof classifyInboundRequest> | { kind: 'modern'; messageKind: 'none' };

/** A 2026 request that needs no more checking before it is served. */
export type PlainRequest = Extract<InboundModernRoute, { messageKind: 'request' }>;

const REVISION = '2026-07-28';
/** The parameter that `Mcp-Name` repeats. */
const NAMED: Partial<Record<string, string>> = { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' };

const MOST_ENVELOPES = 64;
const LONGEST_ENVELOPE = 4096;

/**
 * Makes the function that classifies requests whose body was parsed, by the SDK's own rules.
 * It remembers envelopes that the SDK found right: a client sends the same one with every request, and judging it is a tenth of a call.
 */
export function router(): (req: IncomingMessage, body: unknown) => Route {
  const right = new Set<string>();
  return (req, body) => {
    const framed = frameOf(req, body);
    if (framed && right.has(framed.envelope)) return framed.route;
    const route = classify(req, body);
    // SECURITY: bounded both ways, or a caller could fill the memory with envelopes of its own.
    if (framed && framed.envelope.length <= LONGEST_ENVELOPE && route.kind === 'modern') {
      if (right.size >= MOST_ENVELOPES) right.clear();
      right.add(framed.envelope);
    }
    return route;
  };
}

/** A request whose frame is right beyond doubt: the text of its envelope, and the route it has if that is right too. */
function frameOf({ method, headers }: IncomingMessage, body: unknown): { envelope: string; route: PlainRequest } | undefined {
  const message = (body ?? {}) as PlainRequest['message'];
  if (method !== 'POST' || headers['mcp-protocol-version'] !== REVISION || headers['mcp-method'] !== message.method) return undefined;
  if (message.jsonrpc !== '2.0' || Object.keys(message).length !== 4 || message.method === 'initialize') return undefined;
  const { progressToken = 0, ...envelope } = (message.params?._meta ?? {}) as Record<string, unknown>;
  if (!isId(message.id) || !isId(progressToken) || envelope[PROTOCOL_VERSION_META_KEY] !== REVISION) return undefined;
  const classification = { era: 'modern', revision: REVISION } as const;
  return { envelope: JSON.stringify(envelope), route: { kind: 'modern', messageKind: 'request', message, classification } };
}

const isId = (value: unknown): boolean => typeof value === 'string' || Number.isSafeInteger(value);

function classify({ method, headers }: IncomingMessage, body: unknown): Route {
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
