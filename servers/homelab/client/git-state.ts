import type { Git } from './git.ts';
import { headCommit, inProgress, isShallow } from './git-folder.ts';

/** What git says about the repository at one moment; paths are relative to the homelab folder. */
export interface GitState {
  commit?: string | undefined;
  committed?: Date | undefined;
  /** Files that differ from the commit, and untracked files and folders (these end in a slash). */
  edited: ReadonlySet<string>;
  /** Milliseconds of the last commit that touched a file. */
  dates: ReadonlyMap<string, number>;
  shallow: boolean;
  notes: string[];
}

const MOST_COMMITS = 20_000;

/** Reads the state, reusing `before` where the commit is the same. What git cannot tell is missing and noted, never guessed. */
export async function gitState(git: Git, root: string, before?: GitState): Promise<GitState> {
  const notes: string[] = [];
  const busy = await inProgress(git.folders);
  if (busy) notes.push(`git is in the middle of ${busy}: files may hold half of it`);
  const commit = await headCommit(git.folders);
  const same = before !== undefined && before.commit === commit;
  if (!same) await git.at(commit);
  const [committed, dates, edited, shallow] = await Promise.all([
    same ? before.committed : commitDate(git, commit),
    same ? before.dates : fileDates(git, commit, before),
    editedFiles(git, root),
    isShallow(git.folders),
  ]);
  if (!dates) notes.push('git could not tell when files were last committed');
  if (!edited) notes.push('git could not tell what is uncommitted');
  if (!commit) notes.push('nothing is committed yet');
  return { commit, committed, dates: dates ?? new Map(), edited: edited ?? new Set(), shallow, notes };
}

async function commitDate(git: Git, commit: string | undefined): Promise<Date | undefined> {
  if (!commit) return undefined;
  const seconds = Number((await git.run(['log', '-1', '--format=%ct', commit]).catch(() => undefined))?.text.trim());
  return seconds ? new Date(seconds * 1000) : undefined;
}

/** Only the new commits are read when the old one is their ancestor; after a rewritten history all are. */
async function fileDates(git: Git, commit: string | undefined, before: GitState | undefined): Promise<Map<string, number> | undefined> {
  const dates = new Map(commit && before?.commit ? before.dates : []);
  if (!commit) return dates;
  const newer = before?.commit && before.dates.size > 0 ? await isAncestor(git, before.commit, commit) : false;
  if (!newer) dates.clear();
  const range = newer ? `${before?.commit}..${commit}` : commit;
  const args = [
    'log',
    '-z',
    '--format=tformat:%x01%ct',
    '--name-only',
    '--no-renames',
    '--relative',
    `--max-count=${MOST_COMMITS}`,
    range,
    '--',
    '.',
  ];
  const log = await git.run(args, { bytes: 64 * 1024 * 1024, timeout: 20_000 }).catch(() => undefined);
  if (!log) return undefined;
  const fresh = new Map<string, number>();
  let time = 0;
  for (const raw of log.text.split('\0')) {
    const token = raw.startsWith('\n') ? raw.slice(1) : raw;
    if (/^\x01\d+$/.test(token)) time = Number(token.slice(1)) * 1000;
    else if (token !== '' && !fresh.has(token)) fresh.set(token, time);
  }
  for (const [path, at] of fresh) dates.set(path, at);
  return dates;
}

async function isAncestor(git: Git, older: string, newer: string): Promise<boolean> {
  const base = await git.run(['merge-base', older, newer]).catch(() => undefined);
  return base?.text.trim() === older;
}

async function editedFiles(git: Git, root: string): Promise<Set<string> | undefined> {
  const args = ['status', '--porcelain=v1', '-z', '--untracked-files=normal', '--ignore-submodules=all', '--no-renames', '--', '.'];
  const status = await git.run(args, { timeout: 20_000 }).catch(() => undefined);
  if (!status) return undefined;
  const prefix = root === git.folders.top ? '' : `${root.slice(git.folders.top.length + 1)}/`;
  const paths = status.text.split('\0').flatMap((line) => (line.length > 3 ? [line.slice(3)] : []));
  return new Set(paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path)));
}
