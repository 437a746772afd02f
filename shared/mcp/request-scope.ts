import type { ServerContext } from '@modelcontextprotocol/server';
import type { Caller } from '../auth/caller.ts';
import type { FaultCode } from '../faults.ts';
import type { Format } from './visible-tools.ts';

/** What the HTTP room knows of a request and every handler may need. */
export interface RequestScope {
  requestId: string;
  traceparent?: string;
  caller: Caller;
  format: Format;
  /** `Idempotency-Key`: a call that is sent again under the same key acts once. */
  idempotencyKey?: string;
}

/** One served call, for the log and the metrics. */
export interface CallRecord {
  requestId: string;
  traceparent?: string;
  caller: string;
  /** The client program as it names itself, or `unknown`. */
  client: string;
  era: '2025' | '2026';
  kind: 'tool' | 'resource' | 'prompt';
  name: string;
  ms: number;
  bytes: number;
  /** Estimated o200k tokens of the reply's text. */
  tokens: number;
  outcome: 'ok' | 'cancelled' | FaultCode;
  /** What was thrown, for the log only. */
  error?: unknown;
}

/** Puts the scope where the SDK carries it to the handlers; the bearer token itself goes no further. */
export function toAuthInfo(scope: RequestScope): { token: string; clientId: string; scopes: string[]; extra: Record<string, unknown> } {
  return { token: '', clientId: scope.caller.name, scopes: [scope.caller.level], extra: { scope } };
}

/** The scope of the request that a handler serves. */
export function scopeOf(ctx: ServerContext): RequestScope {
  const scope = ctx.http?.authInfo?.extra?.scope as RequestScope | undefined;
  if (!scope) throw new Error('a request reached a handler without its scope');
  return scope;
}
