import { Fault } from '../faults.ts';

/** What a sentence about a failure needs to know; no address, no header, no foreign text among it. */
export interface Circumstance {
  name: string;
  /** The setting that holds the address. */
  urlSetting: string;
  /** The setting that holds the credential. */
  authSetting: string;
  /** The request changes something. */
  write: boolean;
}

/** The failures that this room itself finds in an answer. */
export type AnswerFlaw = 'too large' | 'web page' | 'not json' | 'redirect' | 'redirects' | 'encoding';

/** Thrown inside this room only; it becomes a Fault at the door. */
export class Flaw extends Error {
  readonly flaw: AnswerFlaw;
  constructor(flaw: AnswerFlaw, cause?: unknown) {
    super(flaw, { cause });
    this.flaw = flaw;
  }
}

const UNSENT = new Set(
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EAI_FAIL EHOSTUNREACH ENETUNREACH EHOSTDOWN ENETDOWN EADDRNOTAVAIL UND_ERR_CONNECT_TIMEOUT'.split(' '),
);
/** What must be said of a change whose answer was lost or not understood. */
export const LOST = 'The change may have happened all the same.';

/** The code of an error, of its cause, or of the first of several attempts to connect. */
export function codeOf(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; depth++) {
    const code = at.name === 'HTTPParserError' ? 'HPE_INVALID' : (at as NodeJS.ErrnoException).code;
    if (typeof code === 'string' && code !== 'ABORT_ERR') return code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return '';
}

function isTls(code: string): boolean {
  return /^(?:CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(code);
}

/** True where the request never left: nothing can have happened. */
export function isUnsent(error: unknown): boolean {
  const code = codeOf(error);
  return UNSENT.has(code) || isTls(code);
}

/** A transport failure as the one Fault it is. */
export function faultOf(error: unknown, about: Circumstance, ended: 'deadline' | 'caller' | undefined, seconds: number): Fault {
  if (error instanceof Fault) return error;
  const { name, urlSetting } = about;
  const unsure = about.write && !isUnsent(error) ? ` ${LOST}` : '';
  const fault = (code: Fault['code'], sentence: string, hint?: string) =>
    new Fault(code, `${name} ${sentence}${unsure}`, { cause: error, ...(hint && { hint }) });
  if (ended === 'caller') return new Fault('timeout', `The request to ${name} was cancelled.${unsure}`, { cause: error });
  if (ended === 'deadline')
    return fault(
      'timeout',
      `did not answer within ${Number(seconds.toPrecision(3))} s.`,
      'Ask for less, or look at /readyz whether it is up.',
    );
  if (error instanceof Flaw) return flawFault(error, fault, about);
  const code = codeOf(error);
  const check = `Check ${urlSetting}, and that it runs.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL')
    return fault('unavailable', 'cannot be found: its name does not resolve.', `Check the host in ${urlSetting}, and DNS.`);
  if (code === 'ECONNREFUSED') return fault('unavailable', 'refuses connections: nothing listens there.', check);
  if (isTls(code)) return fault('unavailable', 'has no TLS that can be trusted.', tlsHint(code, urlSetting));
  if (UNSENT.has(code)) return fault('unavailable', 'cannot be reached: no connection came about.', check);
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return fault('timeout', 'stopped answering.', 'Ask for less, or look at /readyz whether it is up.');
  if (/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|Z_)/.test(code))
    return fault('upstream', 'broke off its answer.', check);
  if (/^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code))
    return fault('upstream', 'does not speak HTTP.', `Check the port and http or https in ${urlSetting}.`);
  return fault('upstream', 'could not be asked.', check);
}

function tlsHint(code: string, urlSetting: string): string {
  if (code === 'CERT_HAS_EXPIRED') return 'Its certificate has expired: renew it.';
  if (/ALTNAME|HOSTNAME/.test(code)) return `Its certificate is for another name than the one in ${urlSetting}.`;
  if (/EPROTO|WRONG_VERSION|ERR_SSL/.test(code)) return `Check http or https in ${urlSetting}.`;
  return 'Give its certificate authority (tls.ca), or use one that this machine trusts.';
}

function flawFault(
  { flaw }: Flaw,
  fault: (code: Fault['code'], sentence: string, hint?: string) => Fault,
  { urlSetting }: Circumstance,
): Fault {
  const address = `Check ${urlSetting}: a path may be missing, or a login page stands before it.`;
  if (flaw === 'too large')
    return fault('upstream', 'answered with more than is read.', 'Ask for less: a shorter time, a smaller limit, a narrower filter.');
  if (flaw === 'web page') return fault('upstream', 'answered with a web page instead of data.', address);
  if (flaw === 'redirect')
    return fault(
      'upstream',
      'sends its callers to another address, which is not followed.',
      `Set ${urlSetting} to the address where it really is.`,
    );
  if (flaw === 'redirects') return fault('upstream', 'sends its callers in a circle.', address);
  if (flaw === 'encoding') return fault('upstream', 'answered in an encoding that cannot be read.');
  return fault('upstream', 'answered with something that is not JSON.', address);
}

/** An answer with an error status as a Fault; `waitSeconds` is what a 429 asked for. */
export function statusFault(status: number, about: Circumstance, waitSeconds?: number): Fault {
  const { name, authSetting, write } = about;
  const unsure = write && status >= 500 ? ` ${LOST}` : '';
  if (status === 401 || status === 403)
    return new Fault('denied', `${name} does not allow this (${status}).`, {
      hint: `Check ${authSetting}: it is wrong, expired or lacks a permission.`,
    });
  if (status === 404 || status === 410) return new Fault('not_found', `${name} does not know what was asked for (${status}).`);
  if (status === 409 || status === 412)
    return new Fault('conflict', `${name} refused this because its state is another (${status}).`, {
      hint: 'Read the current state, then decide again.',
    });
  if (status === 408 || status === 504) return new Fault('timeout', `${name} gave up waiting (${status}).${unsure}`);
  if (status === 429) {
    const wait = waitSeconds === undefined ? 'Wait a little before the next call.' : `It asks to wait ${waitSeconds} s.`;
    return new Fault('unavailable', `${name} is asked too often (429).`, { hint: wait });
  }
  if (status === 502 || status === 503) return new Fault('unavailable', `${name} is not ready (${status}).${unsure}`);
  if (status >= 500) return new Fault('upstream', `${name} failed (${status}).${unsure}`, { hint: 'Its own log has the reason.' });
  return new Fault('upstream', `${name} refused the request (${status}).`);
}
