import type { ServerResponse } from 'node:http';
import { Fault } from '../faults.ts';

/** JSON-RPC code for what the HTTP layer refuses (the range that the specification leaves to servers). */
const SERVER_REFUSED = -32000;
const INTERNAL = -32603;

/** Thrown by whatever turns a request away before the protocol sees it: one sentence that says what is wrong and what to do. */
export class Refusal extends Error {
  readonly status: number;
  /** A short word for the log and for a metric's label. */
  readonly reason: string;
  readonly headers: Record<string, string>;
  /** The JSON-RPC error code. */
  readonly code: number;

  constructor(status: number, reason: string, message: string, more: { headers?: Record<string, string>; code?: number } = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.reason = reason;
    this.headers = more.headers ?? {};
    this.code = more.code ?? SERVER_REFUSED;
  }
}

/** Any error as a refusal; one that nobody foresaw shows the request id only. */
export function toRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Fault) return new Refusal(error.code === 'denied' ? 403 : 503, error.code, error.text());
  const status = (error as { status?: unknown } | undefined)?.status;
  const known = typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
  return new Refusal(known, 'error', `The request could not be served, reference ${requestId}.`, { code: INTERNAL });
}

/** Answers as JSON-RPC; an answer that had begun is cut off instead. */
export function refuse(res: ServerResponse, { status, message, headers, code }: Refusal): void {
  if (res.headersSent) return void res.destroy();
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null });
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}
