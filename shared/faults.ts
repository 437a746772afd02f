/** What went wrong, in the one vocabulary that replies, logs and metrics share. */
export type FaultCode =
  | 'invalid_input'
  | 'not_found'
  | 'conflict'
  | 'denied'
  | 'approval_required'
  | 'timeout'
  | 'unavailable'
  | 'upstream'
  | 'internal';

/**
 * The only thing thrown on purpose. `message` is one sentence of ours that ends with a full stop and holds no third-party text;
 * `hint` names the tool or setting that helps; `cause` goes to the log and never into a reply.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly hint: string | undefined;

  constructor(code: FaultCode, message: string, more: { hint?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Fault';
    this.code = code;
    this.hint = more.hint;
  }

  /** `code: sentence. hint` as the model reads it. */
  text(): string {
    return `${this.code}: ${this.message}${this.hint ? ` ${this.hint}` : ''}`;
  }
}
