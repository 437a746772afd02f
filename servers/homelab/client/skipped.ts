import { MOST_FILES } from './listing.ts';
import type { Refusal } from './load.ts';
import type { Held } from './sweep.ts';

const WORDS: [Refusal, string][] = [
  ['large', 'over 1 MiB'],
  ['unreadable', 'not readable for this user'],
  ['outside', 'linked to a place outside of the repository, or to nothing'],
  ['encrypted', 'encrypted'],
  ['binary', 'binary'],
  ['special', 'a pipe, socket or device'],
  ['full', 'beyond 64 MiB of text'],
];

/** What was left out of `held` and why, one phrase each ("2 files over 1 MiB"); empty when everything was read. */
export function skipped(held: Held): string[] {
  const counts = new Map<Refusal, number>();
  for (const refusal of held.refusals.values()) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  const phrases = WORDS.flatMap(([refusal, words]) => {
    const count = counts.get(refusal);
    return count ? [`${count} ${count === 1 ? 'file' : 'files'} ${words}`] : [];
  });
  if (held.list.beyond > 0) phrases.push(`${held.list.beyond} files beyond the first ${MOST_FILES}`);
  if (held.list.cut) phrases.push('more files than can be listed');
  return phrases;
}
