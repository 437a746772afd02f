import type { SourceFile } from '../client/document.ts';

/** One line of a folder's outline. */
export interface Branch {
  /** Relative to the repository; a folder ends in a slash. */
  path: string;
  depth: number;
  /** Files below; absent for a file. */
  files?: number;
  bytes: number;
}

/** Folders below `under` down to `depth`, each with what it holds, and the files that stand in the folders shown. Sorted, folders first. */
export function treeOf(files: readonly SourceFile[], under: string, depth: number): Branch[] {
  const prefix = under === '' ? '' : `${under}/`;
  const below = files.filter(({ path }) => path.startsWith(prefix));
  return branches(below, prefix, 0, depth);
}

function branches(files: readonly SourceFile[], prefix: string, level: number, depth: number): Branch[] {
  const folders = Map.groupBy(
    files.filter(({ path }) => path.includes('/', prefix.length)),
    ({ path }) => path.slice(0, path.indexOf('/', prefix.length) + 1),
  );
  const inner = [...folders].flatMap(([path, held]) => {
    const own: Branch = { path, depth: level, files: held.length, bytes: held.reduce((sum, { bytes }) => sum + bytes, 0) };
    return level + 1 < depth ? [own, ...branches(held, path, level + 1, depth)] : [own];
  });
  const here = files.filter(({ path }) => !path.includes('/', prefix.length));
  return [...inner, ...here.map(({ path, bytes }) => ({ path, depth: level, bytes }))];
}
