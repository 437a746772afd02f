import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Caller } from '../auth/caller.ts';
import { readEnv } from '../config/read-env.ts';
import { suiteEnv } from '../config/suite-env.ts';
import { metricsOf } from '../http/server-app.ts';
import { type Log, silent } from '../log/logger.ts';
import type { ServerDefinition } from '../mcp/server-definition.ts';
import { openSafety, type SafetyOptions } from '../safety/open-safety.ts';
import type { Safety } from '../safety/safety.ts';
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
  /** STATE_DIR, kept when the server closes; a fresh one, thrown away, without it. */
  state?: string;
  safety?: Partial<SafetyOptions>;
  /** More tokens, by their secret. */
  callers?: Record<string, Caller>;
  probes?: ServeOptions<unknown>['probes'];
  extend?: ServeOptions<unknown>['extend'];
  patience?: ServeOptions<unknown>['patience'];
  /** A free one when absent. */
  port?: number;
  tokenCount?: number;
  actions?: ServeOptions<unknown>['actions'];
}

/** Serves a definition on a free port of loopback, with the tokens of `TOKENS`. */
export async function start<Client>(
  definition: ServerDefinition<Client>,
  client: Client,
  options: StartOptions = {},
): Promise<Serving & { safety: Safety }> {
  const callers = new Map(
    Object.entries({ ...standardCallers(), ...options.callers }).map(([token, caller]) => [`Bearer ${token}`, caller]),
  );
  const { config } = readEnv(z.object(suiteEnv), { RATE_PER_MINUTE: '600000', RATE_BURST: '100000', ...options.env });
  const state = options.state ?? mkdtempSync(join(tmpdir(), 'state-'));
  const log = options.log ?? silent;
  const safety = openSafety({ state, server: definition.name, log, ...options.safety });
  const serving = await serve({
    definition,
    client,
    config,
    port: options.port ?? 0,
    portVariable: 'TEST_PORT',
    authenticate: (authorization) => callers.get(authorization ?? ''),
    tokenCount: options.tokenCount ?? callers.size,
    log,
    metrics: metricsOf(definition),
    safety,
    probes: options.probes ?? [],
    ...(options.extend ? { extend: options.extend } : {}),
    ...(options.patience ? { patience: options.patience } : {}),
    ...(options.actions ? { actions: options.actions } : {}),
  });
  const close = async (): Promise<void> => {
    await serving.close();
    await safety.close();
    if (!options.state) rmSync(state, { recursive: true, force: true });
  };
  return { ...serving, safety, close };
}

function standardCallers(): Record<string, Caller> {
  return Object.fromEntries(
    Object.entries(TOKENS).map(([level, token]) => [token, { name: `test-${level}`, level: level as Caller['level'] }]),
  );
}
