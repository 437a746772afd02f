import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../faults.ts';
import { type Action, type ActionOutcome, type ActionOwner, type ActionProgress, actionId, ended, newActionId } from './action.ts';
import { actionBook, type Spend } from './action-book.ts';
import { actionFolder } from './action-folder.ts';
import { type ActionList, lister, type Selection } from './action-list.ts';
import { type ActionChange, type ActionHooks, approve, ask, claim, close, deny, finish } from './action-moves.ts';
import { expire, forgetter, recoverer } from './action-sweep.ts';
import { Effect } from './effect.ts';
import { shownLine, shownText } from './shown-text.ts';

export type { ActionChange, ActionHooks, ActionList };

/** Who proposes an action, and why. */
export interface Proposal {
  /** The server that owns the tool. */
  server: string;
  /** The token's name. */
  caller: string;
  /** The model's own words. */
  reason?: string | undefined;
}

/** What a finished run leaves to read. */
export interface Finish {
  text: string;
  note?: string | undefined;
}

/**
 * The actions of one installation, over all its processes. Every change is one rename, so exactly one of many who try makes it;
 * the others get `conflict` with the state it is in now. `before` hooks that throw stop a change.
 */
export interface Actions {
  /** Puts a call before a person; it waits 15 minutes. `conflict` when 50 wait already. */
  propose(effect: Effect, proposal: Proposal): Promise<Action>;
  /** Enters a call that runs already and goes on as an action. */
  adopt(effect: Effect, proposal: Proposal, owner: ActionOwner): Promise<Action>;
  list(selection?: Selection): ActionList;
  /** Throws `not_found`, and `denied` for a file that this installation did not write. */
  get(id: string): Action;
  /** `digest`: of the effect that the person was shown; another one is a `conflict`. */
  approve(id: string, by: string, more?: { digest?: string }): Promise<Action>;
  deny(id: string, by: string, why?: string): Promise<Action>;
  /** Takes an approved action to run it, once over all processes; undefined when there is nothing (more) to run. */
  claim(id: string, owner: ActionOwner): Promise<Action | undefined>;
  /** Shows that the owner lives, and how far it is; every few seconds while it runs. */
  beat(id: string, owner: ActionOwner, progress?: Omit<ActionProgress, 'at'>): void;
  complete(id: string, finish: Finish): Promise<Action>;
  fail(id: string, outcome: Exclude<ActionOutcome, 'ok'>, finish: Finish): Promise<Action>;
  /** Waiting: denied. Running: its owner is asked to stop, and the action is returned as it is. */
  cancel(id: string, by: string, why?: string): Promise<Action>;
  /** Ends what waited too long, and forgets what ended over 30 days ago. */
  expire(): Promise<Action[]>;
  /**
   * Ends actions of `server` whose process is gone: `failed`, never run again. A process counts as gone when nothing was heard of it
   * for `staleMs` of this process's own time, so it takes two calls that far apart.
   */
  recover(server: string, owner: ActionOwner): Promise<Action[]>;
  /** The action once it has ended, or as it is after `ms`. */
  waitFor(id: string, ms: number, signal?: AbortSignal): Promise<Action>;
}

export interface ActionsOptions {
  /** Signs the files; the same for all processes of the installation. */
  key: Uint8Array;
  hooks?: ActionHooks;
  /** `nonces(state).spend`: then an action that was put back with its end removed is known too. */
  spend?: Spend;
  /** Wall clock, ms. */
  now?: () => number;
  /** How long a running action's owner may be silent; 30 s. */
  staleMs?: number;
  /** Actions that may wait at once; 50. */
  mostPending?: number;
}

const MOST_PREVIEW = 6_000;
const MOST_REASON = 500;
const LOOK_MS = 200;

/** Opens `STATE_DIR/actions`; `unavailable` when it cannot be made. */
export function openActions(folder: string, options: ActionsOptions): Actions {
  const book = actionBook(actionFolder(folder), {
    key: options.key,
    now: options.now ?? Date.now,
    hooks: options.hooks ?? {},
    spend: options.spend ?? (async () => true),
  });
  const recover = recoverer(book, options.staleMs ?? 30_000);
  const forget = forgetter(book);
  const mostPending = options.mostPending ?? 50;

  const enter = (effect: Effect, { server, caller, reason }: Proposal, owner?: ActionOwner) => {
    const shown = Effect.parse({
      ...effect,
      title: shownLine(effect.title, 150),
      preview: shownText(effect.preview, MOST_PREVIEW),
    });
    const proposal = { server, caller, ...(reason ? { reason: shownLine(reason, MOST_REASON) } : {}) };
    return ask(book, newActionId(), shown, proposal, owner);
  };

  return {
    async propose(effect, proposal) {
      // SECURITY: a person who finds hundreds of questions answers none of them well.
      if (book.folder.names('pending').ids.length >= mostPending) {
        throw new Fault('conflict', `${mostPending} actions wait for a person already.`, {
          hint: 'Let the operator decide on some, or wait until they expire.',
        });
      }
      return enter(effect, proposal);
    },
    adopt: async (effect, proposal, owner) => enter(effect, proposal, owner),
    list: lister(book),
    get: (id) => book.get(actionId(id)),
    approve: (id, by, more = {}) => approve(book, actionId(id), by, more.digest),
    deny: (id, by, why) => deny(book, actionId(id), by, why),
    claim: (id, owner) => claim(book, actionId(id), owner),
    beat: (id, owner, progress) => book.beat(actionId(id), owner, progress),
    complete: (id, end) => finish(book, actionId(id), 'ok', end),
    fail: (id, outcome, end) => finish(book, actionId(id), outcome, end),
    cancel: (id, by, why) => close(book, actionId(id), by, why),
    async expire() {
      forget();
      return expire(book);
    },
    recover,
    async waitFor(id, ms, signal) {
      const end = performance.now() + ms;
      for (;;) {
        const action = book.get(actionId(id));
        const left = end - performance.now();
        if (ended(action.state) || left <= 0) return action;
        await sleep(Math.min(LOOK_MS, left), undefined, signal ? { signal } : {}).catch(() => {
          throw new Fault('timeout', 'The call was cancelled while it waited.');
        });
      }
    },
  };
}
