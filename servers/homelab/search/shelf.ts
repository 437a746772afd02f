import type { SourceFile } from '../client/document.ts';
import type { Chunk } from './chunk.ts';
import { chunksOf } from './chunks.ts';
import { type Postings, postings } from './postings.ts';
import { type Standing, standingOf } from './prior.ts';
import { outdated } from './status.ts';
import { termsOf, wordsOf } from './terms.ts';
import { chunkWeights, pathWeights } from './weigh.ts';

/** A file in the index. */
export interface Shelved {
  /** Small and unique among the files that are there; used again after a file has gone. */
  number: number;
  file: SourceFile;
  slots: number[];
  /** Set when the file is no longer current. */
  status: string | undefined;
  standing: Standing;
}

/** A chunk in the index. */
export interface Placed {
  entry: Shelved;
  chunk: Chunk;
}

/** All files in their chunks, with the terms that lead to them. */
export interface Shelf {
  readonly index: Postings;
  /** How many slots and file numbers are or were in use. */
  readonly slots: number;
  readonly numbers: number;
  at(slot: number): Placed;
  put(file: SourceFile): void;
  take(path: string): void;
  /** A word of the repository that is found under a term, as it is written there. */
  spelling(term: string): string | undefined;
}

/** An empty shelf. */
export function shelf(): Shelf {
  const index = postings();
  const files = new Map<string, Shelved>();
  const placed: (Placed | undefined)[] = [];
  const freeSlots: number[] = [];
  const freeNumbers: number[] = [];
  let numbers = 0;
  const at = (slot: number): Placed => placed[slot] as Placed;
  const take = (path: string) => {
    const entry = files.get(path);
    if (!entry) return;
    for (const slot of entry.slots) {
      index.remove(slot);
      placed[slot] = undefined;
      freeSlots.push(slot);
    }
    freeNumbers.push(entry.number);
    files.delete(path);
  };
  return {
    index,
    at,
    take,
    get slots() {
      return placed.length;
    },
    get numbers() {
      return numbers;
    },
    put(file) {
      take(file.path);
      const cut = chunksOf(file);
      const number = freeNumbers.pop() ?? numbers++;
      const entry: Shelved = { number, file, slots: [], status: outdated(file.path, cut.status), standing: standingOf(file.path) };
      const path = pathWeights(file.path);
      const prose = /\.(?:md|markdown|mdx|rst|txt)$/i.test(file.path);
      for (const chunk of cut.chunks) {
        const slot = freeSlots.pop() ?? placed.length;
        placed[slot] = { entry, chunk };
        index.add(slot, chunkWeights(chunk, cut, path, prose));
        entry.slots.push(slot);
      }
      files.set(file.path, entry);
    },
    spelling(term) {
      const slot = index.get(term)?.slots[0];
      if (slot === undefined) return undefined;
      const { entry, chunk } = at(slot);
      const written = [...chunk.trail, chunk.title, chunk.text, entry.file.path]
        .flatMap(wordsOf)
        .filter((word) => termsOf(word).includes(term));
      return written.reduce<string | undefined>(
        (shortest, word) => (shortest && shortest.length <= word.length ? shortest : word),
        undefined,
      );
    },
  };
}
