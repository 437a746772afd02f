import { randomUUID } from 'node:crypto';
import { isInitializeRequest, type Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import type { ServerBuilder } from './build-server.ts';
import { type RequestScope, toAuthInfo } from './request-scope.ts';
import type { Format } from './visible-tools.ts';

interface Session {
  transport: WebStandardStreamableHTTPServerTransport;
  server: Server;
  /** The token's name: a session answers nobody else. */
  owner: string;
  format: Format;
  usedAt: number;
  active: number;
}

/** Bounds of the 2025-era sessions of one server. */
export interface SessionLimits {
  most: number;
  idleMs: number;
}

/** The sessions of 2025-era clients: bounded in number, ended when idle, bound to the token and the format that made them. */
export class Sessions {
  readonly #build: ServerBuilder['build'];
  readonly #limits: SessionLimits;
  readonly #onCount: (count: number) => void;
  readonly #byId = new Map<string, Session>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(build: ServerBuilder['build'], limits: SessionLimits, onCount: (count: number) => void) {
    this.#build = build;
    this.#limits = limits;
    this.#onCount = onCount;
    this.#sweeper = setInterval(() => this.#sweep(), Math.min(60_000, limits.idleMs)).unref();
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Answers one 2025-era request, making a session for an `initialize`. */
  async serve(request: Request, body: unknown, scope: RequestScope): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    const options = { authInfo: toAuthInfo(scope), ...(body === undefined ? {} : { parsedBody: body }) };
    if (id === null) return this.#open(request, body, scope, options);
    const session = this.#byId.get(id);
    // SECURITY: another token's session is answered like one that never was; else ids could be probed and used.
    if (!session || session.owner !== scope.caller.name)
      return refuse(404, -32001, 'Session not found: it ended or was never here. Initialize again.');
    if (session.format !== scope.format) return refuse(400, -32000, 'A session keeps the format it was initialised with.');
    return this.#use(session, () => session.transport.handleRequest(request, options));
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    await Promise.all([...this.#byId.values()].map((session) => session.server.close().catch(() => {})));
    this.#byId.clear();
  }

  async #open(request: Request, body: unknown, scope: RequestScope, options: object): Promise<Response> {
    const first = Array.isArray(body) ? body[0] : body;
    if (request.method !== 'POST' || !isInitializeRequest(first)) {
      return refuse(400, -32000, 'This request has no Mcp-Session-Id: a 2025 client initializes first.');
    }
    if (this.#byId.size >= this.#limits.most && !this.#evictIdlest()) {
      return refuse(503, -32000, `All ${this.#limits.most} sessions are busy. Try again shortly, or raise MAX_SESSIONS.`);
    }
    const server = this.#build();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#byId.set(id, session);
        this.#onCount(this.#byId.size);
      },
      onsessionclosed: (id) => this.#forget(id),
    });
    const session: Session = { transport, server, owner: scope.caller.name, format: scope.format, usedAt: Date.now(), active: 0 };
    await server.connect(transport);
    return this.#use(session, () => transport.handleRequest(request, options));
  }

  async #use(session: Session, run: () => Promise<Response>): Promise<Response> {
    session.active += 1;
    session.usedAt = Date.now();
    try {
      return await run();
    } finally {
      session.active -= 1;
      session.usedAt = Date.now();
    }
  }

  #evictIdlest(): boolean {
    const idle = [...this.#byId].filter(([, session]) => session.active === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt)[0];
    // A client whose session was taken gets 404 and initializes again; one that was used a minute ago is left alone.
    if (!idle || Date.now() - idle[1].usedAt < Math.min(60_000, this.#limits.idleMs)) return false;
    void idle[1].server.close().catch(() => {});
    this.#forget(idle[0]);
    return true;
  }

  #sweep(): void {
    const oldest = Date.now() - this.#limits.idleMs;
    for (const [id, session] of this.#byId) {
      if (session.active > 0 || session.usedAt > oldest) continue;
      void session.server.close().catch(() => {});
      this.#forget(id);
    }
  }

  #forget(id: string): void {
    this.#byId.delete(id);
    this.#onCount(this.#byId.size);
  }
}

function refuse(status: number, code: number, message: string): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status });
}
