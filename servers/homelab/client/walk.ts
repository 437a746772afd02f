import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { isVendored } from './selection.ts';

/** Paths below a folder, relative to the repository; `folders` are those entered. */
export interface Walked {
  files: string[];
  folders: string[];
  /** The walk stopped at its limit. */
  cut: boolean;
}

interface Rules {
  base: string;
  rules: Ignore;
}

const MOST_ENTRIES = 200_000;
const DEEPEST = 40;
const MOST_RULES_BYTES = 256 * 1024;

/** Lists what is below `under` without git: nested .gitignore files count, vendored folders and links to folders are not entered. */
export async function walk(root: string, under = ''): Promise<Walked> {
  const found: Walked = { files: [], folders: [], cut: false };
  const outer = under === '' ? [] : await rulesOf(root, '', '.gitignore');
  await enter(root, under, [...(await rulesOf(root, '', '.git/info/exclude')), ...outer], 0, found);
  return found;
}

async function enter(root: string, folder: string, above: Rules[], depth: number, found: Walked): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => undefined);
  if (!entries) return;
  found.folders.push(folder);
  const rules = entries.some(({ name }) => name === '.gitignore') ? [...above, ...(await rulesOf(root, folder, '.gitignore'))] : above;
  for (const entry of entries) {
    if (found.files.length + found.folders.length >= MOST_ENTRIES || depth > DEEPEST) {
      found.cut = true;
      return;
    }
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isVendored(entry.name) && !ignored(`${path}/`, rules)) await enter(root, path, rules, depth + 1, found);
    } else if (!ignored(path, rules)) found.files.push(path);
  }
}

/** The deepest .gitignore that says anything about a path decides, as in git. */
function ignored(path: string, rules: readonly Rules[]): boolean {
  for (const { base, rules: own } of rules.toReversed()) {
    const told = own.test(path.slice(base === '' ? 0 : base.length + 1));
    if (told.ignored || told.unignored) return told.ignored;
  }
  return false;
}

async function rulesOf(root: string, folder: string, name: string): Promise<Rules[]> {
  const path = join(root, folder, name);
  const stat = await lstat(path).catch(() => undefined);
  if (!stat?.isFile() || stat.size > MOST_RULES_BYTES) return [];
  const text = await readFile(path, 'utf8').catch(() => '');
  // SECURITY: each `*` becomes a part of a regular expression; a line with very many of them would hold the walk for minutes.
  const lines = text.split(/\r?\n/).filter((line) => line.length < 500 && line.split('*').length <= 8);
  return [{ base: folder, rules: ignore().add(lines) }];
}
