import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { modules } from '../../../servers/suite/modules.ts';
import type { AnyServerModule } from '../../commands/server-module.ts';
import { readEnv } from '../../config/read-env.ts';
import { suiteEnv } from '../../config/suite-env.ts';
import { metricsOf } from '../../http/server-app.ts';
import { silent } from '../../log/logger.ts';
import type { Serving } from '../../serve.ts';
import { start } from '../start.ts';
import { conformanceServer, extension } from './fixture.ts';
import { type Revision, required } from './suite.ts';

/** One server that the suite is run against. */
export interface Subject {
  name: string;
  /** True for the server that has every tool that the suite calls. */
  fixture: boolean;
  scenarios: (revision: Revision) => readonly string[];
  start: () => Promise<Serving>;
}

/** What every server must pass, whatever its tools are named. */
const NAME_INDEPENDENT: Record<Revision, readonly string[]> = {
  '2026-07-28': [
    'server-stateless',
    'tools-list',
    'resources-list',
    'prompts-list',
    'sep-2164-resource-not-found',
    'dns-rebinding-protection',
    'caching',
    'http-header-validation',
    'server-sse-multiple-streams',
    'input-required-result-unsupported-methods',
  ],
  '2025-11-25': [
    'server-initialize',
    'ping',
    'tools-list',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
    'server-session-lifecycle',
    'server-sse-multiple-streams',
  ],
};

/** A server of the suite, over its simulator or over this repository: whatever it opens when nothing is set. */
const product = (module: AnyServerModule): Subject => ({
  name: module.definition.name,
  fixture: false,
  scenarios: (revision) => NAME_INDEPENDENT[revision],
  async start() {
    const state = mkdtempSync(join(tmpdir(), 'conformance-state-'));
    const { config } = readEnv(z.object({ ...suiteEnv, ...module.env }), { PATH: process.env.PATH, STATE_DIR: state });
    const upstream = await module.open(config as Parameters<AnyServerModule['open']>[0], {
      log: silent,
      metrics: metricsOf(module.definition),
    });
    const server = await start(module.definition, upstream.client, { state });
    const close = async (): Promise<void> => {
      await server.close();
      await upstream.close();
      rmSync(state, { recursive: true, force: true });
    };
    return { ...server, close };
  },
});

/** Every server that must conform, the suite's own fixture first. */
export const subjects: readonly Subject[] = [
  {
    name: conformanceServer.name,
    fixture: true,
    scenarios: required,
    start: () => start(conformanceServer, undefined, { extend: extension }),
  },
  ...modules.map(product),
];
