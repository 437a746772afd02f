import type { Caller } from '../auth/caller.ts';
import type { Actions } from '../safety/actions.ts';

/** What a handler knows about the call it serves. */
export interface Call {
  /** Request id, as in the log and in error replies. */
  id: string;
  caller: Caller;
  /** Actions that wait, run or ended; for the tool that shows them. */
  actions: Actions;
  /** Aborted when the client cancels, the deadline passes or the server stops; hand it to every upstream call. */
  signal: AbortSignal;
  /** Tells how far the work is; sent only when the client asked for progress. Values must grow. */
  progress: (done: number, total?: number, message?: string) => void;
}
