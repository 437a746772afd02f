import { quantile } from '../harness.ts';
import type { Answer } from './engines.ts';
import type { Question } from './questions.ts';

/** One question with what an engine said and how long it took (median of the rounds). */
export interface Asked {
  readonly question: Question;
  readonly answer: Answer;
  readonly ms: number;
}

/** What is reported of a list of questions; shares are 0 to 1, NaN where nothing could be counted. */
export interface Score {
  readonly answered: number;
  readonly hit1: number;
  readonly hit5: number;
  /** Mean of 1/rank of the first right row among ten. */
  readonly mrr: number;
  readonly without: number;
  /** Of the questions without an answer, how many were told so. */
  readonly toldRecall: number;
  /** Of the questions that were told "no answer", how many have none. */
  readonly toldPrecision: number;
  readonly p50: number;
  readonly p95: number;
}

/** The 1-based row of the first right file; Infinity when it is not among the rows. */
export function rank({ question, answer }: Asked): number {
  const at = answer.paths.findIndex((path) => question.targets.includes(path));
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/** Scores answers; a right file in the rows counts even when the engine was not confident, and told counts are kept apart. */
export function score(list: readonly Asked[]): Score {
  const right = list.filter(({ question }) => question.targets.length > 0);
  const none = list.filter(({ question }) => question.targets.length === 0);
  const told = list.filter(({ answer }) => answer.none);
  const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);
  const within = (rows: number) => share(right.filter((it) => rank(it) <= rows).length, right.length);
  const toldRightly = none.filter(({ answer }) => answer.none).length;
  return {
    ...{ answered: right.length, hit1: within(1), hit5: within(5), without: none.length },
    mrr: share(
      right.reduce((sum, it) => sum + 1 / rank(it), 0),
      right.length,
    ),
    toldRecall: share(toldRightly, none.length),
    toldPrecision: share(toldRightly, told.length),
    p50: quantile(
      list.map(({ ms }) => ms),
      0.5,
    ),
    p95: quantile(
      list.map(({ ms }) => ms),
      0.95,
    ),
  };
}

/** The questions that went wrong, for a person who tunes: what was expected and what came. */
export function misses(list: readonly Asked[]): string[] {
  return list.flatMap((it) => {
    const { q, class: kind, targets } = it.question;
    const got = it.answer.paths.slice(0, 5).join(', ') || 'nothing';
    if (targets.length === 0) return it.answer.none ? [] : [`[${kind}] ${q}\n    expected: no answer\n    got:      ${got}`];
    const place = rank(it);
    if (place <= 5 && !it.answer.none) return [];
    const why = place <= 5 ? `row ${place}, but called no answer` : got;
    return [`[${kind}] ${q}\n    expected: ${targets.slice(0, 5).join(', ')}\n    got:      ${why}`];
  });
}
