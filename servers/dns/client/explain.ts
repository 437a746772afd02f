import { Fault } from '@homelab/shared/faults.ts';

const EXPIRED = new Error('the session is gone');

/** Whether a Fault means: log in again, nothing has happened. */
export const isExpired = (error: unknown): boolean => error instanceof Fault && error.cause === EXPIRED;

interface Refused {
  error?: { key?: string; message?: string; hint?: string | null };
}

/** A refusal of Pi-hole as the Fault that says what to do. */
export function explain(node: string, status: number, body: unknown): Fault | undefined {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as Refused;
  if (status === 401) return new Fault('denied', `Pi-hole ${node} has ended the session.`, { cause: EXPIRED });
  if (status === 403 && /app_sudo/.test(error?.hint ?? ''))
    return new Fault('denied', `The app password of Pi-hole ${node} may not change settings such as local records.`, {
      hint: 'Set webserver.api.app_sudo to true on it, or give its web password in PIHOLE_PASSWORD.',
    });
  if (status === 403 && /allow_destructive/.test(error?.hint ?? ''))
    return new Fault('denied', `Pi-hole ${node} does not allow restarts and flushes over its API.`, {
      hint: 'Set webserver.api.allow_destructive to true on it.',
    });
  if (status === 400 && error?.key === 'database_error')
    return new Fault('unavailable', `Pi-hole ${node} is just exchanging its gravity database.`, {
      hint: 'Repeat the call in some seconds.',
    });
  if (status === 400 && error?.key === 'regex_error')
    return new Fault('invalid_input', `Pi-hole ${node} does not accept that regular expression.`, {
      hint: 'It takes POSIX extended expressions; check brackets and escapes.',
    });
  if (status === 400 && error?.key === 'bad_request')
    return new Fault('invalid_input', `Pi-hole ${node} refused what was sent.`, {
      hint: 'Check the spelling of domains, addresses and lists.',
    });
  return undefined;
}
