import { expect, test } from 'vitest';
import { keepJson, toJson } from './kept-json.ts';

const tools = keepJson([{ name: 'one', description: 'says "{}"' }, { name: 'two' }]);

test.each([
  ['a kept list first', { result: { tools, ttlMs: 60_000, _meta: { a: [{}] } }, jsonrpc: '2.0', id: 7 }],
  ['a kept list alone', { result: { tools }, jsonrpc: '2.0', id: 'seven' }],
  ['a kept list not first', { result: { ttlMs: 1, tools }, jsonrpc: '2.0', id: 7 }],
  ['the id first', { jsonrpc: '2.0', id: '{', result: { tools, ttlMs: 1 } }],
  ['a list that was not kept', { result: { tools: [...tools], ttlMs: 1 }, jsonrpc: '2.0', id: 7 }],
  ['tools that are no list', { result: { tools: 'none' }, jsonrpc: '2.0', id: 7 }],
  ['an error', { jsonrpc: '2.0', id: 7, error: { code: 1, message: 'no' } }],
])('%s is written as JSON.stringify writes it', (_name, message) => {
  expect(toJson(message as Parameters<typeof toJson>[0])).toBe(JSON.stringify(message));
});
