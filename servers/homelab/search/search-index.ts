import type { Kind, SourceFile } from '../client/document.ts';
import type { Chunk } from './chunk.ts';
import { chunksOf } from './chunks.ts';
import { nearest } from './nearest.ts';
import { postings } from './postings.ts';
import { priorOf } from './prior.ts';
import { asked } from './question.ts';
import { type Ranked, rank } from './rank.ts';
import { snippetOf } from './snippet.ts';
import { outdated } from './status.ts';
import { chunkWeights, pathWeights } from './weigh.ts';

/** One place that answers. */
export interface Hit {
  path: string;
  kind: Kind;
  /** '' for the part before the first heading. */
  anchor: string;
  title: string;
  trail: string[];
  startLine: number;
  endLine: number;
  /** At most 160 characters of the place, third-party text. */
  snippet: string;
  /** Comparable within one answer only. */
  score: number;
  /** Set when the file says or its path shows that it is no longer current. */
  status?: string;
  changed?: Date;
}

export interface SearchOptions {
  kinds?: readonly Kind[];
  /** A folder or file the hits must be in. */
  under?: string;
  limit: number;
  offset?: number;
}

/** What a search found. */
export interface Found {
  hits: Hit[];
  /** Hits there are in all, over all pages. */
  total: number;
  /** The words of the question that counted. */
  words: string[];
  /** False: the question's telling words are not answered together anywhere; the hits are the nearest there is. */
  confident: boolean;
  coverage: number;
  /** Only when not confident. */
  nothing?: { nearestHeadings: string[]; nearestWords: string[]; unmatched: string[] };
}

/** An index over the files of one repository, kept in memory and brought up to date file by file. */
export interface SearchIndex {
  /** Takes over new and rewritten files and forgets removed ones. */
  update(changed: readonly SourceFile[], removed: readonly string[]): void;
  search(query: string, options: SearchOptions): Found;
}

interface FileEntry {
  number: number;
  file: SourceFile;
  slots: number[];
  status: string | undefined;
}

interface Slot {
  entry: FileEntry;
  chunk: Chunk;
}

const FILE_SHARE = 0.2;
const COORDINATION = 0.5;
const REPEAT = 0.55;
const PER_FILE = 3;
const LEAST = 0.2;
const FILE_COVER = 0.8;
const CONFIDENT = 0.5;

/** An empty index. */
export function searchIndex(): SearchIndex {
  const index = postings();
  const files = new Map<string, FileEntry>();
  const slots: (Slot | undefined)[] = [];
  const freeSlots: number[] = [];
  const freeNumbers: number[] = [];
  let numbers = 0;

  const remove = (path: string) => {
    const entry = files.get(path);
    if (!entry) return;
    for (const slot of entry.slots) {
      index.remove(slot);
      slots[slot] = undefined;
      freeSlots.push(slot);
    }
    freeNumbers.push(entry.number);
    files.delete(path);
  };

  const add = (file: SourceFile) => {
    const cut = chunksOf(file);
    const entry: FileEntry = { number: freeNumbers.pop() ?? numbers++, file, slots: [], status: outdated(file.path, cut.status) };
    const path = pathWeights(file.path);
    for (const chunk of cut.chunks) {
      const slot = freeSlots.pop() ?? slots.length;
      slots[slot] = { entry, chunk };
      index.add(slot, chunkWeights(chunk, cut, path, file.path.endsWith('.md')));
      entry.slots.push(slot);
    }
    files.set(file.path, entry);
  };

  const search = (query: string, { kinds, under, limit, offset = 0 }: SearchOptions): Found => {
    const groups = asked(query, index);
    const folder = under?.replace(/^\.?\/+|\/+$/g, '') ?? '';
    const narrow = (kinds && kinds.length > 0) || folder !== '';
    const fits = ({ file }: FileEntry) =>
      (!kinds?.length || kinds.includes(file.kind)) && (folder === '' || file.path === folder || file.path.startsWith(`${folder}/`));
    const allowed = (slot: number) => !narrow || fits((slots[slot] as Slot).entry);
    const ranked = rank(groups, index, slots.length, numbers, (slot) => (slots[slot] as Slot).entry.number, allowed);
    const ordered = order(ranked, query);
    const terms = new Map(
      groups.flatMap(({ alternatives, weight }) =>
        alternatives.map((one) => [one.term, one.weight * weight * index.idf(index.count(one.term))] as const),
      ),
    );
    const page = ordered.slice(offset, offset + limit);
    const coverage = Math.max(
      0,
      ...ordered
        .slice(0, 5)
        .map(({ slot }) =>
          Math.max(FILE_COVER * (ranked.fileCoverage[(slots[slot] as Slot).entry.number] ?? 0), ranked.chunkCoverage[slot] ?? 0),
        ),
    );
    const confident = coverage >= CONFIDENT;
    return {
      hits: page.map(({ slot, score }) => hitOf(slots[slot] as Slot, score, terms)),
      total: ordered.length,
      words: groups.map(({ word }) => word),
      confident,
      coverage,
      ...(!confident && {
        nothing: nearest(
          groups,
          ordered.slice(0, 5).map(({ slot }) => (slots[slot] as Slot).chunk),
          index,
        ),
      }),
    };
  };

  const order = ({ chunks, files: fileScores, chunkCoverage, touched }: Ranked, query: string) => {
    const prior = priorOf(query);
    const scored = touched.map((slot) => {
      const { entry, chunk } = slots[slot] as Slot;
      const score = (1 - FILE_SHARE) * (chunks[slot] ?? 0) + FILE_SHARE * (fileScores[entry.number] ?? 0);
      return {
        slot,
        entry,
        chunk,
        score: score * (1 - COORDINATION + COORDINATION * (chunkCoverage[slot] ?? 0)) * prior(entry.file, entry.status),
      };
    });
    const compare = (a: (typeof scored)[number], b: (typeof scored)[number]) =>
      b.score - a.score ||
      (a.entry.file.path < b.entry.file.path ? -1 : a.entry.file.path > b.entry.file.path ? 1 : a.chunk.startLine - b.chunk.startLine);
    const times = new Map<number, number>();
    const top = scored.sort(compare)[0]?.score ?? 0;
    const spread = scored.flatMap((one) => {
      const before = times.get(one.entry.number) ?? 0;
      times.set(one.entry.number, before + 1);
      return before < PER_FILE ? [{ ...one, score: one.score * REPEAT ** before }] : [];
    });
    return spread.filter(({ score }) => score >= top * LEAST).sort(compare);
  };

  return {
    update(changed, removed) {
      for (const path of removed) remove(path);
      for (const file of changed) {
        remove(file.path);
        add(file);
      }
    },
    search,
  };
}

function hitOf({ entry: { file, status }, chunk }: Slot, score: number, terms: ReadonlyMap<string, number>): Hit {
  const { anchor, title, trail, startLine, endLine } = chunk;
  return {
    path: file.path,
    kind: file.kind,
    anchor,
    title,
    trail,
    startLine,
    endLine,
    snippet: snippetOf(chunk.text, terms),
    score,
    ...(status && { status }),
    ...(file.changed && { changed: file.changed }),
  };
}
