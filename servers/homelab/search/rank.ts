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
  /** By file number: each word at its best chunk, summed. */
  files: Float32Array;
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
  const files = numbers;
  const chunks = new Float32Array(slots);
  const fileScores = new Float32Array(files);
  const chunkCoverage = new Float32Array(slots);
  const fileCoverage = new Float32Array(files);
  const best = new Float32Array(slots);
  const bestHere = new Float32Array(slots);
  const bestOfFile = new Float32Array(files);
  const bestCover = new Float32Array(files);
  const seen = new Uint8Array(slots);
  const touched: number[] = [];
  let whole = 0;
  for (const group of groups) {
    const own = index.count(group.term);
    const cap = group.weight * index.idf(own > 0 ? own : 1);
    const importance = group.weight * index.idf(own > 0 ? own : rarest(group, index)) * (own > 0 ? 1 : group.absence);
    whole += importance;
    const here: number[] = [];
    const filesHere: number[] = [];
    for (const { term, weight, guess } of strongest(group)) {
      const list = index.get(term);
      if (!list) continue;
      const rarity = group.weight * index.idf(list.slots.length);
      const value = weight * Math.min(term.startsWith('#') ? rarity : cap, rarity) * (SATURATION + 1);
      const covers = importance * (guess ? weight : Math.min(1, weight * COVER));
      for (let at = 0; at < list.slots.length; at++) {
        const slot = list.slots[at] ?? 0;
        const { entry } = place(slot);
        if (fits && !fits(entry)) continue;
        const amount = list.weights[at] ?? 0;
        const score = (value * amount) / (amount + SATURATION);
        const was = best[slot] ?? 0;
        if (score <= was) continue;
        if (was === 0) here.push(slot);
        best[slot] = score;
        const file = entry.number;
        if (bestOfFile[file] === 0) filesHere.push(file);
        if (score > (bestOfFile[file] ?? 0)) bestOfFile[file] = score;
        const cover = covers * (PASSING + (1 - PASSING) * Math.min(1, amount / PROOF));
        if (cover > (bestHere[slot] ?? 0)) bestHere[slot] = cover;
        if (cover > (bestCover[file] ?? 0)) bestCover[file] = cover;
      }
    }
    for (const slot of here) {
      chunks[slot] = (chunks[slot] ?? 0) + (best[slot] ?? 0);
      best[slot] = 0;
      chunkCoverage[slot] = (chunkCoverage[slot] ?? 0) + (bestHere[slot] ?? 0);
      bestHere[slot] = 0;
      if (seen[slot] === 0) {
        seen[slot] = 1;
        touched.push(slot);
      }
    }
    for (const file of filesHere) {
      fileScores[file] = (fileScores[file] ?? 0) + (bestOfFile[file] ?? 0);
      fileCoverage[file] = (fileCoverage[file] ?? 0) + (bestCover[file] ?? 0);
      bestOfFile[file] = 0;
      bestCover[file] = 0;
    }
  }
  if (whole > 0) {
    for (const slot of touched) chunkCoverage[slot] = (chunkCoverage[slot] ?? 0) / whole;
    for (let file = 0; file < files; file++) fileCoverage[file] = (fileCoverage[file] ?? 0) / whole;
  }
  return { chunks, files: fileScores, chunkCoverage, fileCoverage, touched };
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
