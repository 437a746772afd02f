import { redact } from '../redact/redact.ts';

/**
 * Everything a log line may carry. A field that is not declared here does not pass, whatever its type says elsewhere:
 * tool arguments and upstream answers have no field, so they cannot be logged.
 */
const FIELDS = {
  // One call.
  requestId: 'id of the request, as in error replies',
  traceparent: 'W3C trace context that the client sent',
  caller: "the token's name",
  client: 'name and version that the client gave',
  era: '`modern` or `legacy`',
  tool: 'tool, resource or prompt that was called',
  method: 'HTTP or JSON-RPC method',
  path: 'HTTP path without its query',
  status: 'HTTP status',
  ms: 'duration in milliseconds',
  bytes: 'size of the reply',
  tokens: 'estimated tokens of the reply',
  outcome: '`ok`, `cancelled` or a fault code',
  code: 'fault code or errno',
  reason: 'why something was refused, in our words',
  level: 'safety level',
  action: 'id of an action',
  // The audit.
  chain: 'name of an audit chain',
  seq: 'number of its last line',
  hash: 'hash of that line',
  // One server.
  server: 'server name',
  version: 'its version',
  host: 'host name or address',
  port: 'port',
  url: 'URL without credentials',
  upstream: "upstream's name",
  variable: 'name of an environment variable',
  file: 'path of a file',
  line: 'line in it',
  signal: 'signal that ended the process',
  count: 'how many',
  warning: 'one sentence for the operator',
  detail: 'one sentence more',
  err: 'an error, with its causes',
} as const;

export type FieldName = keyof typeof FIELDS;

/** Fields of one line; values that are not text, numbers, booleans or lists of them are written as their kind only. */
export type Fields = { readonly [name in FieldName]?: unknown };

const TEXT_LIMIT = 500;
const LIST_LIMIT = 20;
const CAUSE_LIMIT = 5;

/** Made by us or checked before they come here; the redactor would take their digits for keys. */
const OURS: ReadonlySet<string> = new Set([
  'requestId',
  'traceparent',
  'era',
  'outcome',
  'level',
  'action',
  'chain',
  'hash',
  'version',
  'signal',
  'variable',
]);

/** The declared fields of `fields`, redacted and bounded. */
export function allowed(fields: Fields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  // SECURITY: this loop is the allow-list; passing `fields` on as it is would let any object into the log.
  for (const [name, value] of Object.entries(fields)) {
    if (!(name in FIELDS) || value === undefined) continue;
    line[name] = name === 'err' ? error(value) : plain(value, OURS.has(name));
  }
  return line;
}

function plain(value: unknown, ours = false): unknown {
  if (typeof value === 'string') return cut(ours ? value : redact(value));
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, LIST_LIMIT).map((item) => plain(item));
  if (value instanceof Date) return value.toISOString();
  // A secret says so itself; anything else could hold one.
  const said = (value as { toJSON?: () => unknown }).toJSON?.();
  return said === '[secret]' ? said : `[${typeof value}]`;
}

function error(value: unknown, depth = 1): unknown {
  if (!(value instanceof Error)) return { type: typeof value, message: String(plain(value)) };
  const code = (value as { code?: unknown }).code;
  return {
    type: value.name,
    message: cut(redact(value.message)),
    ...(typeof code === 'string' && { code }),
    // The stack's head repeats the message, which may be long or hold what the message had redacted.
    stack: value.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
    ...(value.cause !== undefined && depth < CAUSE_LIMIT && { cause: error(value.cause, depth + 1) }),
  };
}

function cut(text: string): string {
  return text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}... (${text.length} characters)` : text;
}
