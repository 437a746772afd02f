import type { Found } from '../client/homelab.ts';
import { conceptsOfTerm } from './concepts.ts';
import { editDistance } from './edit-distance.ts';
import type { Postings } from './postings.ts';
import type { Asked } from './question.ts';
import type { Placed, Shelf } from './shelf.ts';

const MOST = 5;

/** What stands closest to a question without an answer: headings, words of the repository, and the words that matched nothing. */
export function nearest(groups: readonly Asked[], first: readonly Placed[], files: Shelf): NonNullable<Found['nothing']> {
  const { index } = files;
  const absent = groups.filter(({ term }) => index.count(term) === 0);
  const peers = absent.flatMap(({ term }) => conceptsOfTerm(term) ?? []).flatMap((concept) => strongest(concept, files));
  const words = absent.flatMap(({ term }) => near(term, index)).map((term) => files.spelling(term)?.toLowerCase() ?? term);
  return {
    nearestHeadings: [...new Set([...peers, ...first].map(({ chunk: { trail, title } }) => [...trail.slice(-1), title].join(' > ')))].slice(
      0,
      MOST,
    ),
    nearestWords: [...new Set(words)].slice(0, MOST),
    unmatched: absent.filter(({ alternatives }) => alternatives.every(({ term }) => index.count(term) === 0)).map(({ word }) => word),
  };
}

/** The places that are most about a concept: where a product is missing, what serves the same purpose is near. */
function strongest(concept: string, { index, at }: Shelf): Placed[] {
  const { slots = [], weights = [] } = index.get(concept) ?? {};
  return slots
    .map((slot, nth) => ({ place: at(slot), weight: weights[nth] ?? 0 }))
    .sort((a, b) => b.weight - a.weight || (a.place.entry.file.path < b.place.entry.file.path ? -1 : 1))
    .slice(0, 2)
    .map(({ place }) => place);
}

function near(term: string, index: Postings): string[] {
  const most = Math.max(1, Math.floor(term.length / 3));
  const found: { other: string; distance: number }[] = [];
  for (const other of index.beginningWith(term.slice(0, 1))) {
    const distance = term.length >= 4 && other.startsWith(term.slice(0, 4)) ? 1 : editDistance(term, other, most);
    if (distance <= most) found.push({ other, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || index.count(b.other) - index.count(a.other) || (a.other < b.other ? -1 : 1))
    .slice(0, 2)
    .map(({ other }) => other);
}
