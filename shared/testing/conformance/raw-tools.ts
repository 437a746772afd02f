import { setTimeout as pause } from 'node:timers/promises';
import {
  type CallToolResult,
  InMemoryServerEventBus,
  inputRequired,
  inputResponse,
  type ServerContext,
  type Tool as WireTool,
} from '@modelcontextprotocol/server';
import { inputTools } from './input-tools.ts';
import { type RawTool, text } from './raw-tool.ts';

/** Carries change notices of the fixture to its listening clients. */
export const bus = new InMemoryServerEventBus();

/** A PNG of one pixel, base64. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=';

const oneString = (name: string): WireTool['inputSchema'] => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
  required: [name],
});

/** Asks the client's person for a form and tells the answer; works in both eras. */
function asks(requestedSchema: object, message = 'Please fill in'): RawTool['call'] {
  return async (args, ctx) => {
    const answer = inputResponse(ctx.mcpReq.inputResponses, 'form');
    if (answer.kind === 'elicit') return text(`Elicitation completed: action=${answer.action}, content=${JSON.stringify(answer.content)}`);
    const said = typeof args.message === 'string' ? args.message : message;
    return inputRequired({ inputRequests: { form: inputRequired.elicit({ message: said, requestedSchema: requestedSchema as never }) } });
  };
}

const samples: RawTool['call'] = async ({ prompt = 'Hello' }, ctx) => {
  const answer = inputResponse(ctx.mcpReq.inputResponses, 'sample');
  if (answer.kind === 'sampling') return text(`LLM response: ${JSON.stringify(answer.result.content)}`);
  const content = { type: 'text' as const, text: String(prompt) };
  return inputRequired({
    inputRequests: { sample: inputRequired.createMessage({ messages: [{ role: 'user', content }], maxTokens: 100 }) },
  });
};

async function logs(_args: unknown, ctx: ServerContext): Promise<CallToolResult> {
  for (const said of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
    await ctx.mcpReq.log('info', said);
    await pause(50);
  }
  return text('Logged three times.');
}

async function progresses(_args: unknown, ctx: ServerContext): Promise<CallToolResult> {
  const progressToken = ctx.mcpReq._meta?.progressToken;
  for (const progress of [0, 50, 100]) {
    if (progressToken !== undefined)
      await ctx.mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
    await pause(50);
  }
  return text('Went from 0 to 100.');
}

const string = (more: object = {}): object => ({ type: 'string', ...more });
const titled = ['First', 'Second', 'Third'].map((title, i) => ({ const: `value${i + 1}`, title }));
const options = ['option1', 'option2', 'option3'];
const form = (properties: object, required?: string[]): object => ({ type: 'object', properties, ...(required ? { required } : {}) });

/** By name, in the order in which they are listed. */
export const rawTools: Record<string, RawTool> = {
  test_audio_content: {
    description: 'Returns audio',
    call: async () => ({ content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] }),
  },
  test_embedded_resource: {
    description: 'Returns an embedded resource',
    call: async () => ({ content: [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')] }),
  },
  test_multiple_content_types: {
    description: 'Returns text, an image and a resource',
    call: async () => ({
      content: [
        { type: 'text', text: 'Multiple content types test:' },
        { type: 'image', data: PIXEL, mimeType: 'image/png' },
        embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
      ],
    }),
  },
  test_tool_with_logging: { description: 'Sends three log messages', call: logs },
  test_logging_tool: { description: 'Sends log messages where the request asks for them', call: logs },
  test_tool_with_progress: { description: 'Sends three progress notifications', call: progresses },
  test_sampling: { description: 'Asks the client to sample', inputSchema: oneString('prompt'), call: samples },
  test_missing_capability: { description: 'Needs sampling', call: samples },
  test_elicitation: {
    description: 'Asks for a name and an address',
    inputSchema: oneString('message'),
    call: asks(form({ username: string(), email: string() }, ['username', 'email'])),
  },
  test_streaming_elicitation: { description: 'Asks within a call', call: asks(form({ ok: { type: 'boolean' } }, ['ok'])) },
  test_elicitation_sep1034_defaults: {
    description: 'A form whose fields have defaults',
    call: asks(
      form({
        name: string({ default: 'John Doe' }),
        age: { type: 'integer', default: 30 },
        score: { type: 'number', default: 95.5 },
        status: string({ enum: ['active', 'inactive', 'pending'], default: 'active' }),
        verified: { type: 'boolean', default: true },
      }),
    ),
  },
  test_elicitation_sep1330_enums: {
    description: 'A form with every kind of choice',
    call: asks(
      form({
        untitledSingle: string({ enum: options }),
        titledSingle: string({ oneOf: titled }),
        legacyEnum: string({ enum: ['opt1', 'opt2', 'opt3'], enumNames: ['Option One', 'Option Two', 'Option Three'] }),
        untitledMulti: { type: 'array', items: string({ enum: options }) },
        titledMulti: { type: 'array', items: { anyOf: titled } },
      }),
    ),
  },
  test_trigger_tool_change: { description: 'Tells that the tools changed', call: async () => changed('tools_list_changed') },
  test_trigger_prompt_change: { description: 'Tells that the prompts changed', call: async () => changed('prompts_list_changed') },
  json_schema_2020_12_tool: {
    description: 'Tool with JSON Schema 2020-12 features',
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: { address: { $anchor: 'addressDef', type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
      properties: {
        name: { type: 'string' },
        address: { $ref: '#/$defs/address' },
        contactMethod: { type: 'string', enum: ['phone', 'email'] },
        phone: { type: 'string' },
        email: { type: 'string' },
      },
      allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
      if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['phone'] },
      else: { required: ['email'] },
      additionalProperties: false,
    },
    call: async () => text('ok'),
  },
  ...inputTools,
};

function changed(kind: 'tools_list_changed' | 'prompts_list_changed'): CallToolResult {
  bus.publish({ kind });
  return text('Told.');
}

function embedded(uri: string, mimeType: string, said: string): CallToolResult['content'][number] {
  return { type: 'resource', resource: { uri, mimeType, text: said } };
}
