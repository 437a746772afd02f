import { CLIENT_CAPABILITIES_META_KEY, inputResponse, type Server, type ServerContext } from '@modelcontextprotocol/server';
import { type Answer, type Asking, CONFIRM } from './change.ts';

/** Whether the person behind this request can be asked, and what they answered when they were. */
export function askingOf(server: Server, ctx: ServerContext, client: string): Asking {
  const envelope = ctx.mcpReq.envelope as Record<string, Capabilities> | undefined;
  // A stateless 2025 request never saw an initialize, so nothing is known and nobody is asked.
  const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? (server.getClientCapabilities() as Capabilities | undefined);
  const answer = answerOf(ctx);
  return { canAsk: takesForms(capabilities?.elicitation), client, ...(answer ? { answer } : {}) };
}

interface Capabilities {
  elicitation?: { form?: unknown; url?: unknown };
}

/** `{}` is a client of before the two modes were told apart: it takes forms. */
function takesForms(elicitation: Capabilities['elicitation']): boolean {
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

function answerOf(ctx: ServerContext): Answer | undefined {
  const state = ctx.mcpReq.requestState();
  if (typeof state !== 'string') return undefined;
  const response = inputResponse(ctx.mcpReq.inputResponses, CONFIRM);
  if (response.kind !== 'elicit') return { state, action: 'missing', approved: false };
  return { state, action: response.action, approved: response.content?.approve === true };
}
