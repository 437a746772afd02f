import type { JSONRPCMessage } from '@modelcontextprotocol/server';

const kept = new WeakMap<object, string>();

/** Remembers the JSON text of a value that is answered again and again and never changes. */
export function keepJson<T extends object>(value: T): T {
  kept.set(value, JSON.stringify(value));
  return value;
}

/** The same text as JSON.stringify gives, without writing a kept list of tools anew. */
export function toJson(message: JSONRPCMessage): string {
  const tools = 'result' in message ? message.result.tools : undefined;
  const list = typeof tools === 'object' && tools !== null ? kept.get(tools) : undefined;
  if (list === undefined) return JSON.stringify(message);
  const result = (value: object): string => object(value, (key, part) => (key === 'tools' ? list : JSON.stringify(part)));
  return object(message, (key, part) => (key === 'result' ? result(part) : JSON.stringify(part)));
}

function object(value: object, write: (key: string, part: object) => string): string {
  const parts = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${write(key, part)}`).join(',')}}`;
}
