import type { Action, ActionOwner } from './action.ts';
import type { Actions } from './actions.ts';
import type { Audit } from './audit.ts';
import type { Brakes } from './brakes.ts';
import type { Consent } from './consent.ts';
import type { Effect } from './effect.ts';
import type { Events } from './events.ts';
import type { PolicySource } from './policy-file.ts';
import type { Recorder } from './record.ts';
import type { Repeats } from './repeats.ts';
import type { Runner, RunnerOptions } from './runner.ts';

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
  repeats: Repeats;
  events: Events;
  actions: Actions;
  /** As `actions.propose`, but a call that already waits is given its own action again. */
  propose: (effect: Effect, by: { caller: string; reason: string | undefined }) => Promise<Action>;
  /** Begins to run what a person approves for this server, and takes over calls that last. */
  serve: (run: RunnerOptions['run']) => Runner;
  /** Milliseconds after which a change goes on as an action. */
  longMs: number;
  /** Milliseconds a person has to answer a dialog. */
  askMs: number;
  close: () => Promise<void>;
}
