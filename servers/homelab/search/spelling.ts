import { editDistance } from './edit-distance.ts';
import type { Postings } from './postings.ts';

const MOST_LONGER = 8;
const MOST_SIMILAR = 6;
const SHORTEST = 5;
const LONG = 8;

/** Terms of the index that a term begins, or that begin it with little missing; the nearest in length first. */
export function longerTerms(term: string, index: Postings): string[] {
  if (term.length < 3) return [];
  return [...index.startingAs(term)]
    .filter(
      (other) =>
        other !== term && (other.startsWith(term) || (other.length >= 4 && term.startsWith(other) && term.length - other.length <= 3)),
    )
    .sort((a, b) => Math.abs(a.length - term.length) - Math.abs(b.length - term.length) || (a < b ? -1 : 1))
    .slice(0, MOST_LONGER);
}

/** Terms of the index that a mistyped word may mean, with the slips between them: one from 5 characters, two from 8; the likeliest first. */
export function similarTerms(written: string, term: string, index: Postings): { term: string; distance: number }[] {
  if (written.length < SHORTEST || /^[\d.]+$/.test(term)) return [];
  const most = written.length >= LONG ? 2 : 1;
  const near: { term: string; distance: number; count: number }[] = [];
  for (const character of new Set([term[0] ?? '', term[1] ?? ''])) {
    for (const other of index.beginningWith(character)) {
      if (Math.abs(other.length - term.length) > most || other.length < 4) continue;
      const distance = Math.min(editDistance(term, other, most), editDistance(written, other, most));
      // Two slips leave the ends of a word alone; otherwise it is another word.
      if (distance === 2 && (term[0] !== other[0] || term.at(-1) !== other.at(-1))) continue;
      if (distance <= most) near.push({ term: other, distance, count: index.count(other) });
    }
  }
  return near.sort((a, b) => a.distance - b.distance || b.count - a.count || (a.term < b.term ? -1 : 1)).slice(0, MOST_SIMILAR);
}
