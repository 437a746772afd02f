import { priorOf } from './prior.ts';
import type { Ranked } from './rank.ts';
import type { Placed, Shelf } from './shelf.ts';

/** How much a score depends on answering the whole question. */
const COORDINATION = 0.5;
/** What a further place in the same file keeps, so that the first places are different files. */
const REPEAT = 0.35;
const PER_FILE = 3;
/** Hits below this share of the best one are none. */
const LEAST = 0.2;
const FRESH = 0.03;
const DAY_MS = 86_400_000;
const YEAR = 365;

/** A chunk with its final score. */
export interface Scored extends Placed {
  slot: number;
  score: number;
}

/** The chunks that answer, best first: what the words give, how much of the question is answered, what path and age say, who is preferred, and not one file five times. */
export function order(
  { chunks, chunkCoverage, touched }: Ranked,
  query: string,
  { at }: Shelf,
  prefer?: ReadonlyMap<string, number>,
): Scored[] {
  const prior = priorOf(query);
  const newest = touched.reduce((latest, slot) => Math.max(latest, at(slot).entry.file.changed?.getTime() ?? 0), 0);
  const scoreOf = (slot: number): number => {
    const { entry } = at(slot);
    const whole = 1 - COORDINATION + COORDINATION * (chunkCoverage[slot] ?? 0);
    // Whole days: files written a moment apart are equally fresh.
    const days = entry.file.changed ? Math.floor((newest - entry.file.changed.getTime()) / DAY_MS) : Number.POSITIVE_INFINITY;
    const preferred = prefer?.get(entry.file.path) ?? 1;
    return (
      (chunks[slot] ?? 0) *
      preferred *
      whole *
      (1 + FRESH * 0.5 ** (days / YEAR)) *
      prior(entry.file.kind, entry.standing, entry.status !== undefined)
    );
  };
  const scores = touched.map(scoreOf);
  const top = scores.reduce((most, score) => Math.max(most, score), 0);
  const scored: Scored[] = [];
  for (const [nth, slot] of touched.entries()) {
    const score = scores[nth] ?? 0;
    if (score >= top * LEAST) scored.push({ slot, score, ...at(slot) });
  }
  scored.sort(compare);
  const times = new Map<number, number>();
  const spread: Scored[] = [];
  for (const one of scored) {
    const before = times.get(one.entry.number) ?? 0;
    times.set(one.entry.number, before + 1);
    const score = one.score * REPEAT ** before;
    if (before < PER_FILE && score >= top * LEAST) spread.push({ ...one, score });
  }
  return spread.sort(compare);
}

/** Equal scores stand in the order of path and line, so that an answer does not depend on the order of updates. */
function compare(a: Scored, b: Scored): number {
  if (a.score !== b.score) return b.score - a.score;
  const [first, second] = [a.entry.file.path, b.entry.file.path];
  return first < second ? -1 : first > second ? 1 : a.chunk.startLine - b.chunk.startLine;
}
