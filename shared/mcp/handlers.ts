import { CLIENT_INFO_META_KEY, ProtocolError, ProtocolErrorCode, type Server, type ServerContext } from '@modelcontextprotocol/server';
import { Fault } from '../faults.ts';
import { estimateTokens } from '../render/estimate-tokens.ts';
import { nearest } from '../render/nearest.ts';
import type { Runner } from '../safety/runner.ts';
import { askingOf } from './asking.ts';
import type { BuildOptions } from './build-server.ts';
import type { Call } from './call.ts';
import type { SendProgress } from './progress.ts';
import { promptsOf } from './prompts.ts';
import { type CallRecord, type RequestScope, scopeOf } from './request-scope.ts';
import { resourcesOf } from './resources.ts';
import { runTool } from './run-tool.ts';
import type { ServerDefinition } from './server-definition.ts';
import type { AnyTool } from './tool.ts';
import { toolLister, visible } from './visible-tools.ts';

/** Every request method our servers answer beside the SDK's own. */
export type Method =
  | 'tools/list'
  | 'tools/call'
  | 'resources/list'
  | 'resources/templates/list'
  | 'resources/read'
  | 'prompts/list'
  | 'prompts/get'
  | 'completion/complete';

/** For each method a function that installs its handler on one SDK server. */
export function makeHandlers<Client>(
  def: ServerDefinition<Client>,
  { client, record, safety, runner }: BuildOptions<Client> & { runner: Runner },
): Record<Method, (server: Server) => void> {
  const list = toolLister(def, safety.policy.reading);
  const byName = new Map(def.tools.map((tool) => [tool.name, tool]));
  const resources = resourcesOf(def);
  const prompts = promptsOf(def);

  return {
    'tools/list': (server) => server.setRequestHandler('tools/list', (_request, ctx) => listFor(ctx)),
    'tools/call': (server) =>
      server.setRequestHandler('tools/call', async ({ params }, ctx) => {
        const scope = scopeOf(ctx);
        const tool = byName.get(params.name);
        const head = { ...heading(server, ctx, scope), kind: 'tool' as const };
        if (!tool) {
          const error = unknownTool(params.name, def.tools, scope);
          record({ ...head, name: 'unknown', ms: 0, bytes: 0, tokens: 0, outcome: 'not_found', error });
          throw error;
        }
        const started = performance.now();
        const asking = askingOf(server, ctx, head.client);
        const running = { scope, signal: ctx.mcpReq.signal, asking, safety, runner, ...progressOf(ctx) };
        const { result, question, bytes, tokens, outcome, error } = await runTool(tool, params.arguments, client, running);
        record({ ...head, name: tool.name, ms: performance.now() - started, bytes, tokens, outcome, error });
        return question ?? result;
      }),
    'resources/list': (server) => server.setRequestHandler('resources/list', async () => ({ resources: await resources.list(client) })),
    'resources/templates/list': (server) =>
      server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: resources.templates() })),
    'resources/read': (server) =>
      server.setRequestHandler('resources/read', ({ params }, ctx) =>
        recorded(server, ctx, 'resource', params.uri.split('/').slice(0, 3).join('/'), async (call) => {
          const read = await resources.read(params.uri, client, call);
          return { result: { contents: [read] }, text: read.text };
        }),
      ),
    'prompts/list': (server) => server.setRequestHandler('prompts/list', () => ({ prompts: prompts.list() })),
    'prompts/get': (server) =>
      server.setRequestHandler('prompts/get', ({ params }, ctx) =>
        recorded(server, ctx, 'prompt', params.name, async (call) => {
          const { description, text } = await prompts.get(params.name, params.arguments ?? {}, client, call);
          return { result: { description, messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] }, text };
        }),
      ),
    'completion/complete': (server) =>
      server.setRequestHandler('completion/complete', async ({ params }) => {
        const { ref, argument } = params;
        const values =
          ref.type === 'ref/prompt'
            ? await prompts.complete(ref.name, argument.name, argument.value, client)
            : await resources.complete(ref.uri, argument.name, argument.value, client);
        if (!values) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Nothing here completes that reference.');
        return { completion: { values, total: values.length, hasMore: false } };
      }),
  };

  function listFor(ctx: ServerContext): ReturnType<typeof list> {
    const { caller, format } = scopeOf(ctx);
    return list(caller, format);
  }

  async function recorded<Result>(
    server: Server,
    ctx: ServerContext,
    kind: CallRecord['kind'],
    name: string,
    run: (call: Call) => Promise<{ result: Result; text: string }>,
  ): Promise<Result> {
    const scope = scopeOf(ctx);
    const started = performance.now();
    const head = { ...heading(server, ctx, scope), kind, name };
    try {
      const { result, text } = await run({
        id: scope.requestId,
        caller: scope.caller,
        actions: safety.actions,
        signal: ctx.mcpReq.signal,
        progress: () => {},
      });
      record({ ...head, ms: performance.now() - started, bytes: Buffer.byteLength(text), tokens: estimateTokens(text), outcome: 'ok' });
      return result;
    } catch (error) {
      const outcome = error instanceof Fault ? error.code : error instanceof ProtocolError ? 'not_found' : 'internal';
      record({ ...head, ms: performance.now() - started, bytes: 0, tokens: 0, outcome, error });
      throw toProtocolError(error, scope);
    }
  }
}

function heading(
  server: Server,
  ctx: ServerContext,
  scope: RequestScope,
): Pick<CallRecord, 'requestId' | 'traceparent' | 'caller' | 'client' | 'era'> {
  const envelope = ctx.mcpReq.envelope as Record<string, { name?: string }> | undefined;
  const client = envelope?.[CLIENT_INFO_META_KEY] ?? server.getClientVersion();
  const { requestId, traceparent, caller } = scope;
  return {
    requestId,
    ...(traceparent ? { traceparent } : {}),
    caller: caller.name,
    client: client?.name ?? 'unknown',
    era: server.getNegotiatedProtocolVersion()?.startsWith('2026') ? '2026' : '2025',
  };
}

function progressOf(ctx: ServerContext): { sendProgress?: SendProgress } {
  const progressToken = ctx.mcpReq._meta?.progressToken;
  if (progressToken === undefined) return {};
  return {
    sendProgress: (progress, total, message) => {
      const params = { progressToken, progress, ...(total === undefined ? {} : { total }), ...(message === undefined ? {} : { message }) };
      // A client that has gone away is told nothing; its signal ends the call.
      ctx.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
    },
  };
}

function unknownTool(name: string, tools: readonly AnyTool[], scope: RequestScope): ProtocolError {
  const names = tools.filter((tool) => visible(tool, scope.caller)).map((tool) => tool.name);
  const near = nearest(name, names);
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Tool not found.${near ? ` Did you mean ${near}?` : ` Tools: ${names.join(', ')}.`}`,
  );
}

function toProtocolError(error: unknown, scope: RequestScope): unknown {
  if (error instanceof ProtocolError) return error;
  if (error instanceof Fault) {
    const code = error.code === 'internal' ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;
    return new ProtocolError(code, error.text());
  }
  return new ProtocolError(
    ProtocolErrorCode.InternalError,
    `internal: Something went wrong in this server. Its log has the cause under ${scope.requestId}.`,
  );
}
