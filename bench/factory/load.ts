import { Agent, request } from 'node:http';
import { ARGUMENTS, EXPECTED, NAMES } from './tools.ts';

/** Which protocol the requests speak: 2026-07-28, 2025 in a session, or 2025 without one. */
export type Era = 'modern' | 'session' | 'stateless';
export type Method = 'tools/call' | 'tools/list';

const CONNECTIONS = 8;
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Sends requests to one server over eight connections that stay open. */
export interface Load {
  /** `count` requests, each answer checked; rejects on the first wrong one. */
  run: (method: Method, count: number) => Promise<void>;
  close: () => void;
}

/** Opens the connections, and a session on each for the era that has them. */
export async function openLoad({ port, token }: { port: number; token: string }, era: Era): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const common = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  let next = 1;

  const post = (headers: Record<string, string>, message: object): Promise<{ text: string; session: string | undefined }> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(message);
      const all = { ...common, ...headers, 'content-length': Buffer.byteLength(body) };
      const sent = request({ port, host: '127.0.0.1', path: '/mcp', method: 'POST', agent, headers: all }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode === 200 || answer.statusCode === 202)
            return resolve({ text, session: answer.headers['mcp-session-id'] as string | undefined });
          reject(new Error(`${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      sent.on('error', reject).end(body);
    });

  async function initialize(): Promise<Record<string, string>> {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } };
    const { session } = await post({}, { jsonrpc: '2.0', id: next++, method: 'initialize', params });
    if (!session) throw new Error('no session was made');
    const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' };
    await post(headers, { jsonrpc: '2.0', method: 'notifications/initialized' });
    return headers;
  }

  const legacy = { 'mcp-protocol-version': '2025-11-25' };
  const sessions = era === 'session' ? await Promise.all(Array.from({ length: CONNECTIONS }, initialize)) : [];

  async function one(method: Method, worker: number): Promise<void> {
    const id = next++;
    const name = NAMES[id % NAMES.length] ?? '';
    const params = method === 'tools/call' ? { name, arguments: ARGUMENTS } : {};
    const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...(method === 'tools/call' ? { 'mcp-name': name } : {}) };
    const headers = era === 'modern' ? modern : (sessions[worker] ?? legacy);
    const { text } = await post(headers, {
      jsonrpc: '2.0',
      id,
      method,
      params: era === 'modern' ? { ...params, _meta: META } : params,
    });
    const right = method === 'tools/call' ? text.includes(EXPECTED) : text.includes(NAMES.at(-1) ?? '');
    if (!right || !text.includes(`"id":${id}`)) throw new Error(`a wrong answer: ${text.slice(0, 300)}`);
  }

  return {
    async run(method, count) {
      let left = count;
      const worker = async (_: unknown, at: number): Promise<void> => {
        while (left-- > 0) await one(method, at);
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    },
    close: () => agent.destroy(),
  };
}
