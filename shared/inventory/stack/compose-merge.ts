/** A map of a compose file. */
export type Entries = Record<string, unknown>;

/** A map as it is, or nothing. */
export function record(value: unknown): Entries | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entries) : undefined;
}

/** A list as it is, one word as a list of it, nothing as an empty list. */
export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** `["A=1", "B"]` and `{A: 1, B: null}` are the same. */
export function pairs(value: unknown): Entries {
  if (!Array.isArray(value)) return record(value) ?? {};
  return Object.fromEntries(
    value.map((entry) => {
      const text = String(entry);
      const end = text.indexOf('=');
      return end < 0 ? [text, null] : [text.slice(0, end), text.slice(end + 1)];
    }),
  );
}

/** `[front, back]` and `{front: {}, back: {}}` are the same. */
export function named(value: unknown): Entries {
  return Array.isArray(value) ? Object.fromEntries(value.map((name) => [String(name), null])) : (record(value) ?? {});
}

const PAIRS = new Set(['environment', 'labels', 'annotations', 'sysctls', 'extra_hosts']);
const NAMED = new Set(['networks', 'depends_on']);
const REPLACED = new Set(['command', 'entrypoint', 'test']);

/** A service with a later file's words laid over it, by Compose's rules: maps are merged, lists are joined, commands are replaced. */
export function mergeService(below: Entries, above: Entries): Entries {
  const merged: Entries = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = below[key];
    if (under === undefined || under === null || value === null || REPLACED.has(key)) merged[key] = value;
    else if (PAIRS.has(key)) merged[key] = { ...pairs(under), ...pairs(value) };
    else if (NAMED.has(key)) merged[key] = { ...named(under), ...named(value) };
    else if (key === 'volumes') merged[key] = byTarget(under, value);
    else if (record(under) && record(value)) merged[key] = mergeService(under as Entries, value as Entries);
    else if (Array.isArray(under) || Array.isArray(value)) merged[key] = unique([...list(under), ...list(value)]);
    else merged[key] = value;
  }
  return merged;
}

/** A later mount takes the place of an earlier one with the same target. */
function byTarget(below: unknown, above: unknown): unknown[] {
  const all = [...list(below), ...list(above)];
  return [...new Map(all.map((entry) => [targetOf(entry), entry])).values()];
}

function targetOf(entry: unknown): string {
  if (typeof entry !== 'string') return String(record(entry)?.target ?? JSON.stringify(entry));
  const parts = entry.match(/(?:^[A-Za-z]:(?=[\\/])|\$\{[^}]*\}|[^:])+/g) ?? [];
  return parts[1] ?? parts[0] ?? entry;
}

function unique(entries: readonly unknown[]): unknown[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}
