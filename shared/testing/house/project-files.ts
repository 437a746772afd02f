import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifests } from './import-rules.ts';
import type { Source } from './source-facts.ts';

/** The project's root folder, without a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

const NOT_OURS = new Set(['node_modules', '.git', '.state', '.env', 'dist', 'coverage']);
const LARGEST = 4 * 1024 * 1024;

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name.endsWith('.log')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });
}

/** Every text file of the project, without git's help (it may be missing); a file with a NUL byte is taken for binary and left out. */
export function projectFiles(): Source[] {
  return walk(ROOT)
    .filter((path) => statSync(path).size <= LARGEST)
    .map((path) => ({ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

/** Name and dependencies of every workspace among the files, by folder. */
export function manifests(files: readonly Source[]): Manifests {
  const found = files.filter(({ path }) => /^(shared|bench|servers\/[^/]+)\/package\.json$/.test(path));
  return Object.fromEntries(
    found.map(({ path, text }) => {
      const { name, dependencies = {} } = JSON.parse(text) as { name: string; dependencies?: Record<string, string> };
      return [path.replace('/package.json', ''), { name, dependencies: Object.keys(dependencies) }];
    }),
  );
}
