import { randomBytes } from 'node:crypto';
import { type Asked, empty, objectOf, ok, type Reply, refuse } from './reply.ts';
import { nowSeconds } from './state.ts';

/** One taken seat of `webserver.api.max_sessions`. */
export interface Seat {
  sid: string;
  csrf: string;
  loginAt: number;
  lastActive: number;
  app: boolean;
  remote: string;
  agent: string | null;
  /** A stranger that keeps its seat alive: it never ends. */
  kept: boolean;
}

export interface SessionSettings {
  /** None set: everything is open. */
  password?: string | undefined;
  appPassword?: string | undefined;
  totp?: number | undefined;
  maxSessions: number;
  /** Seconds. */
  timeout: number;
  /** How long the hash of a login takes, in milliseconds. */
  loginMs: number;
}

const TRIES_PER_SECOND = 3;
const token = (): string => randomBytes(16).toString('base64').slice(0, 22).concat('=');

/** Pi-hole's sessions: seats, login limiter, second factor, the app password that first counts as a failure. */
export class Sessions {
  readonly settings: SessionSettings;
  seats: (Seat | undefined)[];
  #second = 0;
  #tries = 0;
  #usedTotp: number | undefined;
  /** Successful logins so far, for tests that count them. */
  logins = 0;

  constructor(settings: SessionSettings) {
    this.settings = settings;
    this.seats = Array.from({ length: settings.maxSessions }, () => undefined);
  }

  get taken(): number {
    return this.seats.filter(Boolean).length;
  }

  /** A stranger takes a seat. */
  occupy(seat: Partial<Seat>): Seat {
    const now = nowSeconds();
    const made: Seat = {
      sid: token(),
      csrf: token(),
      loginAt: now,
      lastActive: now,
      app: false,
      remote: '127.0.0.1',
      agent: null,
      kept: true,
      ...seat,
    };
    const free = this.seats.indexOf(undefined);
    if (free >= 0) this.seats[free] = made;
    return made;
  }

  /** The seat of a request, revived as Pi-hole does; an open Pi-hole needs none. */
  allow(asked: Asked): { open: true } | { seat: Seat } | undefined {
    if (this.settings.password === undefined) return { open: true };
    const seat = this.seats.find((one) => one !== undefined && one.sid === asked.sid);
    if (!seat) return undefined;
    // Even past its timeout: only a later login sweeps it.
    seat.lastActive = nowSeconds();
    return { seat };
  }

  status(asked: Asked): Reply {
    const allowed = this.allow(asked);
    if (!allowed) return this.#invalid(asked.sid === undefined ? 'no SID provided' : 'session unknown', 401);
    if ('open' in allowed) return ok({ session: { valid: true, totp: false, sid: null, validity: -1, message: 'no password set' } });
    return ok({ session: this.#shown(allowed.seat, 'correct password') });
  }

  async login(asked: Asked): Promise<Reply> {
    const read = objectOf(asked);
    if ('refused' in read) return read.refused;
    const { password, totp } = read.value;
    if (password === undefined) return refuse(400, 'bad_request', 'No password found in JSON payload');
    if (typeof password !== 'string') return refuse(400, 'bad_request', "Field password has to be of type 'string'");
    const held = this.allow(asked);
    if (held && 'open' in held) return this.status(asked);
    if (!this.#mayTry()) {
      await this.#hash();
      return refuse(429, 'rate_limiting', 'Rate-limiting login attempts');
    }
    await this.#hash();
    const right = password === this.settings.password;
    // The app password comes second: the web password has failed by then, and counts as long as others run.
    const app = !right && password === this.settings.appPassword && this.#tries < TRIES_PER_SECOND;
    if (held && 'seat' in held && !right && !app) return ok({ session: this.#shown(held.seat, 'password incorrect') });
    if (!right && !app) return this.#invalid('password incorrect', 401);
    this.#tries = Math.max(0, this.#tries - 1);
    if (!app) {
      const refused = this.#second2fa(totp);
      if (refused) return refused;
    }
    this.#sweep();
    const free = this.seats.indexOf(undefined);
    if (free < 0) {
      if (held && 'seat' in held) return ok({ session: this.#shown(held.seat, app ? 'app-password correct' : 'password correct') });
      return refuse(429, 'api_seats_exceeded', 'API seats exceeded', 'increase webserver.api.max_sessions');
    }
    this.logins += 1;
    const agent = asked.headers['user-agent'];
    const seat = this.occupy({ app, kept: false, remote: asked.remote, agent: typeof agent === 'string' ? agent : null });
    return ok({ session: this.#shown(seat, app ? 'app-password correct' : 'password correct') });
  }

  logout(asked: Asked): Reply {
    const index = this.seats.findIndex((one) => one !== undefined && one.sid === asked.sid);
    if (index < 0) return this.#invalid('session unknown', 401);
    this.seats[index] = undefined;
    return empty();
  }

  list(asked: Asked): Reply {
    const sessions = this.seats.flatMap((seat, id) =>
      seat
        ? [
            {
              id,
              current_session: seat.sid === asked.sid,
              valid: true,
              tls: { login: false, mixed: false },
              login_at: seat.loginAt,
              last_active: seat.lastActive,
              valid_until: seat.lastActive + this.settings.timeout,
              remote_addr: seat.remote,
              user_agent: seat.agent,
              x_forwarded_for: null,
              app: seat.app,
              cli: false,
            },
          ]
        : [],
    );
    return ok({ sessions });
  }

  remove(id: number): Reply {
    if (!(id >= 0 && id < this.seats.length)) return refuse(400, 'bad_request', 'Session ID out of bounds');
    if (!this.seats[id]) return refuse(400, 'bad_request', 'Session ID not in use');
    this.seats[id] = undefined;
    return empty('application/json; charset=utf-8');
  }

  #mayTry(): boolean {
    const second = nowSeconds();
    if (second !== this.#second) this.#tries = 0;
    this.#second = second;
    if (this.#tries >= TRIES_PER_SECOND) return false;
    this.#tries += 1;
    return true;
  }

  #second2fa(totp: unknown): Reply | undefined {
    const { totp: wanted } = this.settings;
    if (wanted === undefined) return undefined;
    if (totp === undefined) return refuse(400, 'bad_request', 'No 2FA token found in JSON payload');
    if (typeof totp !== 'number') return refuse(429, 'rate_limiting', 'Rate-limiting 2FA token requests, try again later');
    if (totp !== wanted) return refuse(401, 'unauthorized', 'Invalid 2FA token');
    if (this.#usedTotp === totp) return refuse(401, 'unauthorized', 'Reused 2FA token', 'wait for new token');
    this.#usedTotp = totp;
    return undefined;
  }

  #sweep(): void {
    const before = nowSeconds() - this.settings.timeout;
    this.seats = this.seats.map((seat) => (seat && !seat.kept && seat.lastActive < before ? undefined : seat));
  }

  #hash(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.settings.loginMs));
  }

  #shown(seat: Seat, message: string): object {
    const { sid, csrf } = seat;
    return { valid: true, totp: this.settings.totp !== undefined, sid, csrf, validity: this.settings.timeout, message };
  }

  #invalid(message: string, status: number): Reply {
    return ok({ session: { valid: false, totp: this.settings.totp !== undefined, sid: null, validity: -1, message } }, status);
  }
}
