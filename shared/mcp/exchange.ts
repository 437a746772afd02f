import type { ServerResponse } from 'node:http';
import {
  type AuthInfo,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type MessageClassification,
  PerRequestHTTPServerTransport,
  type TransportSendOptions,
} from '@modelcontextprotocol/server';
import { toJson } from './kept-json.ts';

const MISSING_CAPABILITY = -32021;
const KEEP_ALIVE_MS = 15_000;
const STREAM = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
};

/**
 * One 2026 request and its answer, written straight to Node's response: JSON, or an event stream from the first notification on.
 * The SDK's own transport makes the same answers out of web `Request`, `Response` and `ReadableStream` objects, which cost three times the rest of a call;
 * this extends it, because the SDK's server reads the protocol revision from that class.
 */
export class Exchange extends PerRequestHTTPServerTransport {
  readonly #classification: MessageClassification;
  readonly #res: ServerResponse;
  readonly #done = Promise.withResolvers<void>();
  #id: JSONRPCRequest['id'] | undefined;
  #ended = false;
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(classification: MessageClassification, res: ServerResponse) {
    super({ classification });
    this.#classification = classification;
    this.#res = res;
  }

  /** Hands the request to the connected server; resolves when its answer was handed over or the client is gone, which cancels the call. */
  run(message: JSONRPCRequest, authInfo: AuthInfo): Promise<void> {
    this.#id = message.id;
    this.#res.once('close', () => {
      if (!this.#ended) void this.close();
      this.#done.resolve();
    });
    this.onmessage?.(message, { classification: this.#classification, authInfo });
    return this.#done.promise;
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (this.#ended) return;
    if ('method' in message) {
      if (options?.relatedRequestId === this.#id) this.#stream(message);
      return;
    }
    this.#ended = true;
    clearInterval(this.#keepAlive);
    const finished = (): void => this.#done.resolve();
    if (this.#res.headersSent) {
      this.#res.end(frame(message), finished);
      return;
    }
    const body = toJson(message);
    const status = 'error' in message && message.error.code === MISSING_CAPABILITY ? 400 : 200;
    this.#res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body, finished);
  }

  /** Cancels the call, if it still runs. */
  override async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#keepAlive);
    this.onclose?.();
    if (!this.#res.headersSent) this.#res.writeHead(503, { 'retry-after': '1' });
    this.#res.end();
  }

  #stream(message: JSONRPCMessage): void {
    if (!this.#res.headersSent) {
      this.#res.writeHead(200, STREAM);
      this.#keepAlive = setInterval(() => this.#res.write(': keepalive\n\n'), KEEP_ALIVE_MS).unref();
    }
    this.#res.write(frame(message));
  }
}

const frame = (message: JSONRPCMessage): string => `event: message\ndata: ${JSON.stringify(message)}\n\n`;
