import { Fault } from '../faults.ts';
import { ACTION_STATES, type Action, type ActionOwner, type ActionState, ended } from './action.ts';
import type { ActionBook } from './action-book.ts';
import { end, finish, tooLate } from './action-moves.ts';

const KEEP_MS = 30 * 86_400_000;
const FORGET_EVERY_MS = 600_000;

/** Ends what waited too long, and removes earlier copies of one action. */
export async function expire(book: ActionBook): Promise<Action[]> {
  const out: Action[] = [];
  for (const state of ['pending', 'approved', 'running'] as const) {
    for (const id of book.folder.names(state).ids) {
      if (book.folder.find(id) !== state) {
        // Somebody put a copy back: the later state holds. Both are still there only if they are two files.
        if (copyOf(book, id, state)) book.folder.remove(id, state);
        continue;
      }
      if (state === 'running') continue;
      const read = book.read(id, state);
      if (!read || typeof read === 'string' || !tooLate(book, read.action)) continue;
      const expired = await unlessMoved(() =>
        end(book, read.action, 'expired', { record: 'expired', at: book.time() }, read.action.server),
      );
      if (expired) out.push(expired);
    }
  }
  return out;
}

/** Forgets what ended long ago and what crashes left; looks at most every ten minutes. */
export function forgetter(book: ActionBook): () => void {
  let looked = Number.NEGATIVE_INFINITY;
  return () => {
    const now = book.now();
    if (Math.abs(now - looked) < FORGET_EVERY_MS) return;
    looked = now;
    for (const state of ACTION_STATES.filter(ended))
      for (const id of book.folder.names(state).ids) if (now - book.folder.changed(id, state) > KEEP_MS) book.folder.remove(id, state);
    book.folder.tidy(now);
  };
}

function copyOf(book: ActionBook, id: string, state: ActionState): boolean {
  const later = book.folder.find(id);
  // The later one was seen first: what stands in the earlier folder after that is another file.
  return later !== undefined && later !== state && book.folder.changed(id, state) > 0;
}

/** Ends actions whose owner was not heard of for `staleMs` by this process's own clock. */
export function recoverer(book: ActionBook, staleMs: number): (server: string, owner: ActionOwner) => Promise<Action[]> {
  const heard = new Map<string, { beat: string; since: number }>();

  return async (server, owner) => {
    const out: Action[] = [];
    const running = book.folder.names('running').ids;
    for (const id of heard.keys()) if (!running.includes(id)) heard.delete(id);
    for (const id of running) {
      const read = book.read(id, 'running');
      if (!read || typeof read === 'string') continue;
      const { action } = read;
      if (action.server !== server || action.started?.owner.instance === owner.instance) continue;
      const beat = `${book.lastBeat(id) ?? ''}${action.started?.at ?? ''}`;
      const known = heard.get(id);
      // A clock that jumps makes every beat look old; only silence that was listened to counts.
      if (known?.beat !== beat) heard.set(id, { beat, since: performance.now() });
      const since = heard.get(id)?.since ?? performance.now();
      if (performance.now() - since < staleMs) continue;
      const gone = await unlessMoved(() => bury(book, action));
      if (gone) out.push(gone);
    }
    return out;
  };
}

function bury(book: ActionBook, action: Action): Promise<Action> {
  if (action.ended) {
    const { at, outcome, text, note } = action.ended;
    return end(
      book,
      action,
      outcome === 'ok' ? 'completed' : 'failed',
      { record: 'ended', at, outcome, text, ...(note ? { note } : {}) },
      action.server,
    );
  }
  if (!action.started) return finish(book, action.id, 'not_begun', { text: 'Its process ended before it began. Nothing was done.' });
  const look = action.effect.look ? `Look with ${action.effect.look} how things stand.` : 'Look how things stand.';
  return finish(book, action.id, 'may_have_happened', {
    text: `Its process ended while it ran, so it may have happened, in whole or in part. ${look} It is not run again.`,
  });
}

/** Another process was quicker: then there is nothing left to do. */
async function unlessMoved(work: () => Promise<Action>): Promise<Action | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault && (error.code === 'conflict' || error.code === 'not_found')) return undefined;
    throw error;
  }
}
