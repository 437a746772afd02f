import { Fault, type FaultCode } from '@homelab/shared/faults.ts';

/** Why a host or its engine did not do what was asked; programs decide by this, people read the sentence. */
export type HostReason =
  | 'asleep'
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  | 'key_refused'
  | 'key_unreadable'
  | 'host_key_changed'
  | 'host_key_unknown'
  | 'socket_denied'
  | 'proxy_forbids'
  | 'api_mismatch'
  | 'no_docker'
  | 'no_transport'
  | 'no_exec'
  | 'not_found'
  | 'conflict'
  | 'refused'
  | 'broken_answer'
  | 'engine_failed';

const CODES: Record<HostReason, FaultCode> = {
  asleep: 'unavailable',
  unreachable: 'unavailable',
  timeout: 'timeout',
  cancelled: 'timeout',
  key_refused: 'denied',
  key_unreadable: 'denied',
  host_key_changed: 'denied',
  host_key_unknown: 'denied',
  socket_denied: 'denied',
  proxy_forbids: 'denied',
  api_mismatch: 'upstream',
  no_docker: 'unavailable',
  no_transport: 'unavailable',
  no_exec: 'denied',
  not_found: 'not_found',
  conflict: 'conflict',
  refused: 'upstream',
  broken_answer: 'upstream',
  engine_failed: 'upstream',
};

/** A Fault of one host: `reason` says which of the known ways it went wrong; its code follows from that. */
export class HostFault extends Fault {
  readonly host: string;
  readonly reason: HostReason;
  /** What the engine said, redacted, one line: for an output field, never for a sentence. */
  readonly said: string | undefined;

  constructor(host: string, reason: HostReason, message: string, more: { hint?: string; cause?: unknown; said?: string } = {}) {
    super(CODES[reason], message, more);
    this.host = host;
    this.reason = reason;
    this.said = more.said;
  }
}

/** What must be said of a change whose answer was lost. */
export const LOST = 'The change may have happened all the same; docker_inspect shows it.';
