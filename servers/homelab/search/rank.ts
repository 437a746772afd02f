import type { Alternative } from './concepts.ts';
import type { Postings } from './postings.ts';
import type { Asked } from './question.ts';
import type { Shelf, Shelved } from './shelf.ts';

const SATURATION = 1.2;
const COVER = 1.4;
/** What a passing mention proves, and the term weight from which a word is what the place is about. */
const PASSING = 0.6;
const PROOF = 1.5;

/** What the words of a question give to chunks and files. */
export interface Ranked {
  /** By slot. */
  chunks: Float32Array;
  /** By slot and by file number: the share of the question's telling words that is answered there, 0 to 1. */
  chunkCoverage: Float32Array;
  fileCoverage: Float32Array;
  /** The slots with any score. */
  touched: number[];
}

/** Scores every chunk and file: per word of the question its best alternative counts, weighed by how rare it is. */
export function rank(
  groups: readonly Asked[],
  { index, at: place, slots, numbers }: Shelf,
  fits: ((entry: Shelved) => boolean) | undefined,
): Ranked {
  const chunks = new Float32Array(slots);
  const chunkCoverage = new Float32Array(slots);
  const fileCoverage = new Float32Array(numbers);
  // The best of the word at hand; back to 0 before the next word.
  const score = new Float32Array(slots);
  const cover = new Float32Array(slots);
  const coverOfFile = new Float32Array(numbers);
  const touched = new Set<number>();
  let whole = 0;
  for (const group of groups) {
    const own = index.count(group.term);
    const cap = index.idf(own > 0 ? own : 1);
    const importance = group.weight * index.idf(own > 0 ? own : rarest(group, index)) * (own > 0 ? 1 : group.absence);
    whole += importance;
    const here = new Set<number>();
    for (const { term, weight, guess } of strongest(group)) {
      const list = index.get(term);
      if (!list) continue;
      const rarity = index.idf(list.slots.length);
      // A concept may be rarer than the word that leads to it and count for more; a synonym may not.
      const value = group.weight * weight * (term.startsWith('#') ? rarity : Math.min(cap, rarity)) * (SATURATION + 1);
      const covers = importance * (guess ? weight : Math.min(1, weight * COVER));
      for (let at = 0; at < list.slots.length; at++) {
        const slot = list.slots[at] ?? 0;
        if (fits && !fits(place(slot).entry)) continue;
        const amount = list.weights[at] ?? 0;
        const reached = (value * amount) / (amount + SATURATION);
        if (reached <= (score[slot] ?? 0)) continue;
        here.add(slot);
        score[slot] = reached;
        cover[slot] = Math.max(cover[slot] ?? 0, covers * (PASSING + (1 - PASSING) * Math.min(1, amount / PROOF)));
      }
    }
    for (const slot of here) {
      touched.add(slot);
      chunks[slot] = (chunks[slot] ?? 0) + (score[slot] ?? 0);
      chunkCoverage[slot] = (chunkCoverage[slot] ?? 0) + (cover[slot] ?? 0);
      const file = place(slot).entry.number;
      coverOfFile[file] = Math.max(coverOfFile[file] ?? 0, cover[slot] ?? 0);
    }
    for (const slot of here) {
      score[slot] = 0;
      cover[slot] = 0;
      const file = place(slot).entry.number;
      fileCoverage[file] = (fileCoverage[file] ?? 0) + (coverOfFile[file] ?? 0);
      coverOfFile[file] = 0;
    }
  }
  if (whole > 0) {
    for (const slot of touched) chunkCoverage[slot] = (chunkCoverage[slot] ?? 0) / whole;
    for (let file = 0; file < numbers; file++) fileCoverage[file] = (fileCoverage[file] ?? 0) / whole;
  }
  return { chunks, chunkCoverage, fileCoverage, touched: [...touched] };
}

/** Each term once, at its greatest weight. */
function strongest({ alternatives }: Asked): Iterable<Alternative> {
  const best = new Map<string, Alternative>();
  for (const one of alternatives) if (one.weight > (best.get(one.term)?.weight ?? 0)) best.set(one.term, one);
  return best.values();
}

/** For a word the index does not hold: as rare as the rarest of its alternatives that is there, or rarer than all. */
function rarest({ alternatives }: Asked, index: Postings): number {
  const counts = alternatives.map(({ term }) => index.count(term)).filter((count) => count > 0);
  return counts.length > 0 ? Math.min(...counts) : 0;
}
