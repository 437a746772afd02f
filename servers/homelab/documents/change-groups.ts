import type { Changes, FileChange } from '../client/document.ts';
import { keyOf } from './section.ts';

/** One file over all commits of the window; `commits` counts them. */
export interface ChangedFile {
  path: string;
  from?: string;
  commits: number;
  added: number;
  removed: number;
  sections: string[];
}

/** What changed in one service or folder. */
export interface ChangeGroup {
  name: string;
  commits: number;
  added: number;
  removed: number;
  files: ChangedFile[];
}

/** The changes by service where the path names one, else by folder; the most changed first. */
export function groupsOf(changes: Pick<Changes, 'commits'>): ChangeGroup[] {
  const groups = new Map<string, { hashes: Set<string>; files: Map<string, ChangedFile> }>();
  for (const commit of changes.commits) {
    for (const file of commit.files) {
      const name = groupOf(file.path);
      const group = groups.get(name) ?? { hashes: new Set(), files: new Map() };
      groups.set(name, group);
      group.hashes.add(commit.hash);
      const known = group.files.get(file.path) ?? { path: file.path, commits: 0, added: 0, removed: 0, sections: [] };
      group.files.set(file.path, addTo(known, file));
    }
  }
  return [...groups]
    .map(([name, { hashes, files }]) => {
      const list = [...files.values()].sort((a, b) => size(b) - size(a));
      const sum = (pick: (file: ChangedFile) => number) => list.reduce((total, file) => total + pick(file), 0);
      return { name, commits: hashes.size, added: sum(({ added }) => added), removed: sum(({ removed }) => removed), files: list };
    })
    .sort((a, b) => b.commits - a.commits || size(b) - size(a));
}

/** True when a path belongs to a service: a folder or the file itself is called like it. */
export function isOfService(path: string, service: string): boolean {
  const wanted = keyOf(service);
  return path.split('/').some((part) => keyOf(part) === wanted || keyOf(part.replace(/\.[a-z0-9.]{1,14}$/i, '')) === wanted);
}

function addTo(known: ChangedFile, file: FileChange): ChangedFile {
  return {
    ...known,
    ...(file.from && { from: file.from }),
    commits: known.commits + 1,
    added: known.added + (file.added ?? 0),
    removed: known.removed + (file.removed ?? 0),
    sections: [...new Set([...known.sections, ...file.sections])].slice(0, 6),
  };
}

function groupOf(path: string): string {
  const service = /(?:^|\/)services\/([^/]+?)(?:\/|\.ya?ml$|\.md$)/.exec(path)?.[1];
  if (service) return `service ${service}`;
  const parts = path.split('/');
  return parts.length === 1 ? '(top folder)' : `${parts.slice(0, Math.min(2, parts.length - 1)).join('/')}/`;
}

function size({ added, removed }: { added: number; removed: number }): number {
  return added + removed;
}
