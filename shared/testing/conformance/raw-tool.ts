import type { CallToolResult, InputRequiredResult, ServerContext, Tool as WireTool } from '@modelcontextprotocol/server';

/** A tool that the suite asks for and that the factory's text-first declaration cannot express. */
export interface RawTool {
  description: string;
  inputSchema?: WireTool['inputSchema'];
  call: (args: Record<string, unknown>, ctx: ServerContext) => Promise<CallToolResult | InputRequiredResult>;
}

/** A result with one text block. */
export const text = (said: string): CallToolResult => ({ content: [{ type: 'text', text: said }] });
