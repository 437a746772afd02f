import type { ServerDefinition } from '../mcp/server-definition.ts';
import { leastLevel, mostLevel, wireTool } from '../mcp/visible-tools.ts';

/** A tool as documents and snapshots show it. */
export interface ShownTool {
  name: string;
  title: string;
  description: string;
  inputSchema: unknown;
  /** One level, or `write to disruptive` where the arguments decide. */
  safety: string;
}

/** All tools of a server, in the order in which `tools/list` gives them to the highest level. */
export function shownTools<Client>(definition: ServerDefinition<Client>): ShownTool[] {
  return definition.tools.map((tool) => {
    const least = leastLevel(tool);
    const most = mostLevel(tool);
    const { inputSchema } = wireTool(tool, 'text');
    return {
      name: tool.name,
      title: tool.title,
      description: tool.description,
      inputSchema,
      safety: least === most ? least : `${least} to ${most}`,
    };
  });
}
