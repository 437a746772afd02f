import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { Fault } from '../faults.ts';
import type { Nonces } from './nonces.ts';

/** What a person is asked about: whose call, of which tool, with exactly which effect. */
export interface ConsentFor {
  caller: string;
  tool: string;
  /** `digestOf` of the resolved effect. */
  digest: string;
}

/** Issues the state that a dialog carries through the client, and takes it back once. */
export interface Consent {
  /** A signed state for one dialog, good for `goodMs`. The client can read it and cannot alter it. */
  issue: (about: ConsentFor) => string;
  /**
   * Checks the state that came back beside an answer. Throws `denied` for a forged one or somebody else's, `timeout` for one that is
   * too old, `conflict` when the call or what it acts on is no longer the one that was asked about. With `spend` it can be used this once.
   */
  check: (state: string, about: ConsentFor, spend: boolean) => Promise<void>;
}

const LONGEST = 2_000;

interface State extends ConsentFor {
  nonce: string;
  expires: number;
}

/** `key` is the installation's: a state issued by one process is good in another. */
export function consent(key: Uint8Array, nonces: Nonces, goodMs: number, now: () => number = Date.now): Consent {
  const sign = (body: string): string => createHmac('sha256', key).update(`consent\n${body}`).digest('base64url');

  function read(state: string): State {
    const [body = '', signature = '', ...rest] = state.length > LONGEST ? [] : state.split('.');
    const given = Buffer.from(signature);
    const right = Buffer.from(sign(body));
    // SECURITY: the client hands this back; unsigned, a model could write its own approval.
    if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) {
      throw new Fault('denied', 'The approval that came back was not issued here.', { hint: 'Call the tool again to be asked anew.' });
    }
    return JSON.parse(Buffer.from(body, 'base64url').toString()) as State;
  }

  return {
    issue({ caller, tool, digest }) {
      const state: State = { caller, tool, digest, nonce: randomUUID(), expires: now() + goodMs };
      const body = Buffer.from(JSON.stringify(state)).toString('base64url');
      return `${body}.${sign(body)}`;
    },
    async check(text, about, spend) {
      const state = read(text);
      if (state.caller !== about.caller || state.tool !== about.tool) {
        throw new Fault('denied', 'The approval that came back was given for another call.', {
          hint: 'Call the tool again to be asked anew.',
        });
      }
      if (now() > state.expires) {
        throw new Fault('timeout', 'The answer came too late; nothing was done.', {
          hint: 'Call the tool again to be asked anew.',
        });
      }
      if (state.digest !== about.digest) {
        throw new Fault('conflict', 'What was asked about has changed since, so the answer no longer fits; nothing was done.', {
          hint: 'Call the tool again to be asked about it as it is now.',
        });
      }
      if (spend && !(await nonces.spend(state.nonce, state.expires))) {
        throw new Fault('denied', 'That approval was used already; one approval is one change.', {
          hint: 'Call the tool again to be asked anew.',
        });
      }
    },
  };
}
