import { redact, redactDeep } from '../redact/redact.ts';
import type { AuditEntry } from './audit-line.ts';
import { printable } from './printable.ts';

const SHORT = 200;
const LONG = 1_000;
const MOST_TARGETS = 100;
const ARGUMENTS_LIMIT = 8_000;
const LIST_LIMIT = 100;

/** The entry as it may stand on disk: secrets redacted, texts on one line, everything bounded, and what was cut says so. */
export function recordable(entry: AuditEntry): AuditEntry {
  const { kind, level, ms, targets } = entry;
  const short = (text: string): string => printable(redact(text), SHORT);
  return {
    kind,
    caller: short(entry.caller),
    what: short(entry.what),
    level,
    targets: targets && [...targets.slice(0, MOST_TARGETS).map(short), ...more(targets.length - MOST_TARGETS)],
    arguments: entry.arguments === undefined ? undefined : bounded(cut(redactDeep(entry.arguments))),
    // Made by us; the redactor would take their digits for a key.
    call: entry.call && printable(entry.call, SHORT),
    action: entry.action && printable(entry.action, SHORT),
    outcome: entry.outcome && short(entry.outcome),
    ms,
    reason: entry.reason && printable(redact(entry.reason), LONG),
  };
}

const more = (count: number): string[] => (count > 0 ? [`... and ${count} more`] : []);

function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONG ? `${value.slice(0, LONG)}... (${value.length} characters)` : value;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return [...value.slice(0, LIST_LIMIT).map(cut), ...more(value.length - LIST_LIMIT)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cut(one)]));
}

function bounded(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length > ARGUMENTS_LIMIT ? `${text.slice(0, ARGUMENTS_LIMIT)}... (${text.length} characters of JSON)` : value;
}
