import type { Serving } from '../serve.ts';

/** What a person who starts the suite reads: where the servers are, and the exact lines to paste into each client. */
export function welcome({
  servers,
  notes,
  firstToken,
}: {
  servers: readonly Serving[];
  notes: readonly string[];
  firstToken?: string;
}): string {
  const width = Math.max(...servers.map((server) => server.name.length));
  const token = firstToken ?? '$HOMELAB_TOKEN';
  const sections = [
    ['', ...servers.map((server) => `  ${server.name.padEnd(width)}  ${server.url}   ${server.title}`)],
    notes.map((note) => `  ${note}`),
    ['Claude Code, in a shell:', ...servers.map((server) => `  ${claudeLine(server, token)}`)],
    ['or a .mcp.json in your project (it reads HOMELAB_TOKEN from the environment):', ...mcpJson(servers)],
    [
      'Open WebUI: Admin Panel > Settings > External Tools > +, type "MCP (Streamable HTTP)", auth Bearer:',
      ...servers.map((server) => `  URL ${server.url}   key ${token}`),
      '  From a container use http://host.docker.internal:PORT/mcp and start with ALLOWED_HOSTS=host.docker.internal.',
    ],
    firstToken
      ? [
          'This token (name `first`, level write) is shown only now. Keep it:',
          `  export HOMELAB_TOKEN=${firstToken}`,
          'More, each with its own level: npm run token -- add NAME --level read',
        ]
      : ['Tokens: npm run token -- list; another one: npm run token -- add NAME --level read'],
    ['Stop with Ctrl-C. Something wrong? npm run doctor'],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function claudeLine({ name, url }: Serving, token: string): string {
  return `claude mcp add --transport http ${name} ${url} --header "Authorization: Bearer ${token}"`;
}

function mcpJson(servers: readonly Serving[]): string[] {
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
