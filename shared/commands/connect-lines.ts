/** One server as a client on this machine reaches it; `url` ends in `/mcp`. */
export interface ServerAddress {
  name: string;
  url: string;
}

/** The exact lines to paste into each client, as groups of lines; `token` stands where the client keeps its token, `$HOMELAB_TOKEN` when it is set in the shell. */
export function connectLines(servers: readonly ServerAddress[], token = '$HOMELAB_TOKEN'): string[][] {
  return [
    ['Claude Code, in a shell:', ...servers.map((server) => `  ${claudeLine(server, token)}`)],
    ['or a .mcp.json in your project (it reads HOMELAB_TOKEN from the environment):', ...mcpJson(servers)],
    [
      'Open WebUI: Admin Panel > Settings > External Tools > +, type "MCP (Streamable HTTP)", auth Bearer:',
      ...servers.map(({ url }) => `  URL ${url}   key ${token}`),
      '  From a container use http://host.docker.internal:PORT/mcp and start with ALLOWED_HOSTS=host.docker.internal.',
    ],
  ];
}

function claudeLine({ name, url }: ServerAddress, token: string): string {
  return `claude mcp add --transport http ${name} ${url} --header "Authorization: Bearer ${token}"`;
}

function mcpJson(servers: readonly ServerAddress[]): string[] {
  const entries = servers.map(({ name, url }) => [
    name,
    // Ten minutes: Claude Code's own limit per call would end a long one, and a progress tick does not extend it.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the client fills it in from its environment
    { type: 'http', url, headers: { Authorization: 'Bearer ${HOMELAB_TOKEN}' }, timeout: 600_000 },
  ]);
  return JSON.stringify({ mcpServers: Object.fromEntries(entries) }, null, 2)
    .split('\n')
    .map((line) => `  ${line}`);
}
