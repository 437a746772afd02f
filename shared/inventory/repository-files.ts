import { globSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Fault } from '../faults.ts';

const VENDORED = new Set(['.git', 'node_modules', 'vendor', '.venv']);

/** Files below `root` that fit one of the patterns, each once, by pattern and then by name. */
export function contractFiles(root: string, patterns: readonly string[]): string[] {
  const found = patterns.flatMap((pattern) => {
    refuseOutside(pattern);
    const names = globSync(pattern, { cwd: root, exclude: (name: string) => VENDORED.has(name) });
    return names.map((path) => path.split(sep).join('/')).sort();
  });
  return [...new Set(found)].filter((path) => isFile(join(root, path)));
}

/** The real path of a file of the repository. Throws `denied` for one that leads out of it, `not_found` for one that is gone. */
export function inside(root: string, file: string): string {
  let path: string;
  let folder: string;
  try {
    path = realpathSync(join(root, file));
    folder = realpathSync(root);
  } catch (cause) {
    throw new Fault('not_found', 'The file is gone.', { cause });
  }
  const rest = path.slice(folder.length).split(sep);
  // SECURITY: a link in a repository somebody else wrote could show any file of this machine in an error or an answer.
  if (!path.startsWith(folder + sep) || rest.includes('.git')) throw new Fault('denied', 'The file is outside of the repository.');
  return path;
}

/** True for a file, also behind a link; false for whatever cannot be looked at. */
export function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** What tells one state of a file from another without reading it. */
export function stampOf(path: string): string {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat ? `${stat.mtimeMs} ${stat.ctimeMs} ${stat.size} ${stat.ino}` : 'gone';
  } catch {
    return 'unreadable';
  }
}

function refuseOutside(pattern: string): void {
  // SECURITY: a pattern that leaves the repository would read contracts of somebody else's.
  const leaves = pattern.startsWith('/') || pattern.includes('\\') || pattern.split('/').includes('..') || /^[A-Za-z]:/.test(pattern);
  if (leaves)
    throw new Fault('invalid_input', 'A pattern for contracts must stay inside the repository.', {
      hint: 'Write it relative to HOMELAB_REPO.',
    });
}
