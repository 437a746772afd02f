import { posix } from 'node:path';
import { readComposeTree } from '@homelab/shared/inventory/compose.ts';
import { list, record } from '@homelab/shared/inventory/stack/compose-merge.ts';
import { REPOSITORY } from '@homelab/shared/inventory/stack/compose-project.ts';
import type { Stack } from '@homelab/shared/inventory/stack/stacks.ts';

/** A file that a stack needs on its host, at the path that it has in the repository. */
export interface StackFile {
  path: string;
  text: string;
}

/** Everything in the stack's folder but examples, what its files extend and include, and what of the repository its services mount; by path. */
export function filesOfStack(stack: Stack, files: ReadonlyMap<string, string>): StackFile[] {
  const folder = posix.dirname(stack.file);
  const mounted = stack.services.flatMap(({ mounts }) =>
    mounts.flatMap(({ source }) => (source?.startsWith(REPOSITORY) ? [posix.normalize(source.slice(REPOSITORY.length))] : [])),
  );
  const read = readBy(stack.paths, files);
  const needed = (path: string) =>
    read.has(path) || below(path, folder) || mounted.some((source) => path === source || below(path, source));
  return [...files]
    .filter(([path]) => needed(path) && !/(^|\/)\.env\.example$|\.example$/.test(path))
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function below(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function readBy(paths: readonly string[], files: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const text = files.get(path);
    if (found.has(path) || text === undefined) return;
    found.add(path);
    const { root } = readComposeTree(text, path);
    const next = (name: unknown) => visit(posix.join(posix.dirname(path), String(name)));
    for (const entry of list(root?.include)) for (const one of list(record(entry)?.path ?? entry)) next(one);
    for (const service of Object.values(record(root?.services) ?? {})) {
      const base = record(record(service)?.extends)?.file;
      if (base !== undefined) next(base);
    }
  };
  for (const path of paths) visit(path);
  return found;
}
