import { type CacheHint, Server, type ServerEventBus, type ServerOptions } from '@modelcontextprotocol/server';
import { type Method, makeHandlers } from './handlers.ts';
import type { CallRecord } from './request-scope.ts';
import type { ServerDefinition } from './server-definition.ts';

/** What a definition is served with. */
export interface BuildOptions<Client> {
  client: Client;
  record: (call: CallRecord) => void;
  extend?: Extension;
}

/** For the conformance fixture, which must offer what no product server does: raw content, sampling, change notices. */
export interface Extension {
  capabilities: object;
  requestState: ServerOptions['requestState'];
  /** Carries change notices to the `subscriptions/listen` streams. */
  bus: ServerEventBus;
  /** Adds or replaces handlers; `own` are the factory's. */
  install: (server: Server, own: Record<Method, (server: Server) => void>) => void;
}

/** `method`: install that one handler only, since a 2026 request needs no more; without it all, for a 2025 session. */
export type BuildServer = (method?: string) => Server;

// `private`: a list depends on the token that asked for it.
const LISTED: CacheHint = { ttlMs: 60_000, cacheScope: 'private' };
const FRESH: CacheHint = { ttlMs: 0, cacheScope: 'private' };

const CACHE_HINTS = {
  'server/discover': LISTED,
  'tools/list': LISTED,
  'prompts/list': LISTED,
  'resources/templates/list': LISTED,
  'resources/list': FRESH,
  'resources/read': FRESH,
} as const;

/** Makes SDK servers for one definition; a fresh one per request or session, so that replies cannot leak between clients. */
export function serverBuilder<Client>(def: ServerDefinition<Client>, options: BuildOptions<Client>): BuildServer {
  const handlers = makeHandlers(def, options);
  const info = { name: def.name, title: def.title, version: def.version };
  const asked = def.resources.length > 0 || def.prompts.length > 0;
  const capabilities = {
    tools: { listChanged: false },
    ...(def.resources.length ? { resources: { listChanged: false } } : {}),
    ...(def.prompts.length ? { prompts: { listChanged: false } } : {}),
    ...(asked ? { completions: {} } : {}),
    ...options.extend?.capabilities,
  };
  const family: Record<string, boolean> = {
    tools: true,
    resources: def.resources.length > 0,
    prompts: def.prompts.length > 0,
    completion: asked,
  };
  const served = (Object.keys(handlers) as Method[]).filter((method) => family[method.split('/')[0] ?? '']);
  const requestState = options.extend ? { requestState: options.extend.requestState } : {};
  const settings = { capabilities, instructions: def.instructions, cacheHints: CACHE_HINTS, ...requestState };
  return (method) => {
    const server = new Server(info, settings);
    const wanted = method && !options.extend ? served.filter((one) => one === method) : served;
    for (const one of wanted) handlers[one](server);
    options.extend?.install(server, handlers);
    return server;
  };
}
