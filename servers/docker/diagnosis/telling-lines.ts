import type { LogLine } from '../client/log-lines.ts';

const TELLING =
  /\b(?:err(?:or)?|fatal|panic|crit(?:ical)?|exception|traceback|fail(?:ed|ure|s)?|warn(?:ing)?|oom|out of memory|memory|killed|denied|refused|timed? ?out|no space|not found|unable|cannot|invalid|exceeded|segfault)\b|\[(?:ERR|WRN|FTL)\]/i;
const STRONG = /\b(?:fatal|panic|exception|traceback|out of memory|memory pressure|no space|segfault|oom|killed)\b/i;

/** What of a log explains an end: lines that speak of trouble, the worst and latest of each kind, and the very last one; oldest first. */
export function tellingLines(lines: readonly LogLine[], most = 5): LogLine[] {
  const seen = new Set<string>();
  const latest = [...lines].reverse().filter(({ text }) => TELLING.test(text) && fresh(seen, text));
  const chosen = [...latest.filter(({ text }) => STRONG.test(text)), ...latest.filter(({ text }) => !STRONG.test(text))].slice(0, most);
  const last = lines.findLast(({ text }) => text.trim() !== '');
  return lines.filter((line) => chosen.includes(line) || line === last);
}

function fresh(seen: Set<string>, text: string): boolean {
  const key = text.replace(/\d+/g, '#').slice(0, 200);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
