import { randomInt } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Effect } from './effect.ts';

/** Where an action can stand, in the order it goes; the last four end it. */
export const ACTION_STATES = ['pending', 'approved', 'running', 'completed', 'failed', 'denied', 'expired'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

const ENDS: readonly ActionState[] = ['completed', 'failed', 'denied', 'expired'];

/** True when nothing more happens to an action in this state. */
export const ended = (state: ActionState): boolean => ENDS.includes(state);

/** How a run ended: `stale` = what was approved had changed; `may_have_happened` = its process ended while it ran; `not_begun` = it ended before. */
export const OUTCOMES = [
  ...(['ok', 'stale', 'cancelled', 'may_have_happened', 'not_begun'] as const),
  ...(['invalid_input', 'not_found', 'conflict', 'denied', 'approval_required', 'timeout', 'unavailable', 'upstream', 'internal'] as const),
] as const;
export type ActionOutcome = (typeof OUTCOMES)[number];

/** The process that runs an action. */
export interface ActionOwner {
  /** Random, new with every start of a process. */
  instance: string;
  /** Host name, for a person who looks for the process. */
  host: string;
}

export interface Decision {
  by: string;
  /** ISO, as all times of an action. */
  at: string;
  why?: string | undefined;
}

export interface ActionProgress {
  done: number;
  total?: number | undefined;
  message?: string | undefined;
  at: string;
}

/** One action as it stands now. Its folder is its state; everything else was signed by this installation. */
export interface Action {
  id: string;
  state: ActionState;
  /** The server that owns the tool, and alone runs it. */
  server: string;
  effect: Effect;
  /** The token's name. */
  caller: string;
  /** The model's reason, redacted and bounded. */
  reason?: string | undefined;
  created: string;
  /** After this it cannot be approved any more. */
  expires: string;
  /** Once approved: after this it is not started any more. */
  startBy?: string | undefined;
  approved?: Decision | undefined;
  denied?: Decision | undefined;
  started?: { at: string; owner: ActionOwner } | undefined;
  progress?: ActionProgress | undefined;
  /** Somebody asked the running action to stop. */
  cancelAsked?: Decision | undefined;
  ended?: { at: string; outcome: ActionOutcome; text: string; note?: string | undefined } | undefined;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID = new RegExp(`^[${ALPHABET}]{10}$`);

/** A new id: 10 characters of Crockford's base 32, easy to read out and to type. */
export function newActionId(): string {
  return Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export const isActionId = (text: string): boolean => ID.test(text);

/** The id in `text` as a person types it; `invalid_input` for anything else. */
export function actionId(text: string): string {
  const id = text.trim().toLowerCase();
  // SECURITY: an id becomes a file name; anything but these ten characters could name another file.
  if (isActionId(id)) return id;
  throw new Fault('invalid_input', 'An action id is ten letters and digits.', { hint: 'See the ids with `npm run actions -- list`.' });
}
