import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller } from './auth/caller.ts';
import type { SuiteConfig } from './config/suite-env.ts';
import { Fault } from './faults.ts';
import { httpApp } from './http/app.ts';
import type { Probe } from './http/readiness.ts';
import type { Log } from './log/logger.ts';
import { type Endpoint, type EndpointOptions, mcpEndpoint } from './mcp/endpoint.ts';
import type { CallRecord } from './mcp/request-scope.ts';
import type { ServerDefinition } from './mcp/server-definition.ts';
import type { Metrics, Rejection } from './metrics/metrics.ts';

const DRAIN_MS = 9_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** What a definition needs to become a listening server. */
export interface ServeOptions<Client> {
  definition: ServerDefinition<Client>;
  client: Client;
  config: SuiteConfig;
  port: number;
  /** Name of the variable that sets the port, for the message when it is taken. */
  portVariable: string;
  authenticate: (authorization: string | undefined) => Caller | undefined;
  /** How many tokens there are; none is refused on anything but loopback. */
  tokenCount: number;
  log: Log;
  metrics: Metrics;
  probes?: readonly Probe[];
  extend?: EndpointOptions<Client>['extend'];
}

/** A server that listens. */
export interface Serving {
  name: string;
  title: string;
  port: number;
  /** `http://host:port/mcp` as a client on this machine reaches it. */
  url: string;
  /** Stops taking requests, lets running ones finish for at most 9 s, then cuts them. */
  close: () => Promise<void>;
}

/** Starts one MCP server over HTTP. Throws `Fault('conflict')` when the port is taken and `Fault('denied')` for an open door without tokens. */
export async function serve<Client>(options: ServeOptions<Client>): Promise<Serving> {
  const { definition, config, log, metrics } = options;
  // SECURITY: without a token nobody could be told from anybody; on loopback at least nobody else can reach it.
  if (!LOOPBACK.has(config.HOST) && options.tokenCount === 0) {
    throw new Fault('denied', `HOST is ${config.HOST}, which others can reach, and there is no token yet.`, {
      hint: 'Make one first: npm run token -- add NAME --level read.',
    });
  }
  const endpoint = mcpEndpoint(definition, {
    client: options.client,
    record: (call) => record(call, log, metrics),
    ...(options.extend ? { extend: options.extend } : {}),
    legacy: config.LEGACY,
    sessions: { most: config.MAX_SESSIONS, idleMs: config.SESSION_IDLE_SECONDS * 1000 },
    onSessions: (count) => metrics.sessions(count),
    onProtocolError: (error) => log.debug('protocol_refused', { err: error }),
  });
  const app = httpApp({
    name: definition.name,
    endpoint,
    authenticate: options.authenticate,
    allowedHosts: config.ALLOWED_HOSTS,
    allowedOrigins: config.ALLOWED_ORIGINS,
    sessions: config.LEGACY === 'sessions',
    ratePerMinute: config.RATE_PER_MINUTE,
    rateBurst: config.RATE_BURST,
    probes: options.probes ?? [],
    metrics: async () => ({ contentType: metrics.contentType, text: await metrics.text() }),
    onRefused: (status, reason, requestId) => {
      if (isRejection(reason)) metrics.authRejected(reason);
      log.info('refused', { requestId, status, reason });
    },
  });
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 2_000 },
    app,
  );
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/mcp`;
  log.info('listening', { server: definition.name, host: config.HOST, port });
  return { name: definition.name, title: definition.title, port, url, close: () => drain(server, endpoint) };
}

function listen<Client>(server: Server, { config, port, portVariable, definition }: ServeOptions<Client>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') {
        reject(
          new Fault('conflict', `Port ${port} of ${definition.name} is taken by another program.`, {
            hint: `Stop that program, or set ${portVariable} to a free port.`,
            cause,
          }),
        );
      } else {
        reject(
          new Fault('unavailable', `${definition.name} cannot listen on ${config.HOST}:${port} (${cause.code ?? 'unknown error'}).`, {
            hint: `Check HOST and ${portVariable}.`,
            cause,
          }),
        );
      }
    });
    server.listen(port, config.HOST, resolve);
  });
}

async function drain(server: Server, endpoint: Endpoint): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_MS);
  });
  // Session streams never end by themselves: they are closed once the calls beside them had their time.
  await Promise.race([closed, patience, endpoint.idle()]);
  clearTimeout(timer);
  await endpoint.close();
  server.closeAllConnections();
  await closed;
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
