import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Wakes somebody when files below folders change, as far as the system tells; it never promises to tell. */
export interface Watch {
  /** Watches these folders (relative to the root) from now on. */
  follow(folders: readonly string[]): void;
  close(): void;
}

const MOST_WATCHED = 1_000;
const RECURSIVE = process.platform === 'darwin' || process.platform === 'win32';

/**
 * Calls `woken(path)` with the relative path of what changed, or without one when only that something changed is known.
 * `others` are absolute folders outside of the list, such as the git folder. Mounts without notices are silent: poll as well.
 */
export function watchFolders(root: string, others: readonly string[], woken: (path?: string) => void): Watch {
  const watched = new Map<string, FSWatcher>();
  let full = false;
  const add = (key: string, path: string, tell: (name: string | null) => void, recursive = false) => {
    if (full || watched.has(key)) return;
    try {
      const watcher = watch(path, { persistent: false, recursive }, (_event, name) => tell(name));
      watched.set(key, watcher);
      watcher.on('error', () => drop(key));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      full = code === 'ENOSPC' || code === 'EMFILE';
    }
  };
  const drop = (key: string) => {
    watched.get(key)?.close();
    watched.delete(key);
  };
  for (const path of others) add(`\0${path}`, path, (name) => name?.endsWith('.lock') || woken());
  if (RECURSIVE) add('', root, (name) => woken(name?.replaceAll('\\', '/')), true);
  return {
    follow(folders) {
      if (RECURSIVE) return;
      const wanted = new Set(folders.slice(0, MOST_WATCHED));
      for (const key of watched.keys()) if (!key.startsWith('\0') && !wanted.has(key)) drop(key);
      for (const folder of wanted) {
        add(folder, join(root, folder), (name) => woken(name === null ? undefined : folder === '' ? name : `${folder}/${name}`));
      }
    },
    close() {
      for (const key of [...watched.keys()]) drop(key);
    },
  };
}
