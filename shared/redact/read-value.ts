/**
 * A value as it stands after its name: the stretch without its quotes. `open` is the quote that the line does not close;
 * `cut` tells that a value without quotes goes on, and `readOn` finds where it ends.
 */
export interface Value {
  start: number;
  end: number;
  quoted: boolean;
  open?: string;
  cut?: undefined | { limit: number; flow: boolean };
}

/** How far a value without quotes goes: to the end of the line, to the next `,` or `}` of a flow, or to the end of the word. */
export type Reach = 'line' | 'flow' | 'word';

const PREFIX = /(?:&[\w-]{1,64}[ \t]+|!!?(?:str|binary|unsafe)[ \t]+|@(?=["']))?(?:[bfruBFRU]{1,2}(?=["']))?/y;
const QUOTE = /"""|'''|''(?=[^',;}\])\s]|[ \t]*\r?\n)|\\{1,3}["']|["'`]/y;
const AFTER_DELIMITER = /[,;&|][ \t]*(?:$|[\r\n]|[\w.$"'-]{1,64}["']?[ \t]*[=:]|[ \t])|&&|\|\|/y;
const AFTER_CLOSER = /[)\]}>](?:[)\]},;.:"'`\s]|$)/y;

/** Reads the value that begins at `at` (white space already skipped). `until` is the quote that encloses the whole pair, if one does. */
export function readValue(text: string, at: number, lineEnd: number, reach: Reach, until?: string): Value {
  PREFIX.lastIndex = at;
  PREFIX.test(text);
  const from = Math.min(Math.max(at, PREFIX.lastIndex), lineEnd);
  QUOTE.lastIndex = from;
  const quote = QUOTE.exec(text)?.[0];
  if (quote && quote !== until) {
    const start = from + quote.length;
    const close = closing(text, start, lineEnd, quote);
    return close === -1
      ? { start, end: trimmed(text, start, lineEnd), quoted: true, open: text[from - 1] === '@' ? `${quote}@` : quote }
      : { start, end: close, quoted: true };
  }
  const limit = until ? enclosed(text, from, lineEnd, until) : lineEnd;
  if (reach === 'line') return { start: from, end: toLineEnd(text, from, limit), quoted: false };
  // SECURITY: a value is first read in part and to its end only when it is hidden, or a line of many names costs the square of its length.
  const near = Math.min(limit, from + 512);
  const end = toDelimiter(text, from, near, reach === 'flow');
  return { start: from, end, quoted: false, ...(near < limit && end === near && { cut: { limit, flow: reach === 'flow' } }) };
}

/** Where a value really ends. */
export function readOn(text: string, { end, cut }: Value): number {
  return cut ? toDelimiter(text, end, cut.limit, cut.flow) : end;
}

function closing(text: string, from: number, lineEnd: number, quote: string): number {
  for (let at = from; at < lineEnd; ) {
    const next = text.indexOf(quote, at);
    if (next === -1 || next + quote.length > lineEnd) return -1;
    // YAML and SQL write a quote inside single quotes twice; most others put a backslash before it.
    if (quote === "'" && text[next + 1] === "'" && next + 1 < lineEnd && next > from) at = next + 2;
    else if (quote.length === 1 && escaped(text, next, from)) at = next + 1;
    else return next;
  }
  return -1;
}

function escaped(text: string, at: number, floor: number): boolean {
  let count = 0;
  while (at - count - 1 >= floor && text[at - count - 1] === '\\') count++;
  return count % 2 === 1;
}

function enclosed(text: string, from: number, lineEnd: number, quote: string): number {
  const close = closing(text, from, lineEnd, quote);
  return close === -1 ? lineEnd : close;
}

function trimmed(text: string, from: number, end: number): number {
  let to = end;
  while (to > from && ' \t\r'.includes(text[to - 1] as string)) to--;
  return to;
}

function toLineEnd(text: string, from: number, end: number): number {
  let to = end;
  for (let at = from; at < end; at++) {
    if (text[at] === '#' && at > from && ' \t'.includes(text[at - 1] as string)) {
      to = at;
      break;
    }
  }
  to = trimmed(text, from, to);
  if (to > from && text[to - 1] === '\\') to = trimmed(text, from, to - 1);
  if (to > from && ',;'.includes(text[to - 1] as string)) to--;
  return to;
}

function toDelimiter(text: string, from: number, end: number, flow: boolean): number {
  for (let at = from; at < end; at++) {
    const sign = text[at] as string;
    if (sign === '$' && text[at + 1] === '{') {
      const close = text.slice(at, Math.min(end, at + 256)).indexOf('}');
      if (close !== -1) at += close;
    } else if (sign === '"' || sign === "'" || sign === '`' || (sign === '\\' && '"\\\''.includes(text[at + 1] ?? ' '))) return at;
    else if (' \t\r'.includes(sign)) {
      if (!flow) return at;
    } else if (',;&|'.includes(sign)) {
      AFTER_DELIMITER.lastIndex = at;
      if ((flow && sign === ',') || at + 1 === end || AFTER_DELIMITER.test(text)) return trimmed(text, from, at);
    } else if (')]}>'.includes(sign)) {
      AFTER_CLOSER.lastIndex = at;
      if (at + 1 === end || AFTER_CLOSER.test(text)) return trimmed(text, from, at);
    } else if (sign === '<' && text[at + 1] === '/') return at;
  }
  return trimmed(text, from, end);
}
