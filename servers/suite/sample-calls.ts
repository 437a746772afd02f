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
  { server: 'mcp-homelab', tool: 'docs_read', args: { ref: 'runbooks/dsik-filling.md' }, budget: 1_000 },
  { server: 'mcp-homelab', tool: 'docs_outline', args: {}, budget: 400 },
  { server: 'mcp-homelab', tool: 'docs_outline', args: { path: 'runbooks/disk-filling.md' }, budget: 200 },
  { server: 'mcp-homelab', tool: 'repo_changes', args: { since: '7d', path: 'runbooks' }, budget: 900 },
];
