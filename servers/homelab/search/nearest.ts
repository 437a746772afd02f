import type { Chunk } from './chunk.ts';
import { editDistance } from './edit-distance.ts';
import type { Postings } from './postings.ts';
import type { Asked } from './question.ts';

const MOST = 5;

/** What stands closest to a question without an answer: headings, words of the repository, and the words that matched nothing. */
export function nearest(
  groups: readonly Asked[],
  chunks: readonly Chunk[],
  index: Postings,
): { nearestHeadings: string[]; nearestWords: string[]; unmatched: string[] } {
  const missing = groups.filter(({ alternatives }) => alternatives.every(({ term }) => index.count(term) === 0));
  return {
    nearestHeadings: [...new Set(chunks.map(({ trail, title }) => [...trail.slice(-1), title].join(' > ')))].slice(0, MOST),
    nearestWords: [...new Set(groups.filter(({ term }) => index.count(term) === 0).flatMap((group) => near(group.term, index)))].slice(
      0,
      MOST,
    ),
    unmatched: missing.map(({ word }) => word),
  };
}

function near(term: string, index: Postings): string[] {
  const found: { other: string; distance: number }[] = [];
  for (const other of index.beginningWith(term.slice(0, 1))) {
    const distance = other.startsWith(term.slice(0, 4)) && term.length >= 4 ? 1 : editDistance(term, other, 3);
    if (distance <= Math.max(1, Math.floor(term.length / 3))) found.push({ other, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || index.count(b.other) - index.count(a.other) || (a.other < b.other ? -1 : 1))
    .slice(0, 2)
    .map(({ other }) => other);
}
