import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import type { FaultCode } from '../faults.ts';
import { clientLabel } from './labels.ts';
import { processMetrics } from './process-metrics.ts';

/** How a call or an upstream request ended. */
export type Outcome = 'ok' | 'cancelled' | FaultCode;

/** Why a request was turned away before any tool saw it. */
export type Rejection = 'missing' | 'malformed' | 'wrong' | 'host' | 'origin' | 'rate';

export interface CallMeasure {
  tool: string;
  outcome: Outcome;
  /** The name the client gave; free text. */
  client?: string | undefined;
  ms: number;
  /** Size of the reply. */
  bytes?: number | undefined;
  /** Estimated tokens of the reply. */
  tokens?: number | undefined;
}

/** One server's metrics. Every label comes from a bounded set. */
export interface Metrics {
  call(measure: CallMeasure): void;
  upstream(measure: { upstream: string; ms: number; outcome: Outcome }): void;
  authRejected(reason: Rejection): void;
  /** How many sessions are open now. */
  sessions(open: number): void;
  /** A step of an action: the state it came to, out of our own few. */
  action(state: string): void;
  /** Entries of the audit that were written together, or could not be. */
  audited(entries: number, ms: number, written: boolean): void;
  /** The page for Prometheus. */
  text(): Promise<string>;
  contentType: string;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const BYTES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];
const TOKENS = [50, 100, 200, 400, 800, 1500, 3000, 6000];

/** Metrics for `server` in a registry of its own; a call of a tool that is not in `tools` counts as `unknown`. */
export function metrics(server: string, tools: readonly string[], registry = new Registry()): Metrics {
  const registers = [registry];
  registry.setDefaultLabels({ server });
  processMetrics(registry);
  const calls = new Counter({ name: 'mcp_calls_total', help: 'Calls of tools.', labelNames: ['tool', 'outcome', 'client'], registers });
  const histogram = (name: string, help: string, label: string, buckets: number[]) =>
    new Histogram({ name, help, labelNames: [label], buckets, registers });
  const callSeconds = histogram('mcp_call_seconds', 'Duration of calls.', 'tool', SECONDS);
  const replyBytes = histogram('mcp_reply_bytes', 'Size of replies.', 'tool', BYTES);
  const replyTokens = histogram('mcp_reply_tokens_estimated', 'Estimated tokens of replies.', 'tool', TOKENS);
  const upstreamSeconds = histogram('mcp_upstream_seconds', 'Duration of requests to upstreams.', 'upstream', SECONDS);
  const upstreamErrors = new Counter({
    name: 'mcp_upstream_errors_total',
    help: 'Requests to upstreams that failed.',
    labelNames: ['upstream', 'outcome'],
    registers,
  });
  const open = new Gauge({ name: 'mcp_sessions', help: 'Open sessions.', registers });
  const rejected = new Counter({ name: 'mcp_auth_rejected_total', help: 'Requests turned away.', labelNames: ['reason'], registers });
  const actions = new Counter({ name: 'mcp_actions_total', help: 'Steps of actions.', labelNames: ['state'], registers });
  const auditSeconds = new Histogram({ name: 'mcp_audit_seconds', help: 'Duration of writes to the audit.', buckets: SECONDS, registers });
  const auditEntries = new Counter({ name: 'mcp_audit_entries_total', help: 'Entries of the audit.', labelNames: ['written'], registers });
  // The children are kept: finding them by their labels costs more than counting.
  const perTool = new Map(
    [...tools, 'unknown'].map((tool) => [
      tool,
      { seconds: callSeconds.labels(tool), bytes: replyBytes.labels(tool), tokens: replyTokens.labels(tool) },
    ]),
  );
  return {
    call({ tool: name, outcome, client, ms, bytes, tokens }) {
      // SECURITY: names come from the caller; an unbounded label would let anyone fill the memory.
      const tool = perTool.has(name) ? name : 'unknown';
      const measured = perTool.get(tool);
      calls.inc({ tool, outcome, client: clientLabel(client) });
      measured?.seconds.observe(ms / 1000);
      if (bytes !== undefined) measured?.bytes.observe(bytes);
      if (tokens !== undefined) measured?.tokens.observe(tokens);
    },
    upstream({ upstream, ms, outcome }) {
      upstreamSeconds.observe({ upstream }, ms / 1000);
      if (outcome !== 'ok' && outcome !== 'cancelled') upstreamErrors.inc({ upstream, outcome });
    },
    authRejected: (reason) => rejected.inc({ reason }),
    sessions: (count) => open.set(count),
    action: (state) => actions.inc({ state }),
    audited(entries, ms, written) {
      auditEntries.inc({ written: String(written) }, entries);
      auditSeconds.observe(ms / 1000);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
