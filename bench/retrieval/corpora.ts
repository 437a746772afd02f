import { createHash } from 'node:crypto';
import { composeOnly } from './corpus/compose-only.ts';
import type { Corpus } from './corpus/data.ts';
import { homelab } from './corpus/homelab.ts';
import type { SetName } from './questions.ts';

const MAKERS = { generated: homelab, flat: composeOnly } satisfies Partial<Record<SetName, () => Corpus>>;

/** The corpora that are made, not read: the same bytes on every machine. */
export const MADE = Object.keys(MAKERS) as (keyof typeof MAKERS)[];

/** The files of a made corpus. */
export const corpusOf = (set: keyof typeof MAKERS): Corpus => MAKERS[set]();

/** SHA-256 over all paths and texts in path order. */
export function corpusHash(corpus: Corpus): string {
  const hash = createHash('sha256');
  for (const path of [...corpus.keys()].sort()) hash.update(`${path}\0${corpus.get(path)}\0`);
  return hash.digest('hex');
}
