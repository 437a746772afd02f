import type { Place } from '@homelab/shared/inventory/inventory.ts';
import { plain } from '@homelab/shared/render/plain.ts';

/** How bad it is, worst first; `undetermined` is what could not be looked at. */
export const SEVERITIES = ['error', 'warn', 'info', 'undetermined'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Every kind of finding, with the severity it has at most. */
export const CODES = {
  schema: 'error',
  'dangling-host': 'error',
  'dangling-service': 'error',
  'dangling-via': 'error',
  'dangling-route': 'error',
  'dangling-network': 'error',
  'dangling-backup': 'error',
  'dangling-document': 'error',
  'dangling-runbook': 'error',
  'dangling-container': 'error',
  'dangling-compose-file': 'error',
  'dangling-compose-service': 'error',
  'duplicate-name': 'error',
  'port-collision': 'error',
  'address-twice': 'error',
  'mac-twice': 'error',
  'domain-twice': 'error',
  'outside-subnet': 'error',
  'subnet-overlap': 'error',
  'dhcp-overlap': 'error',
  'hard-cycle': 'error',
  secret: 'error',
  'public-without-auth': 'error',
  'no-backup': 'error',
  'backup-same-host': 'warn',
  'backup-misses': 'warn',
  'no-health-check': 'warn',
  'no-runbook': 'warn',
  'no-docs': 'warn',
  'compose-without-contract': 'warn',
  'contract-without-compose': 'warn',
  'port-undeclared': 'warn',
  'port-unpublished': 'warn',
  'dead-link': 'warn',
  'dead-anchor': 'warn',
  planned: 'info',
  'stale-document': 'info',
  'floating-tag': 'info',
  'no-backup-metric': 'info',
  'restore-untested': 'info',
  variable: 'undetermined',
  unreadable: 'undetermined',
} as const satisfies Record<string, Severity>;
export type Code = keyof typeof CODES;

/** One thing to look at: where, what is wrong, and what mends it, a sentence each and never a secret. */
export interface Finding {
  severity: Severity;
  code: Code;
  /** Absent where it is about the repository as a whole. */
  place?: Place;
  sentence: string;
  fix: string;
}

/** A finding with its usual severity unless `severity` is given; names from files are made plain. */
export function finding(code: Code, place: Place | undefined, sentence: string, fix: string, severity: Severity = CODES[code]): Finding {
  return { severity, code, ...(place ? { place } : {}), sentence: plain(sentence, 300), fix: plain(fix, 200) };
}

/** Worst first, then by file and line. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const rank = (one: Finding) => SEVERITIES.indexOf(one.severity);
  const file = (one: Finding) => one.place?.file ?? '';
  return [...findings].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (file(a) < file(b) ? -1 : file(a) > file(b) ? 1 : 0) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.code < b.code ? -1 : 1),
  );
}

/** `services/a.yaml:3`, with `:5` behind it where the column is wanted, or a dash. */
export function placeText(place: Place | undefined, column = false): string {
  if (!place) return '-';
  return `${plain(place.file)}:${place.line}${column ? `:${place.column}` : ''}`;
}
