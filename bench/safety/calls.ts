import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Level } from '@homelab/shared/config/level.ts';
import type { ServerDefinition } from '@homelab/shared/mcp/server-definition.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { connect } from '@homelab/shared/testing/connect.ts';
import { start, TOKENS } from '@homelab/shared/testing/start.ts';
import { z } from 'zod';

const tool = (safety: Level) =>
  defineTool({
    name: `bench_${safety}`,
    title: 'Bench',
    description: 'Does nothing.',
    safety,
    input: z.strictObject({ blocking: z.boolean(), minutes: z.int().optional() }),
    output: z.object({ blocking: z.boolean() }),
    handler: async ({ blocking }) => ({ blocking }),
    render: ({ blocking }) => `blocking: ${blocking}`,
  });

const definition: ServerDefinition<undefined> = {
  name: 'mcp-bench',
  title: 'Bench',
  version: '1.0.0',
  instructions: 'Measured.',
  tools: [tool('read'), tool('write')],
  resources: [],
  prompts: [],
};

/** The same call as a read and as a write, through a real client and the real server with everything on. */
export interface Calls {
  call: (safety: 'read' | 'write') => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the server and connects a client. */
export async function openCalls(): Promise<Calls> {
  const state = mkdtempSync(join(tmpdir(), 'bench-calls-'));
  writeFileSync(join(state, 'policy.yaml'), 'version: 1\nwrites_per_hour: 10000\n');
  const serving = await start(definition, undefined, { state });
  const client = await connect(serving.url, TOKENS.write);
  return {
    async call(safety) {
      const { isError, text } = await client.call(`bench_${safety}`, { blocking: true, minutes: 10 });
      if (isError || text !== 'blocking: true') throw new Error(`a wrong answer: ${text}`);
    },
    async close() {
      await client.close();
      await serving.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
