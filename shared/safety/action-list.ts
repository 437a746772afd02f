import { ACTION_STATES, type Action, type ActionState, ended } from './action.ts';
import type { ActionBook } from './action-book.ts';
import { shownLine } from './shown-text.ts';

/** Some actions, how many there are, and files that are not to be trusted. */
export interface ActionList {
  /** What waits or runs first, then what ended; the newest first in both. */
  actions: Action[];
  total: number;
  broken: { name: string; state: ActionState; why: string }[];
}

export interface Selection {
  state?: ActionState;
  server?: string;
  /** 50 unless told. */
  limit?: number;
}

const MOST_KEPT = 2_000;

/** Lists the actions of a book. What has ended does not change any more and is read once, so that a month of it costs little. */
export function lister(book: ActionBook): (selection?: Selection) => ActionList {
  const kept = new Map<string, { stamp: string; read: ReturnType<ActionBook['read']> }>();

  function readEnded(id: string, state: ActionState): ReturnType<ActionBook['read']> {
    // SECURITY: a file that was changed or replaced is read and judged anew.
    const stamp = book.folder.stamp(id, state);
    const known = kept.get(`${state}/${id}`);
    if (known?.stamp === stamp) return known.read;
    const read = book.read(id, state);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(`${state}/${id}`, { stamp, read });
    return read;
  }

  return ({ state, server, limit = 50 } = {}) => {
    const found = new Map<string, Action>();
    const broken: ActionList['broken'] = [];
    let unread = 0;
    for (const one of state ? [state] : ACTION_STATES) {
      const names = book.folder.names(one);
      broken.push(...names.strange.map((name) => ({ name: shownLine(name, 80), state: one, why: 'its name is not that of an action' })));
      let { ids } = names;
      if (ended(one) && server === undefined) {
        const byAge = ids.map((id) => ({ id, at: book.folder.changed(id, one) })).sort((a, b) => b.at - a.at);
        unread += Math.max(0, byAge.length - limit);
        ids = byAge.slice(0, limit).map(({ id }) => id);
      }
      for (const id of ids) {
        const read = ended(one) ? readEnded(id, one) : book.read(id, one);
        if (typeof read === 'string') broken.push({ name: id, state: one, why: read });
        // In several folders the later one holds; the loop goes in their order.
        else if (read && (server === undefined || read.action.server === server)) found.set(id, structuredClone(read.action));
      }
    }
    const newest = [...found.values()].sort((a, b) => (a.created < b.created ? 1 : -1));
    const open = newest.filter((action) => !ended(action.state));
    const actions = [...open, ...newest.filter((action) => ended(action.state))].slice(0, limit);
    return { actions, total: found.size + unread, broken };
  };
}
