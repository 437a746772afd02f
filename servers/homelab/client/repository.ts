import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import type { Repository, SourceFile } from './document.ts';
import { type Git, openGit } from './git.ts';
import { findGit } from './git-folder.ts';
import { type GitState, gitState } from './git-state.ts';
import { changesOf } from './history.ts';
import { proposalsOf } from './proposals.ts';
import { isWanted } from './selection.ts';
import { skipped } from './skipped.ts';
import { type Held, NOTHING, sweep } from './sweep.ts';
import { watcher } from './watcher.ts';

/** How a repository is opened. */
export interface RepositoryOptions {
  /** Where the git program is looked for, as in PATH. */
  searchPath?: string | undefined;
  /** For a few small files of ours while it is open, where the system's temporary folder cannot be written. */
  spareFolder?: string | undefined;
  /** False: read once, look again only on `refresh`. `poll`: never count on the system's notices, as on some mounts. */
  watch?: boolean | 'poll';
  /** Told of what goes wrong while watching; the repository goes on with what it has. */
  onTrouble?: (error: unknown) => void;
}

/** Opens a homelab repository, a git one or a plain folder, and reads it. Throws `invalid_input` when there is no such folder. */
export async function openRepository(folder: string, options: RepositoryOptions = {}): Promise<Repository> {
  const root = await realFolder(folder);
  const { git, missing } = await gitOf(root, options);
  const listeners = new Set<(changed: SourceFile[], removed: string[]) => void>();
  let held = NOTHING;
  let state: GitState | undefined;
  let files = new Map<string, SourceFile>();
  let sorted: readonly SourceFile[] = [];
  let lost = false;

  const takeOver = (next: Held, dated: GitState | undefined) => {
    const fresh = new Map([...next.files].map(([path, file]) => [path, withDate(files.get(path), file, dated)]));
    const changed = [...fresh.values()].filter((file) => files.get(file.path) !== file);
    const removed = [...files.keys()].filter((path) => !fresh.has(path));
    [held, state] = [next, dated];
    if (changed.length === 0 && removed.length === 0) return false;
    files = fresh;
    sorted = [...fresh.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const listener of listeners) listener(changed, removed);
    return true;
  };

  const look = async (only: readonly string[] | undefined, moved: { git: boolean; list: boolean }) => {
    const next = (await isFolder(root))
      ? await sweep(root, git, held, { ...(only && { only }), relist: moved.git || moved.list })
      : undefined;
    // A share that went away leaves nothing or an empty folder: what was read stays until there is something again.
    lost = !next || (next.list.paths.length === 0 && files.size > 0);
    if (!next || lost) return false;
    const dated = git && (moved.git || moved.list || next !== held) ? await gitState(git, root, state) : state;
    return takeOver(next, dated);
  };

  const watching = watcher(root, git?.folders, {
    look,
    folders: () => held.list.folders,
    knows: (path) => held.stamps.has(path),
    onTrouble: options.onTrouble,
  });
  await watching.now();
  if (options.watch !== false) watching.start(options.watch !== 'poll');

  return {
    files: () => sorted,
    file: (path) => files.get(held.links.get(path) ?? path),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // The list may name files of a commit that are gone from the folder; a stamp is from the folder itself.
    exists: (path) => held.stamps.has(path) || held.list.folders.includes(path) || (held.list.all.has(path) && !isWanted(path)),
    provenance: () => ({
      name: basename(root),
      ...(state?.commit && { commit: state.commit }),
      ...(state?.committed && { committed: state.committed }),
      ...(state?.shallow && { shallow: true as const }),
      dirty: (state?.edited.size ?? 0) > 0,
      git: git !== undefined,
      ...withNote(
        [...(lost ? ['the folder is empty or cannot be reached now, this was read before'] : []), ...(state?.notes ?? [])],
        'note',
      ),
      ...withNote(skipped(held), 'skipped'),
    }),
    reachable: () => !lost,
    changes: (query) => changesOf(query, { root, git, missing, state, files }),
    proposals: proposalsOf(root, git, missing),
    refresh: watching.now,
    async close() {
      await watching.stop();
      await git?.close();
    },
  };
}

async function realFolder(folder: string): Promise<string> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await isFolder(root))) {
    throw new Fault('invalid_input', 'The folder of the homelab repository does not exist or cannot be entered.', {
      hint: 'Set HOMELAB_REPO to the folder of your repository; in a container, mount it and give the path inside.',
    });
  }
  const parts = await Promise.all(['objects', 'refs'].map((name) => isFolder(join(root, name))));
  const head = await stat(join(root, 'HEAD')).catch(() => undefined);
  if (head?.isFile() && parts.every(Boolean)) {
    throw new Fault('invalid_input', 'The folder is a bare git repository, which has no files to read.', {
      hint: 'Clone it, and set HOMELAB_REPO to the clone.',
    });
  }
  return root;
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function gitOf(root: string, options: RepositoryOptions): Promise<{ git?: Git; missing?: string }> {
  const folders = await findGit(root);
  if (!folders) return { missing: 'the folder is not a git repository' };
  const git = await openGit(root, folders, options).catch(() => undefined);
  if (!git) return { missing: 'git is not installed or cannot read this repository' };
  if (root === folders.top) return { git };
  // A folder that the repository around it ignores, or knows nothing of, is a plain folder.
  const known = await git.run(['ls-files', '-c', '-o', '--exclude-standard', '--', '.'], { bytes: 4096 }).catch(() => undefined);
  if (known?.text) return { git };
  await git.close();
  return { missing: 'the git repository around this folder does not hold it' };
}

function withDate(before: SourceFile | undefined, file: SourceFile, state: GitState | undefined): SourceFile {
  const last = state?.dates.get(file.path);
  const edited = state && (state.edited.has(file.path) || last === undefined);
  const changed = new Date(edited || last === undefined ? file.mtimeMs : last);
  if (before?.text === file.text && before.mtimeMs === file.mtimeMs && before.changed?.getTime() === changed.getTime()) return before;
  return { ...file, changed };
}

function withNote(notes: readonly string[], key: 'note' | 'skipped'): { note?: string; skipped?: string } {
  return notes.length > 0 ? { [key]: notes.join('; ') } : {};
}
