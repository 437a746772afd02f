import { Fault } from '../faults.ts';
import { bearerOf } from './bearer.ts';
import type { Caller } from './caller.ts';
import type { TokenStore } from './token-store.ts';

/**
 * The caller of tools behind an Authorization header; nobody for a missing, malformed or unknown token, `denied` for an operator's.
 * `readOnly`: whoever it is, they read.
 */
export function callerOf(tokens: TokenStore, header: string | undefined, readOnly = false): Caller | undefined {
  const bearer = bearerOf(header);
  if (bearer === undefined) return undefined;
  const caller = tokens.verify(bearer);
  if (caller && readOnly) return { ...caller, level: 'read' };
  if (caller || !tokens.verifyOperator(bearer)) return caller;
  throw new Fault('denied', 'This is the token of an operator, who decides on actions; no tool takes it.', {
    hint: 'Make one for this client: npm run token -- add NAME --level read.',
  });
}

/** The operator behind a token as it was typed or sent; nobody for an unknown one, `denied` for one that calls tools. */
export function operatorOf(tokens: TokenStore, token: string): { name: string } | undefined {
  const operator = tokens.verifyOperator(token);
  if (operator || !tokens.verify(token)) return operator;
  throw new Fault('denied', 'This token calls tools; it decides on no action.', {
    hint: "Make the operator's: npm run token -- add NAME --operator.",
  });
}
