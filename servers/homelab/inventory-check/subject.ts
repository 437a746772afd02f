import { type ComposeFile, isStackPath, readCompose } from '@homelab/shared/inventory/compose.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Provenance, SourceFile } from '../client/document.ts';

/** What is checked: the inventory, and the repository around it. */
export interface Subject {
  inventory: Inventory;
  files: readonly SourceFile[];
  /** Whether a file or folder is at a path of the repository. */
  exists: (path: string) => boolean;
  /** The anchors of a document. */
  anchors: (file: SourceFile) => readonly string[];
  /** Whether the dates of files can be trusted; else why not, as a clause. */
  history: true | string;
}

/** The subject with what several checks need, made once. */
export interface Prepared extends Subject {
  stacks: ReadonlyMap<string, ComposeFile>;
  /** Names written in files that are broken: what refers to them is not dangling, it is unread. */
  unread: ReadonlySet<string>;
}

/** Reads compose files and the names in broken inventory files. */
export function prepare(subject: Subject): Prepared {
  const stacks = new Map<string, ComposeFile>();
  for (const { path, kind, text } of subject.files) if (kind === 'compose' && isStackPath(path)) stacks.set(path, readCompose(text, path));
  const unread = new Set<string>();
  for (const file of new Set(subject.inventory.problems.map((problem) => problem.file))) {
    const own = /([^/]+)\.ya?ml$/.exec(file)?.[1];
    if (own) unread.add(own);
    const text = subject.files.find(({ path }) => path === file)?.text ?? '';
    for (const [, name = ''] of text.matchAll(/\bname:\s*["']?([\p{L}\p{N}._-]+)/gu)) unread.add(name);
  }
  return { ...subject, stacks, unread };
}

/** Whether the dates of files mean anything, and else why not. */
export function historyOf({ git, shallow, commit }: Pick<Provenance, 'git' | 'shallow' | 'commit'>): true | string {
  if (!git) return 'there is no git history';
  if (!commit) return 'nothing is committed yet';
  return shallow ? 'the clone is shallow, older commits are missing' : true;
}
