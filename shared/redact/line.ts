/** One line of a text: where it starts and ends (the line feed is not in it), and where its first name begins behind marks and keywords. */
export interface Line {
  start: number;
  end: number;
  lead: number;
}

const LEAD =
  /(?:[ \t>|*+\-#;/!•]|\d{1,3}[.)] )*(?:(?:export|set|setx|ENV|ARG|SetEnv|setenv|env|declare|local|const|let|var|readonly|-e|--env|-x)[ \t]+|Environment=|environment:|\$env:)*["'`*$]{0,3}(?:-D)?/y;

/** The line that holds `at`. */
export function lineAt(text: string, at: number): Line {
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', at);
  const end = newline === -1 ? text.length : newline;
  LEAD.lastIndex = start;
  LEAD.test(text);
  return { start, end, lead: Math.min(LEAD.lastIndex, end) };
}

/** The line after this one, or undefined at the end of the text. */
export function lineAfter(text: string, line: { end: number }): Line | undefined {
  return line.end >= text.length ? undefined : lineAt(text, line.end + 1);
}

/** Columns of indentation, diff marks and comment marks included. */
export function indentOf(text: string, line: Line): number {
  let at = line.start;
  while (at < line.end && ' \t+>#'.includes(text[at] as string)) at++;
  return at - line.start;
}

/** True for a line with nothing but white space. */
export function isBlank(text: string, line: Line): boolean {
  for (let at = line.start; at < line.end; at++) if (!' \t\r'.includes(text[at] as string)) return false;
  return true;
}
