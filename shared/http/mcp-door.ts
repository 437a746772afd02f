import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Endpoint } from '../mcp/endpoint.ts';
import type { RequestScope } from '../mcp/request-scope.ts';
import type { Format } from '../mcp/visible-tools.ts';
import type { Guards } from './guards.ts';
import { readJson } from './read-json.ts';
import { Refusal } from './refusal.ts';

/** Serves `/mcp` in its one order: names, method, token, rate, format, body, protocol. Every call comes this way, so it goes without express. */
export function mcpDoor(endpoint: Endpoint, guards: Guards): RequestListener {
  async function enter(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> {
    guards.names(req);
    guards.method(req);
    const caller = guards.caller(req);
    guards.admit(req, res, caller);
    const scope: RequestScope = { requestId, caller, format: formatOf(req.url ?? ''), ...traced(req) };
    const body = req.method === 'POST' ? await readJson(req) : undefined;
    await endpoint.serve(req, res, body, scope);
  }
  return (req, res) => {
    const requestId = guards.tag(res);
    enter(req, res, requestId).catch((error: unknown) => guards.deny(res, error, requestId));
  };
}

/** True for the path that `mcpDoor` serves, with or without a query. */
export const isMcpPath = (url = ''): boolean => url === '/mcp' || /^\/mcp\/?(?:\?|$)/.test(url);

function formatOf(url: string): Format {
  const query = url.indexOf('?');
  const formats = query < 0 ? [] : new URLSearchParams(url.slice(query)).getAll('format');
  const [format = 'text', more] = formats;
  if (more === undefined && (format === 'text' || format === 'json')) return format;
  throw new Refusal(400, 'format', 'The only formats are /mcp (text) and /mcp?format=json.');
}

function traced({ headers }: IncomingMessage): { traceparent?: string; idempotencyKey?: string } {
  const { traceparent, 'idempotency-key': key } = headers;
  if (key !== undefined && (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key))) {
    throw new Refusal(400, 'key', 'Idempotency-Key takes 8 to 200 printable characters.');
  }
  return {
    ...(typeof traceparent === 'string' && /^[\da-f-]{55}$/.test(traceparent) ? { traceparent } : {}),
    ...(key === undefined ? {} : { idempotencyKey: key }),
  };
}
