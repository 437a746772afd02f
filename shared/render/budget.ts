import { estimateTokens } from './estimate-tokens.ts';

/** Tokens (o200k) a reply should take. */
export const AIM = 400;
/** Tokens a reply may take without a reason. */
export const SOFT_LIMIT = 1_500;
/** Tokens no reply exceeds: the factory cuts there, and says so. */
export const HARD_LIMIT = 6_000;

export interface FitOptions {
  /** What the lines are, in the plural: `rows`, `log lines`. */
  unit: string;
  /** How to get the rest: a tool with its arguments, in words. */
  next?: string | undefined;
  /** How many there are where `lines` is already a part of them. */
  total?: number | undefined;
}

/**
 * Keeps the first lines that fit into `budget` tokens, whole ones only, and ends with `shown N of M <unit>; next: ...` when any is missing.
 * One line is always kept.
 */
export function fit(lines: readonly string[], budget: number, options: FitOptions): string {
  const total = Math.max(options.total ?? 0, lines.length);
  const note = (shown: number) => shownOf(shown, total, options.unit, options.next);
  let left = budget;
  let shown = 0;
  for (const line of lines) {
    left -= estimateTokens(`${line}\n`);
    const reserve = shown + 1 < total ? estimateTokens(note(shown + 1)) : 0;
    if (left < reserve && shown > 0) break;
    shown++;
  }
  const kept = lines.slice(0, shown);
  return (shown < total ? [...kept, note(shown)] : kept).join('\n');
}

/** `shown 20 of 57 rows; next: ...` */
export function shownOf(shown: number, total: number, unit: string, next?: string): string {
  return `shown ${shown} of ${total} ${unit}${next ? `; next: ${next}` : ''}`;
}
