import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@homelab/shared/faults.ts';
import type { Upstream } from '@homelab/shared/upstream/upstream.ts';
import { AnyAnswer, SessionAnswer } from './answers.ts';

/** Where sessions outlive this process; `undefined` forgets one. */
export interface SessionKeeper {
  load: (node: string) => string | undefined;
  save: (node: string, sid: string | undefined) => void;
}

/** The one session with a Pi-hole. */
export interface Session {
  /** The header to send; empty for a Pi-hole without a password. */
  headers: () => Promise<Record<string, string>>;
  /** The session with these headers was refused: the next `headers` logs in again. */
  refused: (headers: Record<string, string>) => void;
  /** The id now, without asking for one. */
  sid: () => string | undefined;
  logout: () => Promise<void>;
}

/** A try counts for a second; an app password counts as a failure first, and several callers share the three tries. */
const LOGIN_AGAIN_MS = 1_200;
/** A wrong password is not tried again sooner. */
const REFUSED_MS = 60_000;
const HEADER = 'x-ftl-sid';
const OPEN = 'open';

interface Refusal {
  error?: { key?: string; message?: string };
  session?: { valid?: boolean };
}

/** Keeps one seat for the whole process: a single login at a time, kept over restarts, asked for again only after a 401. */
export function session(wire: Upstream, node: string, password: string | undefined, keeper: SessionKeeper): Session {
  let sid: string | undefined;
  let opening: Promise<string> | undefined;
  let refusal: { fault: Fault; until: number } | undefined;
  let kept = true;

  async function open(): Promise<string> {
    const old = kept ? keeper.load(node) : undefined;
    kept = false;
    const state = await wire
      .json(SessionAnswer, { path: '/auth', ...(old ? { headers: { [HEADER]: old } } : {}), explain: notIn })
      .catch(keep401);
    if (state?.session.valid) return state.session.sid === null ? OPEN : (old ?? OPEN);
    if (refusal && refusal.until > Date.now()) throw refusal.fault;
    try {
      const fresh = await login();
      keeper.save(node, fresh);
      return fresh;
    } catch (error) {
      if (error instanceof Fault && error.code === 'denied') refusal = { fault: error, until: Date.now() + REFUSED_MS };
      throw error;
    }
  }

  async function login(): Promise<string> {
    if (password === undefined)
      throw new Fault('denied', `Pi-hole ${node} asks for a password and none is set.`, {
        hint: 'Set PIHOLE_PASSWORD to an app password.',
      });
    for (let tries = 0; ; tries++) {
      try {
        const answer = await wire.json(SessionAnswer, {
          method: 'POST',
          path: '/auth',
          body: { password },
          explain: (status, body) => loginFault(node, status, body),
        });
        if (answer.session.valid && answer.session.sid !== null) return answer.session.sid;
        throw new Fault('denied', `Pi-hole ${node} gave no session.`, { hint: 'Look at its settings under API.' });
      } catch (error) {
        const again = error instanceof Fault && error.cause === TRY_AGAIN;
        if (!again || tries > 0) throw error;
        await pause(LOGIN_AGAIN_MS);
      }
    }
  }

  return {
    async headers() {
      if (sid === undefined) {
        opening ??= open().finally(() => {
          opening = undefined;
        });
        sid = await opening;
      }
      const given: Record<string, string> = sid === OPEN ? {} : { [HEADER]: sid };
      return given;
    },
    refused(headers) {
      // Another call may have logged in since.
      if (headers[HEADER] === sid || (sid === OPEN && headers[HEADER] === undefined)) sid = undefined;
    },
    sid: () => (sid === OPEN ? undefined : sid),
    async logout() {
      const held = sid;
      sid = undefined;
      keeper.save(node, undefined);
      if (held !== undefined && held !== OPEN)
        await wire.json(AnyAnswer, { method: 'DELETE', path: '/auth', headers: { [HEADER]: held } }).catch(() => {});
    },
  };
}

const TRY_AGAIN = new Error('another login was at work');
const NOT_IN = new Error('no session');

function notIn(status: number): Fault | undefined {
  return status === 401 ? new Fault('denied', 'Pi-hole has no such session.', { cause: NOT_IN }) : undefined;
}

function keep401(error: unknown): undefined {
  if (error instanceof Fault && error.cause === NOT_IN) return undefined;
  throw error;
}

/** A refused login with its fix. */
function loginFault(node: string, status: number, body: unknown): Fault | undefined {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as Refusal;
  if (status === 429 && error?.key === 'api_seats_exceeded')
    return new Fault('unavailable', `All API seats of Pi-hole ${node} are taken.`, {
      hint: 'Something logs in for every poll: end its sessions on the page Settings > Web interface / API, mend it, or raise webserver.api.max_sessions.',
    });
  if (status === 429)
    return new Fault('unavailable', `Pi-hole ${node} refuses logins for a moment: too many were tried.`, {
      hint: 'Wait some seconds; look for another program that logs in often.',
      cause: TRY_AGAIN,
    });
  if (status === 400 && /2FA/.test(error?.message ?? ''))
    return new Fault('denied', `Pi-hole ${node} asks for a second factor.`, {
      hint: 'Set PIHOLE_PASSWORD to an app password (Settings > Web interface / API); it needs no second factor.',
    });
  if (status === 401)
    return new Fault('denied', `Pi-hole ${node} refuses the password.`, { hint: 'Check PIHOLE_PASSWORD.', cause: TRY_AGAIN });
  return undefined;
}
