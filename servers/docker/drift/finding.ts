import type { Place } from '@homelab/shared/inventory/inventory.ts';
import { plain } from '@homelab/shared/render/plain.ts';

/** Every kind of drift. */
export const CODES = {
  D01: 'missing',
  D02: 'orphan',
  D03: 'unmanaged',
  D04: 'wrong host',
  D05: 'image',
  D06: 'ports',
  D07: 'env',
  D08: 'mounts',
  D09: 'restart',
  D10: 'network',
  D11: 'health',
  D12: 'privileges',
  D13: 'on-host file',
  D14: 'not compared',
} as const;
export type DriftCode = keyof typeof CODES;

/** Worst first. */
export const SEVERITIES = ['error', 'warn', 'info'] as const;
export type DriftSeverity = (typeof SEVERITIES)[number];

/** One difference between the repository and a machine. All texts are plain, one line, without secrets. */
export interface DriftFinding {
  code: DriftCode;
  severity: DriftSeverity;
  host: string;
  project?: string;
  service?: string;
  container?: string;
  /** What of it differs: `image`, `port 8096/tcp`, `env TZ`, `mount /data`. */
  subject: string;
  /** As the repository says; absent where it says nothing. */
  desired?: string;
  /** As the engine says; absent where there is nothing. */
  actual?: string;
  /** Where the repository says it. */
  place?: Place;
}

/** Something that may differ and cannot be told, as only the machine knows a value: never a finding. */
export interface Undetermined {
  host: string;
  project?: string;
  service?: string;
  subject: string;
  /** A sentence of ours. */
  why: string;
  variables: readonly string[];
  place?: Place;
}

/** Everything that a comparison says. `compared` counts what was looked at, so that an empty list can be told from nothing done. */
export interface Drift {
  findings: readonly DriftFinding[];
  undetermined: readonly Undetermined[];
  compared: { hosts: number; stacks: number; services: number; containers: number };
}

/** A difference before it is known which container it belongs to. */
export interface Difference {
  code: DriftCode;
  severity: DriftSeverity;
  subject: string;
  desired?: string;
  actual?: string;
  place?: Place;
  /** Variables without a known value on which the desired side hangs: then it is undetermined. */
  variables?: readonly string[];
}

/** The finding, with foreign words made plain. */
export function finding(parts: DriftFinding): DriftFinding {
  const { subject, desired, actual, container } = parts;
  return {
    ...parts,
    subject: plain(subject, 120),
    ...(container === undefined ? {} : { container: plain(container, 80) }),
    ...(desired === undefined ? {} : { desired: plain(desired, 160) }),
    ...(actual === undefined ? {} : { actual: plain(actual, 160) }),
  };
}

/** Worst first, then by host, project, service and code. */
export function inOrder(findings: readonly DriftFinding[]): DriftFinding[] {
  const key = (one: DriftFinding) =>
    [SEVERITIES.indexOf(one.severity), one.host, one.project ?? '', one.service ?? one.container ?? '', one.code, one.subject].join('\0');
  return findings
    .map((one) => ({ one, key: key(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one);
}
