import { parse } from 'yaml';
import type { SourceFile } from '../client/document.ts';

/** What a runbook says of itself, and how its first steps go. */
export interface Runbook {
  path: string;
  title: string;
  alerts: string[];
  hosts: string[];
  services: string[];
  tools: string[];
  /** What to do: the first sentence of each step, and the heading they stand under. */
  act?: { heading: string; line: number; steps: string[] };
}

const known = new WeakMap<SourceFile, Runbook>();
const ACT =
  /^(act|action|actions|fix|fixes|resolution|resolve|mitigation|remediation|solution|steps|procedure|what to do|recovery|recover|do this)\b/i;
const LONGEST_HEAD = 200;

/** Reads a runbook; the same object for the same file. Front matter that is no YAML mapping counts as none. */
export function runbookOf(file: SourceFile): Runbook {
  const before = known.get(file);
  if (before) return before;
  const lines = file.text.split('\n');
  const { head, end } = headOf(lines);
  const heading = lines.find((line, index) => index >= end && /^#\s/.test(line));
  const title = typeof head.title === 'string' ? head.title : heading?.replace(/^#\s+/, '');
  const act = actOf(lines, end);
  const runbook = {
    path: file.path,
    title: title ?? file.path,
    alerts: names(head.alerts ?? head.alert),
    hosts: names(head.hosts ?? head.host),
    services: names(head.services ?? head.service),
    tools: names(head.tools),
    ...(act && { act }),
  };
  known.set(file, runbook);
  return runbook;
}

function headOf(lines: readonly string[]): { head: Record<string, unknown>; end: number } {
  const last = lines[0]?.trimEnd() === '---' ? lines.slice(1, LONGEST_HEAD).findIndex((line) => /^(---|\.\.\.)\s*$/.test(line)) : -1;
  if (last < 0) return { head: {}, end: 0 };
  try {
    const head: unknown = parse(lines.slice(1, last + 1).join('\n'), { maxAliasCount: 0, logLevel: 'silent' });
    if (typeof head === 'object' && head !== null && !Array.isArray(head)) return { head: head as Record<string, unknown>, end: last + 2 };
  } catch {
    // Read as text then: a broken head must not hide the page.
  }
  return { head: {}, end: last + 2 };
}

function names(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',').map((name) => name.trim());
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function actOf(lines: readonly string[], from: number): Runbook['act'] {
  let fence = false;
  let found: { heading: string; line: number; level: number; body: string[] } | undefined;
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    if (/^\s*(```|~~~)/.test(line)) fence = !fence;
    const heading = fence ? null : /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (heading) {
      const level = heading[1]?.length ?? 1;
      if (found && level <= found.level) break;
      const text = heading[2] ?? '';
      if (!found && ACT.test(text.replace(/^[\d.)\s]+/, ''))) found = { heading: text, line: index + 1, level, body: [] };
    } else if (found && !fence && !/^\s*(```|~~~)/.test(line)) found.body.push(line);
  }
  if (!found) return undefined;
  const items = found.body
    .filter((line) => /^\s{0,3}(\d+[.)]|[-*])\s+\S/.test(line))
    .map((line) => line.replace(/^\s*(\d+[.)]|[-*])\s+/, ''));
  const steps = (items.length > 0 ? items : found.body.filter((line) => line.trim() !== '')).map(sentence);
  return { heading: found.heading, line: found.line, steps };
}

/** The first sentence; a colon or a dot inside a word ends none. */
function sentence(text: string): string {
  const bare = text.replaceAll('**', '').trim();
  return /^.{12,}?[.!?](?=\s+\p{Lu}|$)/u.exec(bare)?.[0] ?? bare;
}
