import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { documentBreaches } from './testing/house/document-rules.ts';
import { fileBreaches, wordBreaches } from './testing/house/file-rules.ts';
import { importBreaches } from './testing/house/import-rules.ts';
import { dependencyBreaches, type Lockfile, lockfileBreaches } from './testing/house/lockfile-rules.ts';
import { manifests, projectFiles, ROOT } from './testing/house/project-files.ts';
import { type ToolFile, toolBreaches } from './testing/house/tool-rules.ts';

const files = projectFiles();
const sources = files.filter(({ path }) => path.endsWith('.ts') && !/(^|\/)fixtures\//.test(path));

/** Fails with every breach on a line of its own. */
function inOrder(breaches: readonly string[]): void {
  expect(breaches.join('\n')).toBe('');
}

test('there is a house to look at', () => {
  expect(sources.map(({ path }) => path)).toContain('shared/faults.ts');
});

test('the tests run on the Node that the suite runs on', () => {
  expect(Number(process.versions.node.split('.')[0])).toBeGreaterThanOrEqual(24);
});

test('imports follow the import table', () => inOrder(importBreaches(sources, manifests(files))));

test('files are short, well named and without default exports', () => inOrder(fileBreaches(sources)));

test('no word of one machine, no unfinished mark, no package host', () => inOrder(wordBreaches(files)));

test('pages link to what is there and name scripts that exist', () => inOrder(documentBreaches(files)));

test('every tool has its test, its file name and a strict input', async () => {
  const paths = new Set(sources.map(({ path }) => path));
  const tools = [...paths].filter((path) => /^servers\/[^/]+\/tools\//.test(path) && !path.endsWith('.test.ts'));
  const load = async (path: string): Promise<ToolFile> => ({
    path,
    exports: (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, unknown>,
    tested: paths.has(path.replace(/\.ts$/, '.test.ts')),
  });
  inOrder(toolBreaches(await Promise.all(tools.map(load))));
});

const lock = JSON.parse(files.find(({ path }) => path === 'package-lock.json')?.text ?? '') as Lockfile;

test('npm ci finds every platform package in the lockfile', () => inOrder(lockfileBreaches(lock)));

test('every dependency is one version under a licence that goes with ours', () => inOrder(dependencyBreaches(lock)));
