import type { Response } from 'express';

/** JSON-RPC code for what the HTTP layer refuses (the range that the specification leaves to servers). */
const SERVER_REFUSED = -32000;

/** Answers a refused request as JSON-RPC: one sentence that says what is wrong and what to do. */
export function refuse(res: Response, status: number, message: string, headers: Record<string, string> = {}, code = SERVER_REFUSED): void {
  // The body may still be on its way: closing the connection is cheaper than reading what nobody wants.
  res.set({ connection: 'close', ...headers });
  res.status(status).json({ jsonrpc: '2.0', error: { code, message }, id: null });
}
