import { emptyInventory } from '@homelab/shared/inventory/inventory.ts';
import type { InventorySource } from '@homelab/shared/inventory/open.ts';
import type { Kind, Repository, SourceFile } from './document.ts';
import { type Guesser, type Lab, labOver, noInventory } from './lab.ts';
import { follow } from './searched.ts';

/** One place that answers. */
export interface Hit {
  path: string;
  kind: Kind;
  /** '' for the part before the first heading. */
  anchor: string;
  title: string;
  /** The headings above, outermost first. */
  trail: string[];
  /** 1-based, inclusive. */
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

/** Which hits are wanted. */
export interface SearchOptions {
  kinds?: readonly Kind[];
  /** A folder or file the hits must be in. */
  under?: string;
  limit: number;
  offset?: number;
  /** Files that count more, by path: what their scores are multiplied with. */
  prefer?: ReadonlyMap<string, number>;
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
  /** The share of the question's telling words that the best place answers, 0 to 1. */
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

/** A file cut at its headings or keys, with what its head says of it. */
export interface Outlined {
  title: string;
  /** As the file states it: "superseded by 0012"; absent when it states none. */
  status?: string;
  chunks: readonly { anchor: string; title: string; trail: readonly string[]; startLine: number; endLine: number }[];
}

/** What this server's tools work on. */
export interface Homelab {
  repository: Repository;
  index: SearchIndex;
  /** The parts of a file of this repository; cheap when asked again. */
  outline(file: SourceFile): Outlined;
  /** The inventory's own files, followed. */
  inventory: InventorySource;
  /** The inventory, or what can be guessed where there is none; the same object until something changes. */
  lab(): Lab;
}

/** Where the lab's entities come from. */
export interface LabOptions {
  inventory?: InventorySource;
  guess?: Guesser;
}

/** A repository with an index that follows it; `outline` is how files are cut, by the index and by those who read. */
export function homelabOver(
  repository: Repository,
  index: SearchIndex,
  outline: (file: SourceFile) => Outlined,
  options: LabOptions = {},
): Homelab {
  follow(repository, index);
  const { inventory = noInventory, guess = () => ({ inventory: emptyInventory, notes: [] }) } = options;
  return { repository, index, outline, inventory, lab: labOver(repository, inventory, guess) };
}
