import { posix } from 'node:path';
import type { Source } from './source-facts.ts';

const LINK = /\]\((?!\w+:|#)([^)\s#]+)(?:#[^)\s]*)?\)/g;
const PATH = /`((?:shared|servers|bench|docker|compose|infrastructure|decisions|runbooks|docs|\.ci)\/[\w./-]*\w)\/?`/g;
const SCRIPT = /`?npm run ([a-z][\w-]*)/g;

/** Pages that tell what was, and may name what is gone; and made-up ones. */
const HISTORY = /^decisions\/|(^|\/)(fixtures|corpus)\//;

/** Pages about the lab, whose compose folders come and go with its machines. */
const LAB = /^runbooks\//;

/** Links and paths that lead nowhere and npm scripts that do not exist, in every page of the project, as `file:line: what`. */
export function documentBreaches(files: readonly Source[]): string[] {
  const known = new Set(files.flatMap(({ path }) => [path, ...parents(path)]));
  const manifest = files.find(({ path }) => path === 'package.json');
  const { scripts = {} } = JSON.parse(manifest?.text ?? '{}') as { scripts?: Record<string, string> };
  const pages = files.filter(({ path }) => path.endsWith('.md') && !HISTORY.test(path));
  return pages.flatMap((page) =>
    page.text.split('\n').flatMap((line, index) => {
      const linked = found(line, LINK).filter((to) => !known.has(posix.join(posix.dirname(page.path), to).replace(/\/$/, '')));
      const named = LAB.test(page.path) ? [] : found(line, PATH).filter((path) => !known.has(path));
      const run = found(line, SCRIPT).filter((script) => !(script in scripts));
      const wrong = [
        ...linked.map((to) => `links to ${to}`),
        ...named.map((path) => `names ${path}`),
        ...run.map((name) => `names npm run ${name}`),
      ];
      return wrong.map((what) => `${page.path}:${index + 1}: ${what}, which does not exist`);
    }),
  );
}

const found = (line: string, pattern: RegExp): string[] => [...line.matchAll(pattern)].map((match) => match[1] ?? '');

function parents(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [folder, ...parents(folder)];
}
