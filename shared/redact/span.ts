/** What kind of secret was seen. */
export type SecretKind =
  | 'private key'
  | 'password hash'
  | 'access token'
  | 'json web token'
  | 'authorization'
  | 'url credentials'
  | 'secret url'
  | 'named value'
  | 'command line';

/**
 * A stretch of text that hides behind a placeholder. It never crosses a line end; the lines of one secret after the first are `rest`
 * and become empty, so that line numbers stay true. `whole` is the secret that all of them make up.
 */
export interface Span {
  start: number;
  end: number;
  kind: SecretKind;
  whole?: string;
  rest?: boolean;
}

/** What one look at a place found: the spans, and where to go on. */
export interface Found {
  spans: Span[];
  next: number;
}

/** One span as a finding; the search goes on behind it. */
export function found(start: number, end: number, kind: SecretKind): Found {
  return { spans: [{ start, end, kind }], next: end };
}

/** Several lines as one secret: each line from its first sign behind indentation and diff marks. `next` is the end of the last line. */
export function foundLines(text: string, start: number, end: number, kind: SecretKind): Found {
  const spans: Span[] = [];
  const whole = text.slice(start, end);
  let at = start;
  while (at < end) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 || newline > end ? end : newline;
    let from = at;
    if (at > start) while (from < lineEnd && ' \t+->#'.includes(text[from] as string) && !text.startsWith('-----', from)) from++;
    else while (from < lineEnd && ' \t'.includes(text[from] as string)) from++;
    let to = lineEnd;
    while (to > from && (text[to - 1] === '\r' || text[to - 1] === ' ')) to--;
    if (to > from) spans.push({ start: from, end: to, kind, whole, rest: spans.length > 0 });
    at = lineEnd + 1;
  }
  return { spans, next: end };
}
