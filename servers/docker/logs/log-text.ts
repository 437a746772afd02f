import { estimateTokens } from '@homelab/shared/render/estimate-tokens.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import type { FoldedLine } from './fold-lines.ts';

const LONGEST_LINE = 400;

/** Lines as they are shown, the newest that fit into `budget` tokens, oldest first; `shown` of the folded ones. */
export function logText(lines: readonly FoldedLine[], budget: number): { lines: string[]; shown: number; from?: string } {
  const chosen: string[] = [];
  let left = budget;
  let shown = 0;
  for (const one of [...lines].reverse()) {
    const text = lineText(one);
    left -= estimateTokens(`${text}\n`);
    if (left < 0 && shown > 0) break;
    chosen.push(text);
    shown++;
  }
  const from = lines
    .slice(lines.length - shown)
    .map(({ first, line }) => first ?? line.at)
    .filter((at) => at !== undefined)
    .sort()[0];
  return { lines: chosen.reverse(), shown, ...(from && { from }) };
}

function lineText({ line, count, first }: FoldedLine): string {
  const mark = line.stream === 'stderr' ? '!' : '';
  const times = count > 1 ? ` (x${count}${first ? ` since ${clock(first)}` : ''})` : '';
  return `${mark}${line.at ? `${clock(line.at)} ` : ''}${plain(line.at ? withoutOwnTime(line.text) : line.text, LONGEST_LINE)}${times}`;
}

const clock = (at: string): string => at.slice(11, 19);

const DAY = String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]`;
const OWN_TIME = new RegExp(
  String.raw`^(?:(?:ts|time)=)?["\[]?(?:${DAY})?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?["\]]?[ :|-]{1,3}`,
);

/** The line's own time is the engine's again, and costs a dozen tokens. */
function withoutOwnTime(text: string): string {
  return text.replace(OWN_TIME, '');
}
