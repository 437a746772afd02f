/** One server as a client reaches it. */
export interface ServerAddress {
  /** `mcp-homelab`. */
  name: string;
  /** Ends in `/mcp`. */
  url: string;
}

/**
 * What to paste to connect clients. A token is shown once, in the line that sets `HOMELAB_TOKEN`; the other lines name the variable,
 * so that they can be kept.
 */
export function connectLines(servers: readonly ServerAddress[], token?: string): string {
  const adds = servers.map(
    ({ name, url }) => `claude mcp add --transport http ${name} ${url} --header "Authorization: Bearer $HOMELAB_TOKEN"`,
  );
  const webui = servers.map(({ url }) => `  type MCP (Streamable HTTP), URL ${url}, Auth Bearer, key: the token`);
  return [
    ...(token ? [`export HOMELAB_TOKEN=${token}`, ''] : []),
    'Claude Code, one line per server:',
    ...adds,
    '',
    'or as .mcp.json in a project:',
    mcpJson(servers),
    '',
    'Open WebUI, Admin Settings > External Tools, one entry per server:',
    ...webui,
  ].join('\n');
}

function mcpJson(servers: readonly ServerAddress[]): string {
  const entries = servers.map(({ name, url }) => {
    // Ten minutes: a client's own limit must not end what the server still works on.
    const entry = { type: 'http', url, headers: { Authorization: `Bearer $\{HOMELAB_TOKEN}` }, timeout: 600_000 };
    return `    ${JSON.stringify(name)}: ${JSON.stringify(entry)}`;
  });
  return ['{', '  "mcpServers": {', entries.join(',\n'), '  }', '}'].join('\n');
}
