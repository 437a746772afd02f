import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Endpoint } from '../mcp/endpoint.ts';
import { type ActionsOptions, actionsRoutes } from './actions-routes.ts';
import { type GuardOptions, guards } from './guards.ts';
import { isMcpPath, mcpDoor } from './mcp-door.ts';
import { type Probe, readiness } from './readiness.ts';
import { Refusal } from './refusal.ts';

/** What one server's HTTP app is made of. */
export interface AppOptions extends GuardOptions {
  endpoint: Endpoint;
  probes: readonly Probe[];
  metrics: () => Promise<{ contentType: string; text: string }>;
  /** Serves `/actions` where given. */
  actions?: ActionsOptions;
}

/** One server's HTTP side: `/mcp` behind its door, the pages beside it on express, all behind the same guards. */
export function httpApp(options: AppOptions): RequestListener {
  const guard = guards(options);
  const door = mcpDoor(options.endpoint, guard);
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.get('/healthz', (_req, res) => void res.json({ status: 'ok', server: options.name }));
  app.use((_req, res, next) => {
    res.locals.requestId = guard.tag(res);
    next();
  });
  app.get('/readyz', async (req, res) => {
    const { ready, upstreams } = await readiness(options.probes);
    // Whoever has no token learns only what an orchestrator needs.
    const details = options.authenticate(req.get('authorization')) ? { upstreams } : {};
    res.status(ready ? 200 : 503).json({ ready, server: options.name, ...details });
  });
  app.use(passing(guard.names));
  app.get('/metrics', passing(guard.caller), async (_req, res) => {
    const { contentType, text } = await options.metrics();
    res.set('content-type', contentType).send(text);
  });
  if (options.actions) app.use('/actions', actionsRoutes(options.name, { onRefused: options.onRefused, ...options.actions }));
  app.use(() => {
    throw new Refusal(404, 'no_such_path', 'There is nothing at this path; MCP is served at /mcp.');
  });
  const onError: ErrorRequestHandler = (error, _req, res, _next) => guard.deny(res, error, res.locals.requestId);
  app.use(onError);
  return (req, res) => (isMcpPath(req.url) ? door(req, res) : app(req, res));
}

const passing =
  (check: (req: Parameters<RequestHandler>[0]) => unknown): RequestHandler =>
  (req, _res, next) => {
    check(req);
    next();
  };
