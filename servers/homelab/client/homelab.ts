import type { Kind, Repository, SourceFile } from './document.ts';

/** One place that answers a question. */
export interface Hit {
  path: string;
  kind: Kind;
  /** '' is the part before the first heading. */
  anchor: string;
  title: string;
  /** The headings above, outermost first. */
  trail: string[];
  /** 1-based, inclusive. */
  startLine: number;
  endLine: number;
  snippet: string;
  score: number;
  /** Set for outdated documents only: "superseded by 0012". */
  status?: string;
  changed?: Date;
}

/** What a search gave; `nothing` is set when no document answers, and tells what is near. */
export interface Found {
  hits: Hit[];
  total: number;
  /** The words that were looked for. */
  words: string[];
  nothing?: { nearestHeadings: string[]; nearestWords: string[]; unmatched: string[] };
}

/** Narrows a search; `under` is a file or folder. */
export interface SearchOptions {
  kinds?: Kind[];
  under?: string;
  limit: number;
  offset?: number;
}

/** A full-text index over the repository, kept by whoever listens to it. */
export interface SearchIndex {
  update(changed: readonly SourceFile[], removed: readonly string[]): void;
  search(query: string, options: SearchOptions): Found;
}

/** What this server's tools work on. */
export interface Homelab {
  repository: Repository;
  index: SearchIndex;
}
