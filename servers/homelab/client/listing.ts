import type { Git } from './git.ts';
import { isVendored, isWanted } from './selection.ts';
import { type Walked, walk } from './walk.ts';

/** What there is to read: wanted paths, sorted, and the folders in which a new one could appear. */
export interface Listing {
  paths: string[];
  /** Every file there is, wanted or not. */
  all: ReadonlySet<string>;
  folders: string[];
  /** The .gitignore files, which decide what is in the list. */
  rules: string[];
  /** Wanted files beyond the limit. */
  beyond: number;
  /** The list itself is not complete. */
  cut: boolean;
}

/** Files that are read at most. */
export const MOST_FILES = 20_000;
const MOST_FOLDERS = 5_000;
const MOST_LIST_BYTES = 64 * 1024 * 1024;

/** Lists the repository: by git where there is one, else by walking. Ignored files are left out unless they are tracked. */
export async function listing(root: string, git: Git | undefined): Promise<Listing> {
  const found = (git && (await gitListing(root, git).catch(() => undefined))) ?? (await walk(root));
  const wanted = [...new Set(found.files)].filter(isWanted);
  const paths = wanted.length > MOST_FILES ? wanted.sort(shallowFirst).slice(0, MOST_FILES) : wanted;
  const folders = new Set(['', ...found.folders.filter((folder) => !folder.split('/').some(isVendored))]);
  for (const path of found.files) addParents(path, folders);
  return {
    paths: paths.sort(),
    all: new Set(found.files),
    folders: [...folders].slice(0, MOST_FOLDERS),
    rules: found.files.filter((path) => path === '.gitignore' || path.endsWith('/.gitignore')),
    beyond: wanted.length - paths.length,
    cut: found.cut,
  };
}

async function gitListing(root: string, git: Git): Promise<Walked | undefined> {
  const limits = { bytes: MOST_LIST_BYTES, timeout: 20_000 };
  const [known, untracked] = await Promise.all([
    git.run(['ls-files', '-z', '-s', '-c', '-o', '--exclude-standard', '--', '.'], limits),
    git.run(['ls-files', '-z', '-o', '--directory', '--exclude-standard', '--', '.'], limits),
  ]);
  const files: string[] = [];
  const nested: string[] = [];
  for (const entry of known.text.split('\0')) {
    const staged = /^(\d{6}) [0-9a-f]+ \d\t/.exec(entry);
    const path = entry.slice(staged?.[0].length ?? 0);
    if (staged?.[1] === '160000') nested.push(path);
    else if (path.endsWith('/')) nested.push(path.slice(0, -1));
    else if (path !== '') files.push(path);
  }
  const folders = untracked.text.split('\0').flatMap((path) => (path.endsWith('/') ? [path.slice(0, -1)] : []));
  if (files.length === 0 && nested.length === 0 && root !== git.folders.top) return undefined;
  const below = await Promise.all(
    [...new Set([...nested, ...folders])].filter((path) => !isVendored(path)).map((path) => walk(root, path)),
  );
  const inNested = below.filter((walked) => walked.folders.some((folder) => nested.includes(folder)));
  return {
    files: [...files, ...inNested.flatMap((walked) => walked.files)],
    folders: below.flatMap((walked) => walked.folders),
    cut: known.cut || below.some(({ cut }) => cut),
  };
}

function addParents(path: string, folders: Set<string>): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    if (folders.has(folder) || folder.split('/').some(isVendored)) return;
    folders.add(folder);
  }
}

function shallowFirst(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : 1);
}
