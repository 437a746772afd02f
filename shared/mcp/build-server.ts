import { type CacheHint, Server, type ServerEventBus, type ServerOptions } from '@modelcontextprotocol/server';
import type { Runner } from '../safety/runner.ts';
import type { Safety } from '../safety/safety.ts';
import { type Method, makeHandlers } from './handlers.ts';
import type { CallRecord } from './request-scope.ts';
import type { ServerDefinition } from './server-definition.ts';

/** What a definition is served with. */
export interface BuildOptions<Client> {
  client: Client;
  record: (call: CallRecord) => void;
  /** What stands between a call and a change. */
  safety: Safety;
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

/** Makes SDK servers for one definition. */
export interface ServerBuilder {
  /** `method`: for one 2026 request, which needs that one handler only; without it for a 2025 session, with all of them. */
  build: (method?: string) => Server;
  /** True for a request method that `build` installs a handler for. */
  serves: (method: string) => boolean;
}

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

/** A fresh server per request or session, so that replies cannot leak between clients. */
export function serverBuilder<Client>(def: ServerDefinition<Client>, options: BuildOptions<Client> & { runner: Runner }): ServerBuilder {
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
  const settings = {
    capabilities,
    instructions: def.instructions,
    cacheHints: CACHE_HINTS,
    inputRequired: { roundTimeoutMs: options.safety.askMs },
    ...requestState,
  };
  const modern = { ...settings, supportedProtocolVersions: ['2026-07-28'] };
  const serves = (method: string): method is Method => (served as string[]).includes(method);
  return {
    serves,
    build(method) {
      const server = new Server(info, method === undefined ? settings : modern);
      const wanted = method === undefined || options.extend ? served : served.filter((one) => one === method);
      for (const one of wanted) handlers[one](server);
      options.extend?.install(server, handlers);
      return server;
    },
  };
}
