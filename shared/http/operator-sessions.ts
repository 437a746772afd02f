import { randomBytes, timingSafeEqual } from 'node:crypto';

/** A person who gave the operator's token to the page; held in memory only, for a quarter of an hour. */
export interface OperatorSession {
  name: string;
  /** Stands in every form of the page: another site's page cannot know it. */
  form: string;
}

export interface OperatorSessions {
  /** The cookie's value. */
  open(token: string): string;
  /** The session of a Cookie header while its token is still an operator's. */
  of(cookies: string | undefined): OperatorSession | undefined;
  close(cookies: string | undefined): void;
}

export const SESSION_SECONDS = 900;
const MOST = 100;

/** Sessions of one server's page under the cookie `name`; `verify` says whose token it is, now. */
export function operatorSessions(
  name: string,
  verify: (token: string) => { name: string } | undefined,
  now: () => number = () => performance.now(),
): OperatorSessions {
  const sessions = new Map<string, { token: string; form: string; until: number }>();
  const idOf = (cookies = '') =>
    cookies
      .split(';')
      .map((cookie) => cookie.trim())
      .find((cookie) => cookie.startsWith(`${name}=`))
      ?.slice(name.length + 1);
  return {
    open(token) {
      for (const [id, { until }] of sessions) if (until <= now()) sessions.delete(id);
      const oldest = sessions.keys().next().value;
      if (sessions.size >= MOST && oldest !== undefined) sessions.delete(oldest);
      const id = randomBytes(32).toString('base64url');
      sessions.set(id, { token, form: randomBytes(32).toString('base64url'), until: now() + SESSION_SECONDS * 1000 });
      return id;
    },
    of(cookies) {
      const id = idOf(cookies);
      const session = id === undefined ? undefined : sessions.get(id);
      if (!session || id === undefined) return undefined;
      // SECURITY: asked every time, so that a token which was taken away ends its sessions too.
      const operator = session.until > now() ? verify(session.token) : undefined;
      if (!operator) {
        sessions.delete(id);
        return undefined;
      }
      return { name: operator.name, form: session.form };
    },
    close(cookies) {
      const id = idOf(cookies);
      if (id !== undefined) sessions.delete(id);
    },
  };
}

/** Compares in constant time. */
export function sameText(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}
