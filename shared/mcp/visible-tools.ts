import type { Tool as WireTool } from '@modelcontextprotocol/server';
import type { Caller } from '../auth/caller.ts';
import { includes, type Level } from '../safety/levels.ts';
import { neverAllowed, type Policy } from '../safety/policy.ts';
import { keepJson } from './kept-json.ts';
import { inputSchema, outputSchema } from './schema.ts';
import type { ServerDefinition } from './server-definition.ts';
import type { AnyTool } from './tool.ts';

/** Which of the two endpoints a caller uses: text for models, typed JSON beside it for programs. */
export type Format = 'text' | 'json';

/** The least level a caller needs to see the tool at all. */
export function leastLevel(tool: AnyTool): Level {
  return typeof tool.safety === 'string' ? tool.safety : tool.safety.least;
}

/** The highest level any call of the tool can have; annotations and documents follow it. */
export function mostLevel(tool: AnyTool): Level {
  return typeof tool.safety === 'string' ? tool.safety : tool.safety.most;
}

/** True when the caller's token lets it see and call the tool. */
export function visible(tool: AnyTool, caller: Caller): boolean {
  return includes(caller.level, leastLevel(tool)) && (caller.tools === undefined || caller.tools.includes(tool.name));
}

type Lister = (caller: Caller, format: Format) => { tools: WireTool[] };

/** Answers `tools/list` from a cache per policy, format and set of visible tools; the order is the definition's. */
export function toolLister<Client>(def: ServerDefinition<Client>, policyNow: () => Policy): Lister {
  let held: { policy: Policy; cache: Map<string, { tools: WireTool[] }> } | undefined;
  return (caller, format) => {
    const policy = policyNow();
    if (held?.policy !== policy) held = { policy, cache: new Map() };
    const { cache } = held;
    // Only a rule can tell callers of one level apart.
    const who = policy.rules.length > 0 ? caller.name : '';
    const key = `${format} ${caller.level} ${caller.tools?.join(',') ?? '*'} ${who}`;
    let list = cache.get(key);
    if (!list) {
      const shown = def.tools.filter((tool) => visible(tool, caller) && !neverAllowed(policy, tool.name, caller.name));
      list = { tools: keepJson(shown.map((tool) => wireTool(tool, format))) };
      // The key has the token's own name and tools in it: bounded, so that a thousand tokens cannot fill the memory.
      if (cache.size > 200) cache.clear();
      cache.set(key, list);
    }
    return list;
  };
}

/** One tool as `tools/list` shows it. */
export function wireTool(tool: AnyTool, format: Format): WireTool {
  const most = mostLevel(tool);
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(tool.input),
    ...(format === 'json' ? { outputSchema: outputSchema(tool.output) } : {}),
    annotations: {
      readOnlyHint: most === 'read',
      ...(most === 'read' ? {} : { destructiveHint: most === 'destructive' || most === 'disruptive' }),
      ...(tool.idempotent === undefined ? {} : { idempotentHint: tool.idempotent }),
      openWorldHint: false,
    },
    ...metaOf(tool),
  } as WireTool;
}

function metaOf({ meta, askedByClient }: AnyTool): { _meta?: Record<string, unknown> } {
  const all = { ...meta, ...(askedByClient ? { 'anthropic/requiresUserInteraction': true } : {}) };
  return Object.keys(all).length > 0 ? { _meta: all } : {};
}
