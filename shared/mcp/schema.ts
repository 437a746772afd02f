import { z } from 'zod';

/** A JSON Schema (2020-12) with an object at its root, as clients get it. */
export interface JsonSchema {
  type: 'object';
  properties?: Record<string, unknown>;
  [key: string]: unknown;
}

const inputs = new WeakMap<z.ZodType, JsonSchema>();
const outputs = new WeakMap<z.ZodType, JsonSchema>();

/** JSON Schema of what a caller sends; made once per zod schema, since the conversion costs more than a whole call. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return memo(inputs, schema, 'input');
}

/** JSON Schema of what `/mcp?format=json` returns as `structuredContent`. */
export function outputSchema(schema: z.ZodType): JsonSchema {
  return memo(outputs, schema, 'output');
}

function memo(cache: WeakMap<z.ZodType, JsonSchema>, schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  let made = cache.get(schema);
  if (!made) {
    made = lean(z.toJSONSchema(schema, { io, unrepresentable: 'any' })) as JsonSchema;
    delete made.$schema;
    cache.set(schema, made);
  }
  return made;
}

/** Takes out what costs a reader tokens and tells nothing: zod's bounds for safe integers. */
function lean(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(lean);
  if (node === null || typeof node !== 'object') return node;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) continue;
    if (key === 'minimum' && value === Number.MIN_SAFE_INTEGER) continue;
    kept[key] = lean(value);
  }
  return kept;
}
