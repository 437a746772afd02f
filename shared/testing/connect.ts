import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport as V1AnyTransport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

/** The real clients that every server is tried with: SDK v2 in both eras, and SDK v1 as an independent 2025 client. */
export const CLIENTS = ['v2-modern', 'v2-legacy', 'v1'] as const;
export type ClientKind = (typeof CLIENTS)[number];

/** What a test needs of a connected client; the three SDK clients behind one face. */
export interface TestClient {
  kind: ClientKind;
  /** Whole result of `tools/call`, with the text of its first block beside it. */
  call: (name: string, args?: Record<string, unknown>, options?: CallOptions) => Promise<CallResult>;
  /** The raw SDK client, for what only one of them can do. */
  raw: Client;
  close: () => Promise<void>;
}

export interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (progress: { progress: number; total?: number; message?: string }) => void;
  timeout?: number;
}

export interface CallResult {
  text: string;
  isError: boolean;
  content: { type: string; text?: string; data?: string; mimeType?: string; uri?: string }[];
  structuredContent?: unknown;
}

export interface ConnectOptions {
  /** The person at the client: given the question, gives the answer. Without it the client declares that nobody can be asked. */
  elicit?: (message: string) => Promise<ElicitAnswer>;
  /** More request headers. */
  headers?: Record<string, string>;
  /** The name the client gives. */
  name?: string;
}

export interface ElicitAnswer {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, boolean>;
}

/** Connects a real client to `url` with a bearer token. Close it when done. */
export async function connect(
  url: string,
  token: string | undefined,
  kind: ClientKind = 'v2-modern',
  { elicit, name = `test-${kind}`, headers = {} }: ConnectOptions = {},
): Promise<TestClient> {
  const requestInit = { headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) } };
  const info = { name, version: '1.0.0' };
  const options = elicit ? { capabilities: { elicitation: { form: {} } } } : {};
  const client = kind === 'v1' ? await v1() : await v2();

  async function v2(): Promise<Client> {
    const made = new Client(info, { ...options, versionNegotiation: { mode: kind === 'v2-modern' ? { pin: '2026-07-28' } : 'legacy' } });
    if (elicit) made.setRequestHandler('elicitation/create', ({ params }) => elicit(params.message) as never);
    await made.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
    return made;
  }

  async function v1(): Promise<Client> {
    const made = new V1Client(info, options);
    if (elicit) made.setRequestHandler(ElicitRequestSchema, ({ params }) => elicit(params.message) as never);
    await made.connect(new V1Transport(new URL(url), { requestInit }) as V1AnyTransport);
    // The two SDKs name the methods that tests use alike.
    return made as unknown as Client;
  }

  return {
    kind,
    raw: client,
    close: () => client.close(),
    async call(name, args = {}, options = {}) {
      const params = { name, arguments: args };
      const run = client.callTool as unknown as (...all: unknown[]) => Promise<CallResult>;
      const result = await (kind === 'v1' ? run.call(client, params, undefined, options) : run.call(client, params, options));
      return { ...result, isError: result.isError ?? false, text: result.content.find((block) => block.type === 'text')?.text ?? '' };
    },
  };
}
