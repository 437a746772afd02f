import { createHmac } from 'node:crypto';
import { isBasicBlob, isReference, looksRandom } from './harmless-value.ts';
import { nameRisk } from './name-risk.ts';
import { scan } from './scan.ts';
import type { SecretKind, Span } from './span.ts';

/** A secret found in a text: 1-based line and column of where it begins, and what kind it is. Never the secret itself. */
export interface SecretFound {
  line: number;
  column: number;
  kind: SecretKind;
}

/** Hides secrets. Every method is idempotent and keeps the number of lines. */
export interface Redactor {
  /** Free text, configuration, code, logs, command lines: only what is secret becomes `[redacted]`. */
  redact(text: string): string;
  /** The value of a named setting, header or argument. */
  redactEntry(name: string, value: string): string;
  /** Data as JSON has it: strings, arrays, objects, `{name, value}` pairs and argument lists. Returns a copy; the type stays, the strings change. */
  redactDeep<Data>(data: Data): Data;
}

const FLAG = /^--?[A-Za-z][\w.-]*$/;
const DEEPEST = 100;
const MOST_PASSES = 8;

/**
 * Makes a redactor. With the installation's key a secret shows as `[redacted hmac:9c1f]`, so that two equal ones can be told from two
 * different ones without seeing either.
 */
export function redactor(key?: string | Uint8Array): Redactor {
  const mark = (secret: string) =>
    key === undefined ? '[redacted]' : `[redacted hmac:${createHmac('sha256', key).update(secret).digest('hex').slice(0, 4)}]`;

  const once = (text: string, spans: Span[]) => {
    const parts: string[] = [];
    let at = 0;
    for (const span of spans) {
      parts.push(text.slice(at, span.start), span.rest ? '' : mark(span.whole ?? text.slice(span.start, span.end)));
      at = span.end;
    }
    parts.push(text.slice(at));
    return parts.join('');
  };

  // What a placeholder leaves around it can read as another pair: going on until nothing is found makes a second call change nothing.
  const redact = (text: string) => {
    let shown = text;
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const spans = scan(shown);
      if (spans.length === 0) break;
      shown = once(shown, spans);
    }
    return shown;
  };

  const redactEntry = (name: string, value: string) => {
    if (!isSecretEntry(name, value)) return redact(value);
    return value
      .split('\n')
      .map((_, index) => (index === 0 ? mark(value) : ''))
      .join('\n');
  };

  const deep = (data: unknown, name: string, depth: number): unknown => {
    // SECURITY: what is nested deeper than any honest answer is dropped, or it would be shown unread.
    if (depth > DEEPEST) return '[redacted]';
    if (typeof data === 'string') return redactEntry(name, data);
    if (typeof data === 'number')
      return nameRisk(name) === 'secret' && data >= 1_000 && !/tokens?$/i.test(name) ? mark(String(data)) : data;
    if (Array.isArray(data)) return list(data, name, depth);
    if (data === null || typeof data !== 'object' || Object.getPrototypeOf(data) === Date.prototype || ArrayBuffer.isView(data))
      return data;
    const named = pairName(data as Record<string, unknown>);
    return Object.fromEntries(
      Object.entries(data).map(([field, value]) => [
        field,
        deep(value, named !== undefined && /^value$/i.test(field) ? named : field, depth + 1),
      ]),
    );
  };

  const list = (items: unknown[], name: string, depth: number): unknown[] => {
    const command = items.every((item) => typeof item === 'string') ? commandParts(items as string[]) : undefined;
    return items.map((item, index) => {
      const before = items[index - 1];
      if (typeof item === 'string' && typeof before === 'string' && FLAG.test(before) && !item.startsWith('-'))
        return redactEntry(before, item);
      const part = command?.get(index);
      if (part !== undefined) return redact(`${part} ${item as string}`).slice(part.length + 1);
      return deep(item, name, depth + 1);
    });
  };

  return { redact, redactEntry, redactDeep: <Data>(data: Data) => deep(data, '', 0) as Data };
}

function isSecretEntry(name: string, value: string): boolean {
  const risk = nameRisk(name.replace(/^-+/, ''));
  if (risk === 'none' || value === '' || /^\[redacted(?: hmac:[0-9a-f]{4})?\]\n*$/.test(value) || isReference(value)) return false;
  if (/^(?:bearer|basic|digest|token) \S/i.test(value) || /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value) || /^\$\{\w+:?[-=]/.test(value))
    return false;
  return risk === 'secret' || looksRandom(value) || (/auth/i.test(name) && isBasicBlob(value));
}

/** `{name: 'DB_PASSWORD', value: 'x'}` as Kubernetes, Portainer and forms write a pair. */
function pairName(data: Record<string, unknown>): string | undefined {
  const name = data.name ?? data.Name ?? data.key ?? data.Key;
  return typeof name === 'string' && ('value' in data || 'Value' in data) ? name : undefined;
}

/** For an argument list of a program that takes a password as a short option: what must stand before the argument to see it as one. */
function commandParts(items: string[]): Map<number, string> | undefined {
  const program = items.findIndex((item) =>
    /(?:^|\/)(?:mysql\w*|mariadb[\w-]*|sshpass|redis-cli|mongo\w*|curl|ldap\w+|smbclient)$/.test(item),
  );
  if (program === -1) return undefined;
  const name = (items[program] as string).split('/').at(-1) as string;
  return new Map(
    items.slice(program + 1).map((item, index) => {
      const before = items[program + index] as string;
      return [program + 1 + index, index > 0 && /^-[a-zA-Z]$/.test(before) && !item.startsWith('-') ? `${name} ${before}` : name];
    }),
  );
}

const plain = redactor();

/** Redacts free text with the plain `[redacted]`. */
export const redact = plain.redact;

/** Redacts a named value with the plain `[redacted]`. */
export const redactEntry = plain.redactEntry;

/** Redacts JSON-like data with the plain `[redacted]`. */
export const redactDeep = plain.redactDeep;

/** Lists the secrets in a text for a checker, one entry for each, in order. */
export function findSecrets(text: string): SecretFound[] {
  let line = 1;
  let lineStart = 0;
  let newline = text.indexOf('\n');
  return scan(text)
    .filter((span) => !span.rest)
    .map((span) => {
      while (newline !== -1 && newline < span.start) {
        line++;
        lineStart = newline + 1;
        newline = text.indexOf('\n', lineStart);
      }
      return { line, column: span.start - lineStart + 1, kind: span.kind };
    });
}
