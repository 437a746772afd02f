import { redact } from '@homelab/shared/redact/redact.ts';
import { HostFault, LOST } from './host-fault.ts';
import { TooLarge } from './read-body.ts';

/** What a sentence about a failed call needs to know. */
export interface Asked {
  host: string;
  /** The call changes something. */
  write: boolean;
  /** What it is about, in our words and checked characters: `container pihole`. */
  subject?: string | undefined;
}

/** The engine's own message of an error answer: one line, redacted, 200 characters; for output fields only. */
export function saidBy(body: Buffer | undefined): string | undefined {
  try {
    const { message } = JSON.parse(body?.toString('utf8') ?? '') as { message?: unknown };
    if (typeof message !== 'string') return undefined;
    return redact(message.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()).slice(0, 200);
  } catch {
    return undefined;
  }
}

/** An error status as the one HostFault it is. */
export function statusFault(status: number, { host, write, subject }: Asked, body: Buffer | undefined): HostFault {
  const said = saidBy(body);
  const more = said ? { said } : {};
  const what = subject ?? 'what was asked for';
  if (status === 401 || status === 403)
    return new HostFault(host, 'proxy_forbids', `A socket proxy before the engine of ${host} forbids this call (${status}).`, {
      hint: 'Its settings say which calls pass (for docker-socket-proxy CONTAINERS=1, POST=1 and so on).',
      ...more,
    });
  if (status === 404)
    return new HostFault(host, 'not_found', `${host} has no ${subject ?? 'such thing'} (any more).`, {
      hint: 'docker_ps shows what is there now.',
      ...more,
    });
  if (status === 409)
    return new HostFault(host, 'conflict', `${host} refused this because the state of ${what} is another.`, {
      hint: 'docker_inspect shows it.',
      ...more,
    });
  if (status >= 500)
    return new HostFault(host, 'engine_failed', `The engine of ${host} failed at this (${status}).${write ? ` ${LOST}` : ''}`, {
      hint: 'Its own log on that host has the reason (journalctl -u docker).',
      ...more,
    });
  return new HostFault(host, 'refused', `The engine of ${host} refused the request (${status}).`, more);
}

/** A call that got no whole answer as the one HostFault it is. */
export function lostFault(error: unknown, { host, write }: Asked, ended: 'deadline' | 'caller' | undefined, seconds: number): HostFault {
  if (error instanceof HostFault && ended !== 'caller') return error;
  const unsure = write ? ` ${LOST}` : '';
  if (ended === 'caller') return new HostFault(host, 'cancelled', `The request to ${host} was cancelled.${unsure}`, { cause: error });
  if (ended === 'deadline')
    return new HostFault(host, 'timeout', `${host} did not answer within ${Number(seconds.toPrecision(3))} s.${unsure}`, {
      hint: 'docker_hosts shows whether it is there.',
      cause: error,
    });
  if (error instanceof TooLarge)
    return new HostFault(host, 'broken_answer', `The answer of ${host} is larger than is read.`, {
      hint: 'Ask for less: one project, fewer lines, a shorter time.',
    });
  const { code } = error as NodeJS.ErrnoException;
  if (/^HPE_/.test(code ?? ''))
    return new HostFault(host, 'broken_answer', `What answers on ${host} is no Docker engine.${unsure}`, { cause: error });
  return new HostFault(host, 'unreachable', `The connection to ${host} broke off.${unsure}`, {
    hint: 'Ask again: it is made anew.',
    cause: error,
  });
}

/** An answer that is not what an engine of that version answers. */
export function brokenAnswer(host: string, what: string, cause?: unknown): HostFault {
  return new HostFault(host, 'broken_answer', `The engine of ${host} answered with ${what}.`, { cause });
}

/** sshd opens no channel any more, however few are asked for. */
export function noChannel(host: string, cause: unknown): HostFault {
  return new HostFault(host, 'no_transport', `sshd on ${host} opens no channel any more.`, {
    hint: 'MaxSessions in its sshd_config may be too small for all who use this login.',
    cause,
  });
}
