import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bearerOf } from '@homelab/shared/auth/bearer.ts';
import { openTokens } from '@homelab/shared/auth/token-store.ts';
import { readEnv } from '@homelab/shared/config/read-env.ts';
import { suiteEnv } from '@homelab/shared/config/suite-env.ts';
import { metricsOf } from '@homelab/shared/http/server-app.ts';
import { logger } from '@homelab/shared/log/logger.ts';
import type { ServerDefinition } from '@homelab/shared/mcp/server-definition.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { openSafety } from '@homelab/shared/safety/open-safety.ts';
import { serve } from '@homelab/shared/serve.ts';
import { z } from 'zod';
import { answerUsage } from '../harness.ts';
import { tell } from './listen.ts';
import { describe, Found, find, NAMES, Query, say } from './tools.ts';

// Our factory with everything on that a real server has: tokens from a file, names checked, a rate that is counted but never reached, metrics, log lines.
const definition: ServerDefinition<undefined> = {
  name: 'mcp-bench',
  title: 'Bench',
  version: '1.0.0',
  instructions: 'Measured.',
  tools: NAMES.map((name) =>
    defineTool({
      name,
      title: name,
      description: describe(name),
      safety: 'read',
      input: Query,
      output: Found,
      handler: async (input) => find(input),
      render: say,
    }),
  ),
  resources: [],
  prompts: [],
};

const state = mkdtempSync(join(tmpdir(), 'bench-factory-'));
process.on('exit', () => rmSync(state, { recursive: true }));
const { config } = readEnv(z.object(suiteEnv), {
  STATE_DIR: state,
  RATE_PER_MINUTE: '100000000',
  RATE_BURST: '10000000',
  LEGACY: process.argv[2] === 'stateless' ? 'stateless' : 'sessions',
});
const tokens = openTokens(join(state, 'tokens.json'));
const token = tokens.add({ name: 'bench', level: 'read' });
const log = logger({ name: definition.name, destination: { write: () => {} } });
const serving = await serve({
  definition,
  client: undefined,
  config,
  port: 0,
  portVariable: 'PORT',
  authenticate: (header) => {
    const bearer = bearerOf(header);
    return bearer === undefined ? undefined : tokens.verify(bearer);
  },
  tokenCount: 1,
  log,
  safety: openSafety({ state, server: definition.name, log }),
  metrics: metricsOf(definition),
});
answerUsage();
tell(serving.port, token);
