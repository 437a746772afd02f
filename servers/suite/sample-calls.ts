/** Typical calls, for the page that shows what replies look like and what they weigh. */
export interface SampleCall {
  server: string;
  tool: string;
  args: Record<string, unknown>;
  /** Tokens (o200k) the reply may take. */
  budget: number;
}

export const SAMPLE_CALLS: readonly SampleCall[] = [
  { server: 'mcp-homelab', tool: 'docs_search', args: { query: 'why can the NAS not build images?' }, budget: 600 },
  {
    server: 'mcp-homelab',
    tool: 'docs_search',
    args: { query: 'what do I do when the disk is full', kinds: ['runbook'], limit: 3 },
    budget: 400,
  },
  { server: 'mcp-homelab', tool: 'docs_search', args: { query: 'how do I make sourdough' }, budget: 400 },
  { server: 'mcp-homelab', tool: 'docs_search', args: { query: '192\\.0\\.2\\.53', mode: 'regex', limit: 4 }, budget: 400 },
  { server: 'mcp-homelab', tool: 'docs_read', args: { ref: 'ADR 8' }, budget: 900 },
  { server: 'mcp-homelab', tool: 'docs_read', args: { ref: 'runbooks/disk-filling.md#act' }, budget: 500 },
  { server: 'mcp-homelab', tool: 'docs_outline', args: {}, budget: 400 },
  { server: 'mcp-homelab', tool: 'repo_changes', args: { since: '7d', path: 'runbooks' }, budget: 900 },
  { server: 'mcp-homelab', tool: 'inventory_find', args: { query: 'pihole' }, budget: 400 },
  { server: 'mcp-homelab', tool: 'service_get', args: { service: 'immich-postgres' }, budget: 300 },
  { server: 'mcp-homelab', tool: 'service_graph', args: { name: 'nas' }, budget: 400 },
  { server: 'mcp-homelab', tool: 'host_get', args: { host: 'rpi' }, budget: 500 },
  { server: 'mcp-homelab', tool: 'runbook_find', args: { host: 'nas', symptom: 'the disk fills' }, budget: 400 },
  { server: 'mcp-homelab', tool: 'inventory_check', args: {}, budget: 400 },
];
