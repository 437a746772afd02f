import { createHash } from 'node:crypto';
import type { Level } from '../config/level.ts';

/** What an entry tells. The last three are written by the audit itself: where a chain begins, where it goes on in another file, and where a write to it failed. */
export const AUDIT_KINDS = [
  ...['started', 'stopped', 'began', 'ended', 'asked', 'approved', 'denied', 'refused', 'cancelled', 'expired'],
  ...['policy', 'token', 'brake', 'opened', 'carried', 'gap'],
] as const satisfies readonly string[];

export type AuditKind =
  | ('started' | 'stopped' | 'began' | 'ended' | 'asked' | 'approved' | 'denied' | 'refused' | 'cancelled' | 'expired')
  | ('policy' | 'token' | 'brake' | 'opened' | 'carried' | 'gap');

/** One thing to record. Texts are redacted and cut to a bounded size on the way. */
export interface AuditEntry {
  kind: AuditKind;
  /** Who: a token's name, or the name of what works without a caller, such as `watchdog`. */
  caller: string;
  /** The tool, command or setting. */
  what: string;
  level?: Level | undefined;
  /** Resolved ids of what it acts on. */
  targets?: readonly string[] | undefined;
  arguments?: unknown;
  /** Id of the call or the work; the same in `began` and `ended`. */
  call?: string | undefined;
  /** Id of an action on disk. */
  action?: string | undefined;
  /** `ok`, `cancelled` or a fault code. */
  outcome?: string | undefined;
  ms?: number | undefined;
  /** Why, in our words or the model's. */
  reason?: string | undefined;
}

/** What the audit says about itself in `opened`, `carried` and `gap` entries. */
export interface ChainNotes {
  /** Hash of the line in the list of files that names this file. */
  listed?: string;
  /** Ends of other chains of this server, as they stood when this one began. */
  seen?: readonly Seen[];
  /** Entries that were asked for and refused, because they could not be written. */
  lost?: { count: number; entries: readonly Pick<AuditEntry, 'kind' | 'caller' | 'what' | 'call' | 'outcome'>[] };
  /** Bytes before this line that belong to no acknowledged entry: they begin at `from`. */
  residue?: { from: number; bytes: number; sha256: string };
}

/** The end of a file of a chain: what is written last, and what of an unfinished line comes after it. */
export interface Seen {
  file: string;
  seq: number;
  hash: string;
  /** Size of the file in bytes. */
  size: number;
  torn?: { bytes: number; sha256: string };
}

/** One line of a chain. */
export interface AuditLine extends AuditEntry, ChainNotes {
  /** Counts from 1 over all files of a chain. */
  seq: number;
  /** ISO 8601, UTC. */
  time: string;
  /** The hash of the line before; `GENESIS` in the first. */
  prev: string;
  hash: string;
}

/** The end of a chain at some moment; kept elsewhere, it proves later that nothing before it was cut. */
export interface Head {
  /** Name of the chain: the file's name without its part and ending. */
  chain: string;
  seq: number;
  hash: string;
}

export const GENESIS = '0'.repeat(64);

const SEALED = /^(.*),"hash":"([0-9a-f]{64})"\}$/s;

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** A record as a line that ends with the hash of all bytes before it, so that a changed byte shows; with `prev` in the record the lines are a chain. */
export function seal(record: object): { text: string; hash: string } {
  const body = JSON.stringify(record);
  const hash = sha256(body);
  return { text: `${body.slice(0, -1)},"hash":"${hash}"}\n`, hash };
}

/** Reads a line without its newline. `intact` is false when its bytes are not those that were sealed; undefined when it is no line of ours at all. */
export function unseal<Record>(line: Buffer): { record: Record & { hash: string }; intact: boolean } | undefined {
  const text = line.toString('utf8');
  const [, body, hash] = SEALED.exec(text) ?? [];
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof record !== 'object' || record === null) return undefined;
  // The bytes count, not the text: decoding would make different broken bytes equal.
  const whole = body !== undefined && Buffer.compare(Buffer.from(text), line) === 0;
  return { record: record as Record & { hash: string }, intact: whole && sha256(`${body}}`) === hash };
}
