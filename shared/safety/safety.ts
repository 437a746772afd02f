import type { Action, ActionOwner } from './action.ts';
import type { Actions } from './actions.ts';
import type { Audit } from './audit.ts';
import type { Consent } from './consent.ts';
import type { Effect } from './effect.ts';
import type { PolicySource } from './policy-file.ts';
import type { Recorder } from './record.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/** What keeps too many or too hasty changes apart. */
export interface Brakes {
  /** True while fewer than `perHour` changes ran without a person in the last hour. */
  withinBudget: (perHour: number) => boolean;
  /** Runs one change of these targets at a time; refuses what failed three times in half an hour. */
  hold: <Result>(effect: Effect, run: () => Promise<Result>) => Promise<Result>;
}

/** Everything that stands between a call and a change, for one server. */
export interface Safety {
  /** The server's name without `mcp-`: the first word of its tool `<area>_actions`. */
  area: string;
  owner: ActionOwner;
  policy: PolicySource;
  consent: Consent;
  audit: Audit;
  record: Recorder;
  brakes: Brakes;
  actions: Actions;
  /** As `actions.propose`, but a call that already waits is given its own action again. */
  propose: (effect: Effect, by: { caller: string; reason: string | undefined }) => Promise<Action>;
  /** Begins to run what a person approves for this server, and takes over calls that last. */
  serve: (run: RunnerOptions['run']) => Runner;
  /** Milliseconds after which a change goes on as an action. */
  longMs: number;
  close: () => Promise<void>;
}
