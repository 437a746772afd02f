import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from './document.ts';
import type { Git } from './git.ts';
import { type Listing, listing } from './listing.ts';
import { type Loaded, loader, type Refusal, stampOf } from './load.ts';

/** What was read, and what tells whether it changed. */
export interface Held {
  files: ReadonlyMap<string, SourceFile>;
  /** Links and the files they stand for. */
  links: ReadonlyMap<string, string>;
  refusals: ReadonlyMap<string, Refusal>;
  stamps: ReadonlyMap<string, string>;
  folders: ReadonlyMap<string, string>;
  list: Listing;
}

/** Characters of text that are held at most. */
export const MOST_TEXT = 64 * 1024 * 1024;
const AT_ONCE = 48;

/** Holds nothing yet. */
export const NOTHING: Held = {
  files: new Map(),
  links: new Map(),
  refusals: new Map(),
  stamps: new Map(),
  folders: new Map(),
  list: { paths: [], all: new Set(), folders: [], rules: [], beyond: 0, cut: false },
};

/**
 * Compares the repository with what is held and reads what differs. `only` limits the look to these paths; `relist` asks for the list of
 * files again even when no folder changed. Returns `before` itself when nothing differs.
 */
export async function sweep(
  root: string,
  git: Git | undefined,
  before: Held,
  { only, relist = false }: { only?: readonly string[]; relist?: boolean } = {},
): Promise<Held> {
  const folders = only ? before.folders : await folderStamps(root, before.list);
  const moved = relist || !same(folders, before.folders);
  const list = moved ? await listing(root, git) : before.list;
  const listed = new Set(list.paths);
  const hinted = new Set(only);
  const looked = only ? list.paths.filter((path) => hinted.has(path) || (moved && !before.stamps.has(path))) : list.paths;
  const stamps = new Map(await inParallel(looked, async (path) => [path, await stampOf(join(root, path))] as const));
  const stale = looked.filter((path) => stamps.get(path) !== (before.stamps.get(path) ?? ''));
  const gone = moved ? [...before.stamps.keys()].filter((path) => !listed.has(path)) : [];
  if (stale.length === 0 && gone.length === 0 && !moved) return before;

  const after = {
    files: new Map(before.files),
    links: new Map(before.links),
    refusals: new Map(before.refusals),
    stamps: new Map(before.stamps),
    // What is new is not stamped yet: a file could have appeared in it since it was listed, so the next sweep lists once more.
    folders: moved ? new Map([...list.folders, ...list.rules].map((path) => [path, folders.get(path) ?? 'new'])) : folders,
    list,
  };
  for (const path of [...gone, ...stale]) for (const part of [after.files, after.links, after.refusals, after.stamps]) part.delete(path);
  let room = MOST_TEXT - [...after.files.values()].reduce((sum, file) => sum + file.text.length, 0);
  const load = loader(root);
  await inParallel(stale, async (path) => {
    const loaded: Loaded = room > 0 ? await load(path) : { refusal: 'full' };
    // A file that vanished keeps no stamp, so that it is read when it comes back within the same list.
    if (!('refusal' in loaded && loaded.refusal === 'gone')) after.stamps.set(path, stamps.get(path) ?? '');
    if ('file' in loaded) {
      after.files.set(path, loaded.file);
      room -= loaded.file.text.length;
    } else if ('link' in loaded) after.links.set(path, loaded.link);
    else if (loaded.refusal !== 'gone') after.refusals.set(path, loaded.refusal);
  });
  return after;
}

async function folderStamps(root: string, list: Listing): Promise<Map<string, string>> {
  const folders = await inParallel(list.folders, async (folder) => {
    const stat = await lstat(join(root, folder)).catch(() => undefined);
    return [folder, stat ? `${stat.mtimeMs}:${stat.ino}` : ''] as const;
  });
  const rules = await inParallel(list.rules, async (path) => [path, await stampOf(join(root, path))] as const);
  return new Map([...folders, ...rules]);
}

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}
