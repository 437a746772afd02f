import { Fault } from '../faults.ts';
import type { Action, ActionOwner, ActionProgress, ActionState } from './action.ts';
import type { ActionFolder } from './action-folder.ts';
import type { ActionHooks } from './action-moves.ts';
import { type ActionEvent, type ReadAction, readRecords, sealWith } from './action-records.ts';
import { shownLine } from './shown-text.ts';

/** Signed reading and writing of single actions; what the changes are made of. */
export interface ActionBook {
  folder: ActionFolder;
  hooks: ActionHooks;
  now: () => number;
  /** True the first time for a name. */
  spend: Spend;
  /** ISO of `now`, or of another time in ms. */
  time: (at?: number) => string;
  /** Undefined: not there. A string: why it is not trusted. */
  read(id: string, state: ActionState): ReadAction | string | undefined;
  /** Where it stands now; throws `not_found`, or `denied` for a file that is not ours. */
  find(id: string): ReadAction;
  get(id: string): Action;
  create(state: ActionState, id: string, proposed: object, ...events: ActionEvent[]): Action;
  append(id: string, state: ActionState, event: ActionEvent): boolean;
  beat(id: string, owner: ActionOwner, progress?: Omit<ActionProgress, 'at'>): void;
  /** What the running action's owner last wrote, as it stands on disk. */
  lastBeat(id: string): string | undefined;
  askCancel(id: string, by: string, why?: string): void;
}

/** Keeps what was used once, over all processes; `expires` in ms. */
export type Spend = (name: string, expires: number) => Promise<boolean>;

interface BookOptions {
  key: Uint8Array;
  now: () => number;
  hooks: ActionHooks;
  spend: Spend;
}

export function actionBook(folder: ActionFolder, { key, now, hooks, spend }: BookOptions): ActionBook {
  const seal = sealWith(key);
  const time = (at = now()) => new Date(at).toISOString();

  function notes(action: Action): void {
    const beat = seal.open(action.id, folder.note(action.id, 'beat').read()?.trim() ?? '');
    if (beat?.progress) action.progress = beat.progress as ActionProgress;
    const cancel = seal.open(action.id, folder.note(action.id, 'cancel').read()?.trim() ?? '');
    if (cancel) action.cancelAsked = cancel as unknown as NonNullable<Action['cancelAsked']>;
  }

  const book: ActionBook = {
    folder,
    hooks,
    now,
    spend,
    time,
    read(id, state) {
      const file = folder.read(id, state);
      if (!file) return undefined;
      if ('why' in file) return file.why;
      const read = readRecords(seal, id, state, file.text);
      if (typeof read !== 'string' && state === 'running') notes(read.action);
      return read;
    },
    find(id) {
      // A file that moves between the look and the reading is looked for again; it moves at most three times.
      for (let tries = 0; tries < 5; tries++) {
        const state = folder.find(id);
        const read = state && book.read(id, state);
        if (typeof read === 'string') throw untrusted(id, state as ActionState, read);
        if (read) return read;
      }
      throw new Fault('not_found', `There is no action ${id}.`, { hint: 'See them with `npm run actions -- list`.' });
    },
    get: (id) => book.find(id).action,
    create(state, id, proposed, ...events) {
      folder.create(id, state, [{ ...proposed }, ...events].map((record) => seal.line(id, record)).join(''));
      return book.get(id);
    },
    append: (id, state, event) => folder.append(id, state, seal.line(id, event)),
    beat(id, owner, progress) {
      const at = time();
      const shown = progress && { ...progress, ...(progress.message ? { message: shownLine(progress.message, 200) } : {}), at };
      folder.note(id, 'beat').write(seal.line(id, { instance: owner.instance, at, ...(shown ? { progress: shown } : {}) }));
    },
    lastBeat: (id) => folder.note(id, 'beat').read(),
    askCancel(id, by, why) {
      folder.note(id, 'cancel').write(seal.line(id, { by, at: time(), ...(why ? { why } : {}) }));
    },
  };
  return book;
}

function untrusted(id: string, state: ActionState, why: string): Fault {
  return new Fault('denied', `The file of action ${id} in ${state} is not trusted: ${why}.`, {
    hint: 'It is not run. Remove it, and ask for the action again.',
  });
}
