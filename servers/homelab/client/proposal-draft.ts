import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import { fileDiffs } from './diff.ts';
import type { Git, GitLimits } from './git.ts';
import { headCommit } from './git-folder.ts';
import { fromTop, treeWith, writeBlob } from './git-write.ts';

/** A document as it is committed on the checked-out branch. */
export interface Base {
  /** Full hash of the branch's commit. */
  commit: string;
  path: string;
  mode: string;
  /** Absent, as is `text`, for a document that does not exist yet. */
  blob?: string;
  /** As it is stored: secrets and line ends included. Never to be shown. */
  text?: string;
}

/** A document with its new text, as it is to be stored. */
export interface Draft {
  base: Base;
  text: string;
}

/** The difference that a change makes, redacted, and its lines. */
export interface DraftDiff {
  text: string;
  /** True when git gave up before the end. */
  cut: boolean;
  added: number;
  removed: number;
}

const MOST_DIFF = 8 * 1024 * 1024;
const NEW_FILE = '100644';
const COMPARE = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--ignore-submodules=all'];

/** Reads a document for a proposal. Throws `conflict` for what is no plain file there, or is changed but not committed. */
export async function documentAt(git: Git, root: string, path: string, signal?: AbortSignal): Promise<Base> {
  const limits = signal ? { signal } : {};
  const commit = await headCommit(git.folders);
  if (!commit) throw new Fault('conflict', 'Nothing is committed yet, so there is nothing to propose a change to.');
  const full = fromTop(git, root, path);
  const parts = full.split('/');
  const ways = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  const { text: listed } = await git.run(['ls-tree', '-z', '--full-tree', commit, '--', ...ways], limits);
  const entries = new Map(listed.split('\0').flatMap(entryOf));
  const own = entries.get(full);
  const through = ways.slice(0, -1).some((way) => (entries.get(way) ?? FOLDER).mode !== FOLDER.mode);
  // SECURITY: written through a link, a change would land in a file that nobody named.
  if (through || (own && !/^100(644|755)$/.test(own.mode))) {
    throw new Fault('conflict', 'The path is a link, a folder or a submodule, or leads through one.', { hint: 'Name the file itself.' });
  }
  const onDisk = await lstat(join(root, path)).catch(() => undefined);
  if (!own) {
    if (onDisk) throw uncommitted();
    return { commit, path, mode: NEW_FILE };
  }
  const { text: changed } = await git.run(['diff', '--name-only', ...COMPARE, commit, '--', path], limits);
  if (changed !== '') throw uncommitted();
  const { text } = await git.run(['cat-file', 'blob', own.blob], limits);
  if (/[\0\ufffd]/.test(text)) throw new Fault('conflict', 'The file is no text in UTF-8.');
  return { commit, path, mode: own.mode, blob: own.blob, text };
}

const FOLDER = { mode: '040000', blob: '' };

function entryOf(line: string): [string, { mode: string; blob: string }][] {
  const found = /^(\d{6}) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line);
  return found ? [[found[3] ?? '', { mode: found[1] ?? '', blob: found[2] ?? '' }]] : [];
}

function uncommitted(): Fault {
  return new Fault('conflict', 'The file has changes that are not committed, and a proposal begins at what is.', {
    hint: 'A person commits them first; repo_changes lists them.',
  });
}

/** Compares a draft with its base, without writing into the repository. */
export async function draftDiff(git: Git, root: string, { base, text }: Draft, signal?: AbortSignal): Promise<DraftDiff> {
  const scratch = await git.scratch();
  try {
    const limits = { env: scratch.env, ...(signal ? { signal } : {}) };
    const blob = await writeBlob(git, text, limits);
    const tree = await treeWith(git, base.commit, { path: fromTop(git, root, base.path), mode: base.mode, blob }, limits);
    return await treeDiff(git, base.commit, tree, limits);
  } finally {
    await scratch.remove();
  }
}

/** The difference between two trees; both versions of each file are redacted as a whole. */
export async function treeDiff(git: Git, before: string, after: string, limits: GitLimits): Promise<DraftDiff> {
  const [patch, numbers] = await Promise.all([
    git.run(['diff', '-U1000000', ...COMPARE, before, after], { ...limits, bytes: MOST_DIFF }),
    git.run(['diff', '--numstat', ...COMPARE, before, after], limits),
  ]);
  const counts = numbers.text.split('\n').map((line) => line.split('\t').map(Number));
  const sum = (column: number) => counts.reduce((total, row) => total + (row[column] || 0), 0);
  return { text: fileDiffs(patch.text, patch.cut), cut: patch.cut, added: sum(0), removed: sum(1) };
}
