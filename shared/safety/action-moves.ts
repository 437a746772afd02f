import { Fault } from '../faults.ts';
import { type Action, type ActionOutcome, type ActionOwner, type ActionState, ended } from './action.ts';
import type { ActionBook } from './action-book.ts';
import type { ActionEvent } from './action-records.ts';
import type { Effect } from './effect.ts';
import { shownLine, shownText } from './shown-text.ts';

/** One step of an action. */
export interface ActionChange {
  /** As it stands: before the step in `before`, after it in `after`. */
  action: Action;
  from?: ActionState;
  to: ActionState;
  /** Who makes it: an operator, a caller, or a server. */
  by: string;
}

/** For the audit, events, metrics and notifications. */
export interface ActionHooks {
  /** Awaited before a proposal, an approval, a denial and a start are written; a throw leaves everything as it was. */
  before?: (change: ActionChange) => void | Promise<void>;
  /** Awaited when it is done. It must not throw. */
  after?: (change: ActionChange) => void | Promise<void>;
}

const PENDING_MS = 15 * 60_000;
/** An approval in the last moment still leaves the server time to take it. */
const START_MS = 60_000;
/** A clock that was set back must not make approvals live longer. */
const CLOCK_MS = 60_000;
const MOST_TEXT = 24_000;
const STARTED = 'It had been started before.';

type Asked = { server: string; caller: string; reason?: string };

/** Writes a new action: waiting, or with an owner already running. */
export async function ask(book: ActionBook, id: string, effect: Effect, asked: Asked, owner?: ActionOwner): Promise<Action> {
  const now = book.now();
  const base = { id, effect, ...asked, created: book.time(now), expires: book.time(now + PENDING_MS) };
  const to = owner ? 'running' : 'pending';
  await book.hooks.before?.({ action: { ...base, state: to }, to, by: asked.caller });
  const proposed = { record: 'proposed', version: 1, ...base };
  if (owner) book.beat(id, owner);
  const action = book.create(to, id, proposed, ...(owner ? [{ record: 'started' as const, at: book.time(now), owner }] : []));
  await book.hooks.after?.({ action, to, by: asked.caller });
  return action;
}

/** True when the time to approve it, or, once approved, to start it, has passed. */
export function tooLate(book: ActionBook, action: Action): boolean {
  const now = book.now();
  return now >= Date.parse(action.startBy ?? action.expires) || now < Date.parse(action.created) - CLOCK_MS;
}

export async function approve(book: ActionBook, id: string, by: string, digest?: string): Promise<Action> {
  const { action, damaged } = book.find(id);
  if (action.state !== 'pending') throw already(action);
  if (damaged) throw new Fault('denied', `The file of action ${id} was altered, so it is not run.`, { hint: 'Ask for the action again.' });
  if (tooLate(book, action)) throw expired(action);
  // SECURITY: what the person read is what is approved.
  if (digest !== undefined && digest !== action.effect.digest) {
    throw new Fault('conflict', `Action ${id} is not the one that was shown.`, { hint: 'Look at it again before you decide.' });
  }
  await book.hooks.before?.({ action, from: 'pending', to: 'approved', by });
  // SECURITY: the hook may have waited; the time that counts is that of the approval as it is written.
  if (tooLate(book, action)) throw expired(action);
  const now = book.now();
  const startBy = book.time(Math.max(Date.parse(action.expires), now + START_MS));
  // First signed, then moved: what stands in `approved` always says by whom.
  step(book, id, 'pending', 'approved', {
    record: 'approved',
    by: shownLine(by, 150),
    at: book.time(now),
    startBy,
    digest: action.effect.digest,
  });
  return done(book, id, 'pending', 'approved', by);
}

export async function deny(book: ActionBook, id: string, by: string, why?: string): Promise<Action> {
  for (let tries = 0; ; tries++) {
    const action = book.get(id);
    const from = action.state;
    if (tries > 0 && from === 'denied') return action;
    if (from !== 'pending' && from !== 'approved') throw already(action);
    await book.hooks.before?.({ action, from, to: 'denied', by });
    const reason = why ? { why: shownLine(why, 300) } : {};
    const event: ActionEvent = { record: 'denied', by: shownLine(by, 150), at: book.time(), ...reason };
    // It may be approved meanwhile: then it is denied from there, unless it runs already.
    if (book.append(id, from, event) && book.folder.move(id, from, 'denied')) return done(book, id, from, 'denied', by);
  }
}

