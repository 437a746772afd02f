import { setImmediate } from 'node:timers/promises';
import { Fault } from '@homelab/shared/faults.ts';
import { RE2JS } from 're2js';
import type { SourceFile } from '../client/document.ts';

/** One line that matches a pattern. */
export interface LineHit {
  path: string;
  /** 1-based. */
  line: number;
  /** The line, at most 160 characters around the match; third-party text. */
  text: string;
}

export interface LineOptions {
  limit: number;
  offset?: number;
  caseSensitive?: boolean;
  signal?: AbortSignal;
}

/** The lines that match, in the order of the files; `capped` says what was not looked at. */
export interface FoundLines {
  hits: LineHit[];
  /** Matching lines in all, as far as was looked. */
  total: number;
  capped?: string;
}

const PATTERN = 300;
const LINE = 1_000;
const MATCHES = 2_000;
const BUDGET = 20_000_000;
const TIME = 1_000;
const SLICE = 20;
const SHOWN = 160;

/**
 * Finds lines by a regular expression in linear time (RE2 syntax: no look-around, no back-references), for at most a second of work, and lets
 * others work in between. Throws `invalid_input` for a pattern that is none.
 */
export async function searchLines(
  files: readonly SourceFile[],
  pattern: string,
  { limit, offset = 0, caseSensitive = false, signal }: LineOptions,
): Promise<FoundLines> {
  const compiled = compile(pattern, caseSensitive);
  const hits: LineHit[] = [];
  const capped = new Set<string>();
  let total = 0;
  let read = 0;
  let worked = 0;
  let since = performance.now();
  let done = 0;
  search: for (const { path, text } of files) {
    for (const [at, line] of text.split('\n').entries()) {
      const slice = performance.now() - since;
      if (slice > SLICE) {
        worked += slice;
        await setImmediate();
        signal?.throwIfAborted();
        since = performance.now();
      }
      if (total >= MATCHES || read >= BUDGET || worked >= TIME) break search;
      read += Math.min(line.length, LINE) + 1;
      if (line.length > LINE) capped.add(`lines are read up to ${LINE} characters`);
      const matcher = compiled.matcher(line.slice(0, LINE));
      if (!matcher.find()) continue;
      if (total++ >= offset && hits.length < limit) hits.push({ path, line: at + 1, text: around(line, matcher.start()) });
    }
    done++;
  }
  if (done < files.length) {
    const why = total >= MATCHES ? `${MATCHES} matching lines` : worked >= TIME ? 'a second' : `${BUDGET / 1e6} million characters`;
    capped.add(`stopped after ${why}, ${done} of ${files.length} files looked at`);
  }
  return { hits, total, ...(capped.size > 0 && { capped: [...capped].join('; ') }) };
}

function compile(pattern: string, caseSensitive: boolean): RE2JS {
  if (pattern === '' || pattern.length > PATTERN) {
    throw new Fault('invalid_input', `The pattern must have 1 to ${PATTERN} characters.`, {
      hint: 'Search words instead: docs_search without `mode`.',
    });
  }
  try {
    return RE2JS.compile(pattern, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch {
    throw new Fault('invalid_input', 'The pattern is not a regular expression in RE2 syntax.', {
      hint: 'Leave out look-around and back-references, and close every bracket.',
    });
  }
}

function around(line: string, at: number): string {
  if (line.length <= SHOWN) return line.trimEnd();
  const from = Math.max(0, Math.min(at - 40, line.length - SHOWN + 8));
  return `${from > 0 ? '... ' : ''}${line.slice(from, from + SHOWN - 8)}${from + SHOWN - 8 < line.length ? ' ...' : ''}`;
}
