import { randomBytes } from 'node:crypto';
import { acceptedContent, createRequestStateCodec, inputRequired, inputResponse, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type RawTool, text } from './raw-tool.ts';

/** Signs what a client carries from one round of a call to the next. */
export const stateCodec = createRequestStateCodec({ key: randomBytes(32) });

const one = <Kind extends 'string' | 'boolean'>(
  key: string,
  type: Kind,
): { type: 'object'; properties: Record<string, { type: Kind }>; required: string[] } => ({
  type: 'object',
  properties: { [key]: { type } },
  required: [key],
});

const askName = inputRequired.elicit({ message: 'What is your name?', requestedSchema: one('name', 'string') });
const askSample = (said: string) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text: said } }], maxTokens: 100 });
const askRoots = inputRequired.listRoots();
const askOk = inputRequired.elicit({ message: 'Please confirm', requestedSchema: one('ok', 'boolean') });

const nameOf = (ctx: ServerContext, key: string): string | undefined =>
  acceptedContent(ctx.mcpReq.inputResponses, key, z.object({ name: z.string() }))?.name;
const stateOf = (ctx: ServerContext): { round?: number } | undefined => ctx.mcpReq.requestState<{ round?: number }>();

const confirms: RawTool['call'] = async (_args, ctx) => {
  if (stateOf(ctx) && inputResponse(ctx.mcpReq.inputResponses, 'confirm').kind === 'elicit') return text('state-ok');
  return inputRequired({ inputRequests: { confirm: askOk }, requestState: await stateCodec.mint({ round: 1 }) });
};

const declared = (ctx: ServerContext): Record<string, unknown> =>
  (ctx.mcpReq.envelope as Record<string, Record<string, unknown>> | undefined)?.['io.modelcontextprotocol/clientCapabilities'] ?? {};

/** The tools with which the suite tries `input_required`, one for each of its cases. */
export const inputTools: Record<string, RawTool> = {
  test_input_required_result_elicitation: {
    description: 'Asks for a name',
    call: async (_args, ctx) => {
      const name = nameOf(ctx, 'user_name');
      return name ? text(`Hello, ${name}!`) : inputRequired({ inputRequests: { user_name: askName } });
    },
  },
  test_input_required_result_sampling: {
    description: 'Asks the client to sample',
    call: async (_args, ctx) => {
      const answer = inputResponse(ctx.mcpReq.inputResponses, 'capital_question');
      if (answer.kind === 'sampling') return text(JSON.stringify(answer.result.content));
      return inputRequired({ inputRequests: { capital_question: askSample('What is the capital of France?') } });
    },
  },
  test_input_required_result_list_roots: {
    description: 'Asks for the roots',
    call: async (_args, ctx) => {
      const answer = inputResponse(ctx.mcpReq.inputResponses, 'client_roots');
      if (answer.kind === 'roots') return text(answer.roots.map(({ uri }) => uri).join(' '));
      return inputRequired({ inputRequests: { client_roots: askRoots } });
    },
  },
  test_input_required_result_request_state: { description: 'Keeps state between two rounds', call: confirms },
  test_input_required_result_tampered_state: { description: 'Refuses state that was altered', call: confirms },
  test_input_required_result_multiple_inputs: {
    description: 'Asks for three things at once',
    call: async (_args, ctx) => {
      const kinds = ['user_name', 'greeting', 'client_roots'].map((key) => inputResponse(ctx.mcpReq.inputResponses, key).kind);
      if (!kinds.includes('missing')) return text(kinds.join(' '));
      const inputRequests = { user_name: askName, greeting: askSample('Generate a greeting'), client_roots: askRoots };
      return inputRequired({ inputRequests, requestState: await stateCodec.mint({ round: 1 }) });
    },
  },
  test_input_required_result_multi_round: {
    description: 'Asks twice, one after the other',
    call: async (_args, ctx) => {
      const round = stateOf(ctx)?.round;
      if (round === 2 && inputResponse(ctx.mcpReq.inputResponses, 'step2').kind === 'elicit') return text('Both steps are done.');
      if (round === 1 && nameOf(ctx, 'step1')) {
        const step2 = inputRequired.elicit({ message: 'Step 2: What is your favorite color?', requestedSchema: one('color', 'string') });
        return inputRequired({ inputRequests: { step2 }, requestState: await stateCodec.mint({ round: 2 }) });
      }
      const step1 = inputRequired.elicit({ message: 'Step 1: What is your name?', requestedSchema: one('name', 'string') });
      return inputRequired({ inputRequests: { step1 }, requestState: await stateCodec.mint({ round: 1 }) });
    },
  },
  test_input_required_result_capabilities: {
    description: 'Asks only for what the client declared',
    call: async (_args, ctx) => {
      const can = declared(ctx);
      const inputRequests = {
        ...(can.elicitation ? { user_name: askName } : {}),
        ...(can.sampling ? { greeting: askSample('Generate a greeting') } : {}),
        ...(can.roots ? { client_roots: askRoots } : {}),
      };
      const open = Object.keys(inputRequests).filter((key) => inputResponse(ctx.mcpReq.inputResponses, key).kind === 'missing');
      return open.length === 0 ? text('Nothing is missing.') : inputRequired({ inputRequests });
    },
  },
};
