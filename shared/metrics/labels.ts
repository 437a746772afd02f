/** Clients by the name they give; what is not here counts as `other`, because the name is free text from outside. */
const CLIENTS = new Set(['claude-code', 'claude-ai', 'open-webui', 'mcp', 'mcp-inspector', 'inspector-client', 'cursor', 'vscode', 'zed']);

/** The client's label: a known name, `other`, or `unknown` where none was given. */
export function clientLabel(name: string | undefined): string {
  if (!name) return 'unknown';
  if (CLIENTS.has(name)) return name;
  const lower = name.toLowerCase();
  return CLIENTS.has(lower) ? lower : 'other';
}
