import { request } from 'node:http';
import { connect } from 'node:net';
import { TOKENS } from './start.ts';

/** One HTTP answer. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON, of an event stream its last message; undefined where it is neither. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  json: any;
}

export interface Sending {
  method?: string;
  path?: string;
  /** Over those that a right request has; undefined takes one away. */
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
}

const PLAIN: Record<string, string> = {
  authorization: `Bearer ${TOKENS.read}`,
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

/** Sends one request as it is told to, right or wrong, on a connection of its own. */
export function send(url: string, { method = 'POST', path, headers = {}, body }: Sending = {}): Promise<Answer> {
  const { hostname, port, pathname } = new URL(url);
  const wanted = { ...PLAIN, ...headers };
  const all = Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: path ?? pathname, method, headers: all, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json: parsed(text) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A 2026 request with the headers that repeat it. */
export function modern(
  method: string,
  params: Record<string, unknown> = {},
  more: { id?: unknown; meta?: object } = {},
): Sending & { body: string } {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
    ...more.meta,
  };
  const name = params.name ?? params.uri;
  return {
    headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...(typeof name === 'string' ? { 'mcp-name': name } : {}) },
    body: JSON.stringify({ jsonrpc: '2.0', id: more.id ?? 1, method, params: { ...params, _meta } }),
  };
}

/** An `initialize` of the 2025 era. */
export const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

/** Writes bytes to a socket and gives everything that came back until the server closed it, or until `until` is in it. */
export function socket(url: string, bytes: string | Buffer, until?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let got = '';
    const line = connect(Number(port), hostname, () => void line.write(bytes));
    line.on('data', (part) => {
      got += part.toString('latin1');
      if (until !== undefined && got.includes(until)) line.destroy();
    });
    line.on('error', () => {});
    line.on('close', () => resolve(got));
  });
}

function parsed(text: string): unknown {
  const data = text.split('\n').findLast((line) => line.startsWith('data: {'));
  try {
    return JSON.parse(data ? data.slice(6) : text);
  } catch {
    return undefined;
  }
}
