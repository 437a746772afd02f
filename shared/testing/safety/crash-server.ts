import { appendFileSync } from 'node:fs';
import { z } from 'zod';
import { actionsTool } from '../../mcp/actions-tool.ts';
import type { ServerDefinition } from '../../mcp/server-definition.ts';
import { defineTool } from '../../mcp/tool.ts';
import { start } from '../start.ts';

// A server whose writes append a line to a file: what stands in the file has happened. Killed by the test at any moment.
const [state = '', ran = ''] = process.argv.slice(2);

const write = (name: string, safety: 'write' | 'destructive') =>
  defineTool({
    name,
    title: 'Write a line',
    description: 'Appends one line. For tests.',
    safety,
    input: z.strictObject({ line: z.string() }),
    output: z.object({}),
    effect: async ({ line }) => ({ targets: [line], preview: `append ${line}` }),
    async handler({ line }) {
      appendFileSync(ran, `${line}\n`);
      return {};
    },
    render: () => 'Done.',
  });

const definition: ServerDefinition<undefined> = {
  name: 'mcp-crash',
  title: 'Crash',
  version: '0.0.1',
  instructions: '',
  tools: [write('line_append', 'write'), write('line_burn', 'destructive'), actionsTool('crash')],
  resources: [],
  prompts: [],
};

const { url } = await start(definition, undefined, { state });
console.log(url);
