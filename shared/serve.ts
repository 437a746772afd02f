import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SuiteConfig } from './config/suite-env.ts';
import { Fault } from './faults.ts';
import { type ServedDefinition, type ServerApp, serverApp } from './http/server-app.ts';

const DRAIN_MS = 9_000;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** What a definition needs to become a listening server. */
export interface ServeOptions<Client> extends ServedDefinition<Client> {
  config: SuiteConfig;
  port: number;
  /** Name of the variable that sets the port, for the message when it is taken. */
  portVariable: string;
  /** How many tokens there are; none is refused on anything but loopback. */
  tokenCount: number;
  /** How long a client may take to send, in milliseconds; for tests, which cannot wait for the real ones. */
  patience?: { headersMs: number; requestMs: number };
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
  const { definition, config, log, patience = { headersMs: 10_000, requestMs: 20_000 } } = options;
  // SECURITY: without a token nobody could be told from anybody; on loopback at least nobody else can reach it.
  if (!LOOPBACK.has(config.HOST) && options.tokenCount === 0) {
    throw new Fault('denied', `HOST is ${config.HOST}, which others can reach, and there is no token yet.`, {
      hint: 'Make one first: npm run token -- add NAME --level read.',
    });
  }
  const served = serverApp(options, {
    legacy: config.LEGACY,
    maxSessions: config.MAX_SESSIONS,
    sessionIdleMs: config.SESSION_IDLE_SECONDS * 1000,
    allowedHosts: config.ALLOWED_HOSTS,
    allowedOrigins: config.ALLOWED_ORIGINS,
    ratePerMinute: config.RATE_PER_MINUTE,
    rateBurst: config.RATE_BURST,
  });
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: Math.min(2_000, patience.headersMs),
    },
    served.app,
  );
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/mcp`;
  log.info('listening', { server: definition.name, host: config.HOST, port });
  return { name: definition.name, title: definition.title, port, url, close: () => drain(server, served) };
}

function listen<Client>(server: Server, { config, port, portVariable, definition }: ServeOptions<Client>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const fault =
        cause.code === 'EADDRINUSE'
          ? new Fault('conflict', `Port ${port} of ${definition.name} is taken by another program.`, {
              hint: `Stop that program, or set ${portVariable} to a free port.`,
              cause,
            })
          : new Fault('unavailable', `${definition.name} cannot listen on ${config.HOST}:${port} (${cause.code ?? 'unknown error'}).`, {
              hint: `Check HOST and ${portVariable}.`,
              cause,
            });
      reject(fault);
    });
    server.listen(port, config.HOST, resolve);
  });
}

async function drain(server: Server, served: ServerApp): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DRAIN_MS);
  });
  // A session's stream never ends by itself: it is closed once the calls beside it had their time.
  await Promise.race([patience, served.idle()]);
  clearTimeout(timer);
  await served.close();
  server.closeAllConnections();
  await closed;
}
