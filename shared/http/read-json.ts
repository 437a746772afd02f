import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { nestsDeeper } from './limits.ts';
import { Refusal } from './refusal.ts';

const MEBIBYTE = 1_048_576;
const DEEPEST = 64;
const PARSE_ERROR = { code: -32700 };
const INVALID_REQUEST = { code: -32600 };

/** The one JSON object in a request's body. Rejects with a Refusal for anything else: 415, 413, or 400 with the JSON-RPC code. */
export async function readJson(req: IncomingMessage): Promise<object> {
  const body = await readBody(req);
  if (body.length === 0) throw new Refusal(400, 'parse', 'Parse error: the body is empty.', PARSE_ERROR);
  // SECURITY: checked on the bytes, because a deep body would cost the parser, and all who walk its result, their stack.
  if (nestsDeeper(body, DEEPEST)) throw new Refusal(400, 'too_deep', `The body nests deeper than ${DEEPEST} levels.`, INVALID_REQUEST);
  const message = parse(body);
  if (Array.isArray(message))
    throw new Refusal(400, 'batch', 'Batches left MCP in 2025-06: send one message per request.', INVALID_REQUEST);
  if (typeof message !== 'object' || message === null)
    throw new Refusal(400, 'parse', 'The body is not a JSON-RPC message.', INVALID_REQUEST);
  return message;
}

function parse(body: Buffer): unknown {
  try {
    if (isUtf8(body)) return JSON.parse(body.toString());
  } catch {}
  throw new Refusal(400, 'parse', 'Parse error: the body is not valid JSON.', PARSE_ERROR);
}

function readBody(req: IncomingMessage): Promise<Buffer> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity', 'content-length': length = '0' } = req.headers;
  if (!/^application\/json *(?:; *charset="?utf-?8"?)? *$/i.test(type))
    throw new Refusal(415, 'not_json', 'Content-Type must be application/json.');
  if (encoding !== 'identity') throw new Refusal(415, 'encoding', 'A compressed body is not taken; send plain JSON.');
  if (Number(length) > MEBIBYTE) throw tooLarge();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    req.on('data', (part: Buffer) => {
      size += part.length;
      if (size > MEBIBYTE) {
        req.removeAllListeners('data').resume();
        reject(tooLarge());
      } else parts.push(part);
    });
    req.once('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)));
    req.once('error', () => reject(new Refusal(400, 'aborted', 'The body ended too early.')));
  });
}

const tooLarge = (): Refusal => new Refusal(413, 'too_large', 'The body is over 1 MiB.');
