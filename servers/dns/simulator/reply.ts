/** One answer of the simulated Pi-hole. `body` undefined is an empty 204; `text` is sent as it is. */
export interface Reply {
  status: number;
  body?: object;
  type?: string;
  location?: string;
  disposition?: string;
  /** Takes the socket over: nothing else is sent. */
  raw?: (socket: import('node:net').Socket) => Promise<void>;
}

/** One request, read. */
export interface Asked {
  method: string;
  /** Below `/api`, each part decoded. */
  parts: readonly string[];
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  remote: string;
  /** `undefined`: no body (or one over 64 KiB, which Pi-hole reads as none); `'bad'`: no JSON. */
  body: unknown;
  bodyState: 'none' | 'bad' | 'ok';
  /** The session that the request came with. */
  app: boolean;
  sid: string | undefined;
}

const TOOK = 0.000_031;

/** A JSON answer with `took`, as every answer of Pi-hole has it. */
export function ok(body: object, status = 200, more: Partial<Reply> = {}): Reply {
  return { status, body: { ...body, took: TOOK }, ...more };
}

/** An answer with Pi-hole's error object. */
export function refuse(status: number, key: string, message: string, hint: string | null = null, more: Partial<Reply> = {}): Reply {
  return ok({ error: { key, message, hint } }, status, more);
}

/** A missing item: a 404 without an error object. */
export const missing = (): Reply => ok({}, 404);

/** Done, nothing to say. */
export const empty = (type = 'text/html'): Reply => ({ status: 204, type });

export const NO_BODY = (): Reply => refuse(400, 'bad_request', 'No request body data');

/** The body as an object, or the refusal that Pi-hole gives. */
export function objectOf(asked: Asked): { value: Record<string, unknown> } | { refused: Reply } {
  if (asked.bodyState === 'none') return { refused: NO_BODY() };
  if (asked.bodyState === 'bad' || typeof asked.body !== 'object' || asked.body === null)
    return { refused: refuse(400, 'bad_request', 'Invalid request body data (no valid JSON), error at hint', '') };
  return { value: asked.body as Record<string, unknown> };
}
