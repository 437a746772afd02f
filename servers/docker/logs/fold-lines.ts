import type { LogLine } from '../client/log-lines.ts';

/** A line and all that say the same with other numbers; `line` is the latest. */
export interface FoldedLine {
  line: LogLine;
  count: number;
  /** When the first of them came. */
  first?: string;
}

const LEAST = 3;

/** What stays of a line when figures, ids, times and quoted values are taken out. */
export function shapeOf(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/"[^"\n]{0,200}"/g, '"#"')
    .replace(/\b(?=[0-9a-f-]*\d)[0-9a-f]{6,}(?:-[0-9a-f]{4,}){0,4}\b/gi, '#')
    .replace(/\d+/g, '#');
}

/** Folds lines of one shape and stream into the latest of them, where there are at least three; what is rare stays as it is, in order. */
export function foldLines(lines: readonly LogLine[]): FoldedLine[] {
  const groups = new Map<string, { count: number; first: LogLine; last: LogLine }>();
  const keys = lines.map((line) => `${line.stream} ${shapeOf(line.text)}`);
  for (const [index, line] of lines.entries()) {
    const group = groups.get(keys[index] as string);
    if (group) {
      group.count++;
      group.last = line;
    } else groups.set(keys[index] as string, { count: 1, first: line, last: line });
  }
  return lines.flatMap((line, index) => {
    const { count, first, last } = groups.get(keys[index] as string) as { count: number; first: LogLine; last: LogLine };
    if (count < LEAST) return [{ line, count: 1 }];
    return line === last ? [{ line, count, ...(first.at && { first: first.at }) }] : [];
  });
}
