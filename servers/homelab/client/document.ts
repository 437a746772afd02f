import type { SecretFound } from '@homelab/shared/redact/redact.ts';
import type { Proposals } from './proposals.ts';

/** What a file of the repository is for; every file that is read has exactly one kind. */
export const KINDS = ['doc', 'decision', 'runbook', 'service', 'compose', 'config'] as const;

export type Kind = (typeof KINDS)[number];

/** One text file of the repository as everything above the client sees it: secrets are already gone from it. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  path: string;
  kind: Kind;
  /** Redacted, LF only; line N of it is line N of the file. */
  text: string;
  /** Where secrets stood in it before; absent when there were none. */
  secrets?: readonly SecretFound[];
  /** Size on disk in bytes, before redaction. */
  bytes: number;
  /** Last write in milliseconds since the epoch. */
  mtimeMs: number;
  /** The last commit that touched the file; where git cannot tell or the file is edited, the last write. */
  changed?: Date;
}

/** Where an answer comes from. */
export interface Provenance {
  /** Name of the repository's folder. */
  name: string;
  /** Full hash of HEAD. */
  commit?: string;
  committed?: Date;
  /** The work tree differs from `commit`. */
  dirty: boolean;
  /** False: a plain folder, or git is not there. */
  git: boolean;
  /** The clone lacks older commits, so dates of files may be too young. */
  shallow?: true;
  /** What a reader must know of the moment: a rebase in progress, a folder that went away. */
  note?: string;
  /** Which files are not among `files()` and why, in words; absent when nothing was left out. */
  skipped?: string;
}

/** Which changes are asked for. */
export interface ChangesQuery {
  since: Date;
  /** Files and folders, relative to the repository; everything when absent or empty. */
  paths?: readonly string[];
  /** With the changed lines, bounded and redacted. */
  diff?: boolean;
  signal?: AbortSignal;
}

/** One file in one commit; `added` and `removed` are lines, absent for binaries. */
export interface FileChange {
  path: string;
  /** The old path of a renamed file. */
  from?: string;
  added?: number;
  removed?: number;
  /** Headings or keys the changed hunks stand under, as git names them; redacted. */
  sections: string[];
}

/** One commit, newest first in lists; subject and author are third-party text. */
export interface Commit {
  hash: string;
  date: Date;
  author: string;
  subject: string;
  files: FileChange[];
}

/** What happened since a moment. */
export interface Changes {
  /** Newest first; at most the newest 500. */
  commits: Commit[];
  /** Commits in the window, also those not in `commits`. */
  total: number;
  /** Files that differ from HEAD or are new, with lines where git can tell. */
  uncommitted: FileChange[];
  /** Unified diff over the window, redacted, cut at a line; only when asked for. */
  diff?: { text: string; cut: boolean };
  /** What this cannot tell: no git, a shallow clone, a rewritten history. */
  note?: string;
}

/** The files of one homelab repository, kept up to date while it is open. */
export interface Repository {
  /** Sorted by path; a new array after each change. */
  files(): readonly SourceFile[];
  /** The file at an exact relative path that is in `files()`. */
  file(path: string): SourceFile | undefined;
  /** Called after files were taken over; `changed` holds new and rewritten ones. Returns the function that ends it. */
  onChange(listener: (changed: SourceFile[], removed: string[]) => void): () => void;
  /** Whether a file of any type, or a folder, is at an exact relative path; what git ignores is not. */
  exists(path: string): boolean;
  provenance(): Provenance;
  /** False while the folder is away, such as an unmounted share; the files are then those read before. */
  reachable(): boolean;
  /** Throws `invalid_input` for a path that leaves the repository. Without git: no commits and a note that says so. */
  changes(query: ChangesQuery): Promise<Changes>;
  proposals: Proposals;
  /** Looks for changes now and takes them over before it resolves. */
  refresh(): Promise<void>;
  /** Stops watching; what was read stays readable. */
  close(): Promise<void>;
}
