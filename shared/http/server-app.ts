import type { RequestListener } from 'node:http';
import type { Caller } from '../auth/caller.ts';
import type { Log } from '../log/logger.ts';
import { type EndpointOptions, mcpEndpoint } from '../mcp/endpoint.ts';
import type { CallRecord } from '../mcp/request-scope.ts';
import type { ServerDefinition } from '../mcp/server-definition.ts';
import { type Metrics, metrics as metricsFor, type Rejection } from '../metrics/metrics.ts';
import type { Safety } from '../safety/safety.ts';
import { type AppOptions, httpApp } from './app.ts';
import type { Probe } from './readiness.ts';

/** One server as the program that runs it hands it over: the definition, its upstream, and what it is watched with. */
export interface ServedDefinition<Client> {
  definition: ServerDefinition<Client>;
  client: Client;
  log: Log;
  metrics: Metrics;
  /** What stands between a call and a change. */
  safety: Safety;
  authenticate: (authorization: string | undefined) => Caller | undefined;
  probes?: readonly Probe[];
  /** Serves `/actions` where given. */
  actions?: AppOptions['actions'];
  /** For the conformance fixture only. */
  extend?: EndpointOptions<Client>['extend'];
}

/** The metrics of one server: a label value for each of its tools, one for resources and one for prompts. */
export function metricsOf<Client>(definition: ServerDefinition<Client>): Metrics {
  return metricsFor(definition.name, [...definition.tools.map((tool) => tool.name), 'resource', 'prompt']);
}

/** The limits and allow-lists of one server. */
export interface ServerSettings {
  legacy: 'sessions' | 'stateless';
  maxSessions: number;
  sessionIdleMs: number;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  ratePerMinute: number;
  rateBurst: number;
}

/** The HTTP side of one server, ready to be listened with. */
export interface ServerApp {
  app: RequestListener;
  /** Resolves when no call is running. */
  idle: () => Promise<void>;
  /** Ends sessions and streams. */
  close: () => Promise<void>;
}

export function serverApp<Client>(served: ServedDefinition<Client>, settings: ServerSettings): ServerApp {
  const { definition, client, log, metrics } = served;
  const endpoint = mcpEndpoint(definition, {
    client,
    safety: served.safety,
    record: (call) => record(call, log, metrics),
    ...(served.extend ? { extend: served.extend } : {}),
    legacy: settings.legacy,
    sessions: { most: settings.maxSessions, idleMs: settings.sessionIdleMs },
    onSessions: (count) => metrics.sessions(count),
    onProtocolError: (error) => log.debug('protocol_refused', { err: error }),
  });
  const app = httpApp({
    name: definition.name,
    endpoint,
    authenticate: served.authenticate,
    allowedHosts: settings.allowedHosts,
    allowedOrigins: settings.allowedOrigins,
    sessions: settings.legacy === 'sessions',
    ratePerMinute: settings.ratePerMinute,
    rateBurst: settings.rateBurst,
    probes: served.probes ?? [],
    ...(served.actions ? { actions: served.actions } : {}),
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    onRefused: (status, reason, requestId) => {
      if (isRejection(reason)) metrics.authRejected(reason);
      log.info('refused', { requestId, status, reason });
    },
  });
  return { app, idle: endpoint.idle, close: endpoint.close };
}

function record(call: CallRecord, log: Log, metrics: Metrics): void {
  const { kind, name, error, outcome, ...rest } = call;
  metrics.call({ tool: kind === 'tool' ? name : kind, outcome, client: call.client, ms: call.ms, bytes: call.bytes, tokens: call.tokens });
  const line = { ...rest, ms: Math.round(call.ms * 10) / 10, tool: name, outcome };
  if (outcome === 'internal') log.error('call', { ...line, err: error });
  else log.info('call', line);
}

const REJECTIONS: readonly string[] = ['missing', 'malformed', 'wrong', 'host', 'origin', 'rate'] satisfies Rejection[];
const isRejection = (reason: string): reason is Rejection => REJECTIONS.includes(reason);
