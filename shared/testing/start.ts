import { z } from 'zod';
import type { Caller } from '../auth/caller.ts';
import { readEnv } from '../config/read-env.ts';
import { suiteEnv } from '../config/suite-env.ts';
import { metricsOf } from '../http/server-app.ts';
import { type Log, silent } from '../log/logger.ts';
import type { ServerDefinition } from '../mcp/server-definition.ts';
import { type ServeOptions, type Serving, serve } from '../serve.ts';

/** Tokens that every test server knows, one per level. */
export const TOKENS = {
  read: 'token-read',
  write: 'token-write',
  disruptive: 'token-disruptive',
  destructive: 'token-destructive',
} as const;

/** What a test may change of a test server. */
export interface StartOptions {
  env?: Record<string, string>;
  log?: Log;
  /** More tokens, by their secret. */
  callers?: Record<string, Caller>;
  probes?: ServeOptions<unknown>['probes'];
  extend?: ServeOptions<unknown>['extend'];
}

/** Serves a definition on a free port of loopback, with the tokens of `TOKENS`. */
export async function start<Client>(definition: ServerDefinition<Client>, client: Client, options: StartOptions = {}): Promise<Serving> {
  const callers = new Map(
    Object.entries({ ...standardCallers(), ...options.callers }).map(([token, caller]) => [`Bearer ${token}`, caller]),
  );
  const { config } = readEnv(z.object(suiteEnv), { RATE_PER_MINUTE: '600000', RATE_BURST: '100000', ...options.env });
  return serve({
    definition,
    client,
    config,
    port: 0,
    portVariable: 'TEST_PORT',
    authenticate: (authorization) => callers.get(authorization ?? ''),
    tokenCount: callers.size,
    log: options.log ?? silent,
    metrics: metricsOf(definition),
    probes: options.probes ?? [],
    ...(options.extend ? { extend: options.extend } : {}),
  });
}

function standardCallers(): Record<string, Caller> {
  return Object.fromEntries(
    Object.entries(TOKENS).map(([level, token]) => [token, { name: `test-${level}`, level: level as Caller['level'] }]),
  );
}
