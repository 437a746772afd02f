import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked, Reply } from './reply.ts';

const BODY = 65_536;

/** Reads a request whole; a body over 64 KiB is none, as Pi-hole has it. */
export async function readAsked(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://simulated');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const none = text === '' || text.length > BODY;
  let body: unknown;
  let bodyState: Asked['bodyState'] = none ? 'none' : 'ok';
  try {
    if (!none) body = JSON.parse(text);
  } catch {
    bodyState = 'bad';
  }
  const path = url.pathname.replace(/^\/api/, '');
  const sid = request.headers['x-ftl-sid'];
  return {
    ...{ method: request.method ?? 'GET', path, query: url.searchParams, headers: request.headers, body, bodyState, app: false },
    parts: path
      .split('/')
      .slice(1)
      .map((part) => decodeURIComponent(part)),
    remote: (request.socket.remoteAddress ?? '').replace('::ffff:', ''),
    sid: typeof sid === 'string' ? sid : undefined,
  };
}

/** Sends an answer as JSON. */
export function sendReply(response: ServerResponse, { status, body, type, location, disposition }: Reply): void {
  const headers: Record<string, string> = { 'content-type': type ?? 'application/json; charset=utf-8' };
  if (location !== undefined) headers.location = encodeURI(location);
  if (disposition !== undefined) headers['content-disposition'] = disposition;
  response.writeHead(status, headers);
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
