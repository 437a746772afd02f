import { redactDeep } from '../redact/redact.ts';
import type { AuditEntry } from './audit-line.ts';
import { shownLine } from './shown-text.ts';

const SHORT = 200;
const LONG = 1_000;
const MOST_TARGETS = 100;
const ARGUMENTS_LIMIT = 8_000;
const LIST_LIMIT = 100;

/** So much of a text is searched for secrets: none that begins where the text is shown goes on for longer. */
const SEARCHED = 8_000;
const DEEPEST = 20;

/** The entry as it may stand on disk: secrets redacted, texts on one line, everything bounded, and what was cut says so. */
export function recordable(entry: AuditEntry): AuditEntry {
  const { kind, level, ms, targets } = entry;
  return {
    kind,
    caller: clean(entry.caller, SHORT),
    what: clean(entry.what, SHORT),
    level,
    targets: targets && [...targets.slice(0, MOST_TARGETS).map((target) => clean(target, SHORT)), ...more(targets.length - MOST_TARGETS)],
    arguments: entry.arguments === undefined ? undefined : bounded(cut(redactDeep(searched(entry.arguments)))),
    // Made by us; the redactor would take their digits for a key.
    call: entry.call?.slice(0, SHORT),
    action: entry.action?.slice(0, SHORT),
    outcome: entry.outcome && clean(entry.outcome, SHORT),
    ms,
    reason: entry.reason && clean(entry.reason, LONG),
  };
}

const clean = (text: string, most: number): string => shownLine(text.slice(0, SEARCHED), most);
const more = (count: number): string[] => (count > 0 ? [`... and ${count} more`] : []);

/** As much of the arguments as may be kept, before they are searched: the search takes its time for every character. */
function searched(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.slice(0, SEARCHED);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '... deeper';
  if ('toJSON' in value && typeof value.toJSON === 'function') return searched(value.toJSON(), depth + 1);
  if (Array.isArray(value))
    return [...value.slice(0, LIST_LIMIT).map((one) => searched(one, depth + 1)), ...more(value.length - LIST_LIMIT)];
  const fields = Object.entries(value);
  const kept = fields.slice(0, LIST_LIMIT).map(([name, one]) => [name.slice(0, SHORT), searched(one, depth + 1)]);
  return Object.fromEntries(fields.length > LIST_LIMIT ? [...kept, ['...', `${fields.length - LIST_LIMIT} more`]] : kept);
}

function cut(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONG ? `${value.slice(0, LONG)}... (cut)` : value;
  if (Array.isArray(value)) return value.map(cut);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cut(one)]));
}

function bounded(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length > ARGUMENTS_LIMIT ? `${text.slice(0, ARGUMENTS_LIMIT)}... (${text.length} characters of JSON)` : value;
}
