import { acceptedContent, type GetPromptResult, type InputRequiredResult, inputRequired, type Server } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { Fault } from '../../faults.ts';
import type { Extension } from '../../mcp/build-server.ts';
import { definePrompt } from '../../mcp/prompt.ts';
import { defineResource } from '../../mcp/resource.ts';
import type { ServerDefinition } from '../../mcp/server-definition.ts';
import { defineTool } from '../../mcp/tool.ts';
import { stateCodec } from './input-tools.ts';
import { bus, PIXEL, rawTools } from './raw-tools.ts';

const plain = { safety: 'read' as const, input: z.strictObject({}), output: z.object({}), handler: async () => ({}) };

/** What of the suite's server the factory's own declarations can express. */
export const conformanceServer: ServerDefinition<undefined> = {
  name: 'mcp-conformance',
  title: 'Conformance fixture',
  version: '0.0.1',
  instructions: 'Exposes what the conformance suite calls.',
  tools: [
    defineTool({
      ...plain,
      name: 'test_simple_text',
      title: 'Text',
      description: 'Returns text',
      render: () => 'This is a simple text response for testing.',
    }),
    defineTool({
      ...plain,
      name: 'test_image_content',
      title: 'Image',
      description: 'Returns an image',
      render: () => ({ text: 'One pixel.', images: [{ data: PIXEL, mimeType: 'image/png' }] }),
    }),
    defineTool({
      ...plain,
      name: 'test_error_handling',
      title: 'Error',
      description: 'Always fails',
      handler: () => Promise.reject(new Fault('unavailable', 'This tool intentionally returns an error for testing.')),
      render: () => '',
    }),
  ],
  resources: [
    defineResource({ ...fixed('static-text'), read: async () => 'This is the content of the static text resource.' }),
    defineResource({ ...fixed('watched-resource'), read: async () => 'This one may be watched.' }),
    defineResource({ ...fixed('static-binary', 'image/png'), read: async () => PIXEL }),
    defineResource({
      name: 'template',
      title: 'Template',
      description: 'Data by its id',
      mimeType: 'application/json',
      template: 'test://template/{id}/data',
      read: async (_uri, { id }) => JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
    }),
  ],
  prompts: [
    definePrompt({
      name: 'test_simple_prompt',
      title: 'Simple',
      description: 'A prompt without arguments',
      arguments: {},
      build: async () => 'This is a simple prompt for testing.',
    }),
    definePrompt({
      name: 'test_prompt_with_arguments',
      title: 'With arguments',
      description: 'A prompt with two arguments',
      arguments: {
        arg1: { description: 'First test argument', required: true, complete: async (value) => [`${value}-completed`] },
        arg2: { description: 'Second test argument', required: true },
      },
      build: async ({ arg1, arg2 }) => `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`,
    }),
  ],
};

function fixed(name: string, mimeType = 'text/plain') {
  return { name, title: name, description: `The ${name} resource`, mimeType, uri: `test://${name}` };
}

const user = (content: GetPromptResult['messages'][number]['content']): GetPromptResult['messages'][number] => ({ role: 'user', content });
const said = (text: string) => user({ type: 'text', text });

type RawPrompt = (args: Record<string, string>, responses: Parameters<typeof acceptedContent>[0]) => GetPromptResult | InputRequiredResult;
const rawPrompts: Record<string, RawPrompt> = {
  test_prompt_with_embedded_resource: ({ resourceUri = 'test://none' }) => ({
    messages: [
      user({
        type: 'resource',
        resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
      }),
      said('Please process the embedded resource above.'),
    ],
  }),
  test_prompt_with_image: () => ({
    messages: [user({ type: 'image', data: PIXEL, mimeType: 'image/png' }), said('Please analyze the image above.')],
  }),
  test_input_required_result_prompt: (_args, responses) => {
    const given = acceptedContent(responses, 'user_context', z.object({ context: z.string() }));
    if (given) return { messages: [said(`Context: ${given.context}`)] };
    const requestedSchema = { type: 'object' as const, properties: { context: { type: 'string' as const } }, required: ['context'] };
    const user_context = inputRequired.elicit({ message: 'What context should the prompt use?', requestedSchema });
    return inputRequired({ inputRequests: { user_context } });
  },
};

// biome-ignore lint/suspicious/noExplicitAny: the SDK types each method's handler apart; here they are only passed on
type Handler = (request: any, ctx: any) => any;

/** What it cannot: raw handlers beside the factory's, which still answer everything that they know. */
export const extension: Extension = {
  capabilities: {
    tools: { listChanged: true },
    prompts: { listChanged: true },
    resources: { listChanged: true, subscribe: true },
    logging: {},
  },
  requestState: { verify: (state, ctx) => stateCodec.verify(state, ctx) },
  bus,
  install(server, own) {
    const factory = new Map<string, Handler>();
    const recorder = Object.create(server, {
      setRequestHandler: { value: (method: string, handler: Handler) => factory.set(method, handler) },
    }) as Server;
    for (const put of Object.values(own)) put(recorder);
    const pass: Handler = (request, ctx) => factory.get(request.method)?.(request, ctx);

    server.setRequestHandler('tools/list', async (request, ctx) => {
      const { tools } = await pass(request, ctx);
      const raw = Object.entries(rawTools).map(([name, { description, inputSchema = { type: 'object' as const } }]) => ({
        name,
        description,
        inputSchema,
      }));
      return { tools: [...tools, ...raw] };
    });
    server.setRequestHandler('tools/call', (request, ctx) => {
      const raw = rawTools[request.params.name];
      return raw ? raw.call(request.params.arguments ?? {}, ctx) : pass(request, ctx);
    });
    server.setRequestHandler('prompts/list', async (request, ctx) => {
      const { prompts } = await pass(request, ctx);
      const raw = Object.keys(rawPrompts).map((name) => ({
        name,
        description: 'Cannot be declared',
        arguments: name.endsWith('embedded_resource') ? [{ name: 'resourceUri', required: true }] : [],
      }));
      return { prompts: [...prompts, ...raw] };
    });
    server.setRequestHandler('prompts/get', (request, ctx) => {
      const raw = rawPrompts[request.params.name];
      return raw ? raw(request.params.arguments ?? {}, ctx.mcpReq.inputResponses) : pass(request, ctx);
    });
    server.setRequestHandler('resources/read', async (request, ctx) => {
      const read = await pass(request, ctx);
      const [{ uri, mimeType, text }] = read.contents;
      return mimeType === 'image/png' ? { contents: [{ uri, mimeType, blob: text }] } : read;
    });
    server.setRequestHandler('resources/subscribe', () => ({}));
    server.setRequestHandler('resources/unsubscribe', () => ({}));
  },
};