/** Denies what waits, and asks the owner of what runs to stop. */
export async function close(book: ActionBook, id: string, by: string, why?: string): Promise<Action> {
  const action = book.get(id);
  if (action.state !== 'running') return deny(book, id, by, why ?? 'cancelled');
  book.askCancel(id, shownLine(by, 150), why && shownLine(why, 300));
  return book.get(id);
}

/** Undefined: another process has it, or it may not run (then it has ended with the reason). */
export async function claim(book: ActionBook, id: string, owner: ActionOwner): Promise<Action | undefined> {
  // SECURITY: a copy of an action that ran, or runs, put back into `approved`, must not run again.
  if (book.folder.find(id) !== 'approved') return undefined;
  const seen = book.read(id, 'approved');
  if (!seen || typeof seen === 'string') return undefined;
  if (!book.folder.move(id, 'approved', 'running')) return undefined;
  // SECURITY: everything is judged after the rename, on the file that only this process holds now.
  const read = book.read(id, 'running');
  if (!read || typeof read === 'string') return undefined;
  const { action } = read;
  let refusal = refusalOf(book, action, read.damaged);
  try {
    // SECURITY: kept apart from the file, so that an action that was copied back whole, or whose end was removed, is known.
    if (!refusal && !(await book.spend(`action ${id}`, Date.parse(action.startBy ?? action.expires)))) refusal = STARTED;
    if (!refusal) await book.hooks.before?.({ action, from: 'approved', to: 'running', by: action.server });
  } catch (error) {
    await finish(book, id, 'not_begun', { text: 'The record of its start could not be written, so it was not started.' });
    throw error;
  }
  if (refusal === 'expired') await end(book, action, 'expired', { record: 'expired', at: book.time() }, action.server);
  else if (refusal && action.denied) await end(book, action, 'denied', { record: 'denied', ...action.denied }, action.denied.by);
  else if (refusal) await finish(book, id, 'not_begun', { text: refusal });
  if (refusal) return undefined;
  book.beat(id, owner);
  // Given up meanwhile, because the audit was slow or this process slept: then it has ended as not begun.
  if (!book.append(id, 'running', { record: 'started', at: book.time(), owner })) return undefined;
  return done(book, id, 'approved', 'running', action.server);
}

function refusalOf(book: ActionBook, action: Action, damaged: boolean): string | undefined {
  if (damaged) return 'Its file was altered.';
  if (!action.approved) return 'Nobody approved it.';
  if (action.denied) return 'It was denied.';
  if (action.started || action.ended) return STARTED;
  // SECURITY: an approval is good until its time, whenever the file was moved.
  if (Date.parse(action.approved.at) >= Date.parse(action.expires) || tooLate(book, action)) return 'expired';
  return undefined;
}

export async function finish(
  book: ActionBook,
  id: string,
  outcome: ActionOutcome,
  end_: { text: string; note?: string | undefined },
): Promise<Action> {
  const { action } = book.find(id);
  if (action.state !== 'running') throw already(action);
  const note = end_.note ? { note: shownLine(end_.note, 500) } : {};
  const event: ActionEvent = { record: 'ended', at: book.time(), outcome, text: shownText(end_.text, MOST_TEXT), ...note };
  return end(book, action, outcome === 'ok' ? 'completed' : 'failed', event, action.server);
}

/** The record first, so that a crash before the rename is finished by `recover` as what it was. */
export async function end(book: ActionBook, action: Action, to: ActionState, event: ActionEvent, by: string): Promise<Action> {
  step(book, action.id, action.state, to, event);
  book.folder.note(action.id, 'beat').remove();
  book.folder.note(action.id, 'cancel').remove();
  return done(book, action.id, action.state, to, by);
}

function step(book: ActionBook, id: string, from: ActionState, to: ActionState, event: ActionEvent): void {
  if (!book.append(id, from, event) || !book.folder.move(id, from, to)) throw already(book.get(id));
}

async function done(book: ActionBook, id: string, from: ActionState, to: ActionState, by: string): Promise<Action> {
  const action = book.get(id);
  await book.hooks.after?.({ action, from, to, by });
  return action;
}

function already(action: Action): Fault {
  const by = action.denied?.by ?? action.approved?.by;
  const who = by && (action.state === 'denied' || action.state === 'approved') ? ` by ${by}` : '';
  return new Fault('conflict', `Action ${action.id} is ${action.state}${who} already.`, {
    hint: ended(action.state) ? 'Ask for a new action if it is still wanted.' : 'Look at it with `npm run actions -- show`.',
  });
}

function expired(action: Action): Fault {
  return new Fault('conflict', `Action ${action.id} expired; it was not approved in time.`, { hint: 'Ask for it again.' });
}
