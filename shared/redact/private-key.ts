import { isRedacted } from './harmless-value.ts';
import { type Found, foundLines } from './span.ts';

const BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const HEADER = /^(?:Proc-Type|DEK-Info|Comment|Version|Hash|Charset):/;
const MOST_LINES = 400;

/** A PEM private key from its first line to its last, or as far as lines look like one; also the part before an END whose BEGIN is missing. */
export function privateKey(text: string, at: number, line: { start: number; end: number }): Found | undefined {
  END.lastIndex = at;
  if (END.test(text)) return headless(text, at, END.lastIndex, line.start);
  BEGIN.lastIndex = at;
  if (!BEGIN.test(text)) return undefined;
  const close = text.slice(at, line.end).indexOf('-----END ');
  if (close !== -1) {
    END.lastIndex = at + close;
    return foundLines(text, at, END.test(text) ? END.lastIndex : line.end, 'private key');
  }
  let end = line.end;
  for (let count = 0; count < MOST_LINES && end < text.length; count++) {
    const next = lineEnd(text, end + 1);
    const marker = text.slice(end + 1, Math.min(next, end + 2_048)).indexOf('-----END ');
    if (marker !== -1) {
      END.lastIndex = end + 1 + marker;
      return foundLines(text, at, END.test(text) ? END.lastIndex : next, 'private key');
    }
    if (next - end > 2_048 || !isBody(text.slice(end + 1, next))) break;
    end = next;
  }
  return foundLines(text, at, end, 'private key');
}

/** PuTTY's `Private-Lines: n` and the n lines after it. */
export function privateLines(text: string, at: number, line: { start: number; end: number }): Found | undefined {
  const count = Number(/^Private-Lines: (\d{1,3})\r?$/.exec(text.slice(at, Math.min(line.end, at + 24)))?.[1] ?? 0);
  if (count === 0 || isRedacted(text, line.end + 1)) return undefined;
  let end = line.end;
  for (let n = 0; n < count && end < text.length; n++) end = lineEnd(text, end + 1);
  return foundLines(text, Math.min(line.end + 1, text.length), end, 'private key');
}

/** A text that was cut inside a key shows only its tail: the lines before END that are key material. */
function headless(text: string, at: number, end: number, lineStart: number): Found {
  if (at - lineStart > 1_024 || !isBody(text.slice(lineStart, at))) return foundLines(text, at, end, 'private key');
  let start = lineStart;
  for (let count = 0; count < MOST_LINES && start > 0; count++) {
    const before = text.lastIndexOf('\n', start - 2) + 1;
    const body = text.slice(before, start - 1);
    if (body.length > 2_048 || core(body).length < 16 || !isBody(body)) break;
    start = before;
  }
  return foundLines(text, start, end, 'private key');
}

/** A line without the quotes, list marks, diff marks and escaped line ends around it. */
function core(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && ' \t"\'+>#|,-'.includes(line[from] as string)) from++;
  while (to > from && ' \t\r"\',;'.includes(line[to - 1] as string)) to--;
  return line.slice(from, line.endsWith('\\n', to) ? to - 2 : to);
}

function isBody(line: string): boolean {
  const body = core(line);
  return /^[A-Za-z0-9+/=]*$/.test(body) || HEADER.test(body);
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}
