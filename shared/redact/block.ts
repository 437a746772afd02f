import { isRedacted, isReference, looksRandom } from './harmless-value.ts';
import { indentOf, isBlank, type Line, lineAfter } from './line.ts';
import type { NameRisk } from './name-risk.ts';
import type { Value } from './read-value.ts';
import { type Found, foundLines } from './span.ts';

const MOST_LINES = 2_000;

/**
 * Looks whether the value goes over several lines: a YAML block scalar, a scalar or list on the lines below, a quoted text that the line
 * does not close, a heredoc. `'none'` means that the line holds all of it; undefined that the lines below hold nothing secret.
 */
export function blockAfter(text: string, value: Value, line: Line, pair: { risk: NameRisk; sign: string }): Found | undefined | 'none' {
  const head = text.slice(value.start, Math.min(value.end, value.start + 80));
  if (value.open) return unclosed(text, value, line, pair.risk);
  if (value.quoted) return 'none';
  if (pair.sign === ':' && /^[|>][-+0-9]{0,2}(?:\s+#.*)?$/.test(head)) return indented(text, line, pair.risk);
  if (pair.sign === ':' && head === '') return below(text, line, pair.risk);
  const heredoc = /^<<[-~]?["']?(\w{1,32})["']?$/.exec(head)?.[1];
  if (heredoc) return until(text, line, pair.risk, new RegExp(`^[ \\t]*${heredoc}\\b`));
  return 'none';
}

/** The column of the key, behind a list's dash. */
function column(text: string, line: Line): number {
  const indent = indentOf(text, line);
  const dash = /^-[ \t]+/.exec(text.slice(line.start + indent, Math.min(line.end, line.start + indent + 16)))?.[0];
  return indent + (dash?.length ?? 0);
}

/** The lines deeper than their key. */
function indented(text: string, line: Line, risk: NameRisk): Found | undefined {
  const depth = column(text, line);
  const first = lineAfter(text, line);
  if (!first || isBlank(text, first) || indentOf(text, first) <= depth || !isWorthHiding(text, first, risk)) return undefined;
  let end = line.end;
  let next: Line | undefined = first;
  for (let count = 0; next && count < MOST_LINES; count++) {
    if (!isBlank(text, next)) {
      if (indentOf(text, next) <= depth) break;
      end = next.end;
    }
    next = lineAfter(text, next);
  }
  return end === line.end ? undefined : foundLines(text, line.end + 1, end, 'named value');
}

/** A plain scalar, or a list of them, on the lines below `key:`. A mapping below is none of ours: its own keys decide. */
function below(text: string, line: Line, risk: NameRisk): Found | undefined {
  if (risk !== 'secret') return undefined;
  const spans: Found['spans'] = [];
  let end = line.end;
  let next = lineAfter(text, line);
  const depth = column(text, line);
  for (let count = 0; next && count < MOST_LINES; count++) {
    if (isBlank(text, next) || next.end - next.start > 4_096) break;
    const content = text.slice(next.start, next.end).trim();
    const item = /^[-+]?\s*-\s+(\S.*)$/.exec(content)?.[1];
    const inner = (item ?? content).replace(/^["']|["']$/g, '');
    const deep = indentOf(text, next) > depth || (item !== undefined && indentOf(text, next) >= depth);
    if (!deep || /^(?:[\w"'.-]+\s*:(?:\s|$)|[#{[&*!<|>`]|\/\/)/.test(inner) || /\w\s+\w+\s+\w/.test(inner)) break;
    if (!isReference(inner) && !inner.startsWith('[redacted')) {
      const start = text.indexOf(inner, next.start);
      spans.push({ start, end: start + inner.length, kind: 'named value' });
    }
    end = next.end;
    if (item === undefined) break;
    next = lineAfter(text, next);
  }
  return spans.length > 0 ? { spans, next: end } : undefined;
}

/** From an open quote to the line that closes it, as long as the lines stay deeper than the key. */
function unclosed(text: string, value: Value, line: Line, risk: NameRisk): Found | undefined | 'none' {
  const quote = value.open as string;
  let end = value.end;
  let next = lineAfter(text, line);
  for (let count = 0; next && count < 200; count++) {
    const close = text.slice(next.start, Math.min(next.end, next.start + 8_192)).indexOf(quote);
    if (close !== -1) {
      const first = text.slice(value.start, Math.min(line.end, value.start + 512)).trim();
      if (risk === 'maybe' && !looksRandom(first)) return undefined;
      return isRedacted(text, value.start) ? undefined : foundLines(text, value.start, next.start + close, 'named value');
    }
    if ((quote.length === 1 || quote === "''") && indentOf(text, next) <= indentOf(text, line) && !isBlank(text, next)) break;
    end = next.end;
    next = lineAfter(text, next);
  }
  return end === value.end || value.end > value.start ? 'none' : undefined;
}

/** From the next line to before the one that matches `close`. */
function until(text: string, line: Line, risk: NameRisk, close: RegExp): Found | undefined {
  const first = lineAfter(text, line);
  if (!first || !isWorthHiding(text, first, risk)) return undefined;
  let end = line.end;
  let next: Line | undefined = first;
  for (let count = 0; next && count < 100; count++) {
    if (close.test(text.slice(next.start, Math.min(next.end, next.start + 200)))) {
      return end === line.end ? undefined : foundLines(text, line.end + 1, end, 'named value');
    }
    end = next.end;
    next = lineAfter(text, next);
  }
  return undefined;
}

function isWorthHiding(text: string, line: Line, risk: NameRisk): boolean {
  const first = text.slice(line.start, Math.min(line.end, line.start + 512)).trim();
  if (isRedacted(first, 0) || isReference(first)) return false;
  return risk === 'secret' || looksRandom(first) || /^-----BEGIN [A-Z ]*PRIVATE/.test(first);
}
