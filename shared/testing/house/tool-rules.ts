import { z } from 'zod';
import type { AnyTool } from '../../mcp/tool.ts';

/** One module of a `tools` folder, as imported. */
export interface ToolFile {
  path: string;
  exports: Record<string, unknown>;
  /** A test stands beside it. */
  tested: boolean;
}

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
const LONGEST_DESCRIPTION = 400;
const LONGEST_PATTERN = 80;

interface JsonSchema {
  type?: unknown;
  properties?: unknown;
  additionalProperties?: unknown;
  pattern?: string;
  anyOf?: unknown;
  oneOf?: unknown;
  allOf?: unknown;
}

const isTool = (value: unknown): value is AnyTool =>
  typeof value === 'object' && value !== null && 'name' in value && 'handler' in value && 'safety' in value && 'input' in value;

function schemaBreaches(tool: AnyTool): string[] {
  const schema = z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const found: string[] = [];
  if (schema.type !== 'object' || schema.anyOf || schema.oneOf || schema.allOf) found.push('the root of its input is no plain object');
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as JsonSchema;
    if (node.type === 'object' && node.properties && node.additionalProperties !== false) found.push(`its input is not strict at ${path}`);
    if (typeof node.pattern === 'string' && node.pattern.length > LONGEST_PATTERN)
      found.push(`a long pattern stands in its input at ${path}`);
    for (const [key, child] of Object.entries(value)) walk(child, `${path}/${key}`);
  };
  walk(schema, '#');
  return found;
}

function ownBreaches(tool: AnyTool): string[] {
  const found = schemaBreaches(tool);
  if (!NAME.test(tool.name)) found.push('its name is not lower snake of at most 32 characters');
  if (tool.description.length >= LONGEST_DESCRIPTION)
    found.push(`its description has ${tool.description.length} characters, under ${LONGEST_DESCRIPTION} are allowed`);
  return found.map((rule) => `tool ${tool.name}: ${rule}`);
}

/** What is wrong with the tool files of all servers, one line per breach. */
export function toolBreaches(files: readonly ToolFile[]): string[] {
  const homes = new Map<string, string>();
  return files.flatMap(({ path, exports, tested }) => {
    const tools = Object.values(exports).filter(isTool);
    const base = path.split('/').at(-1)?.replace(/\.ts$/, '');
    const found = tools.flatMap(ownBreaches);
    if (!tested) found.push('no test stands beside it');
    if (tools.length === 0) found.push('exports no tool');
    else if (!tools.some((tool) => tool.name.replaceAll('_', '-') === base)) {
      found.push(`is named for none of its tools (${tools.map((tool) => tool.name).join(', ')})`);
    }
    for (const { name } of tools) {
      const home = homes.get(name);
      if (home) found.push(`tool ${name}: the name is taken by ${home}`);
      homes.set(name, path);
    }
    return found.map((rule) => `${path}: ${rule}`);
  });
}
