import { plain } from '@homelab/shared/render/plain.ts';
import type { Changes } from '../client/document.ts';
import { ageOf } from './source.ts';

const MOST = 8;

/** Commits that touched `ours`, newest first, a line each with the files; then what is not committed, and what cannot be told. */
export function recentLines({ commits, uncommitted, note }: Changes, ours: (path: string) => boolean, now = Date.now()): string[] {
  const found = commits
    .map((commit) => ({ ...commit, files: commit.files.filter(({ path, from }) => ours(path) || (from !== undefined && ours(from))) }))
    .filter(({ files }) => files.length > 0);
  const lines = found.slice(0, MOST).map(({ hash, date, subject, files }) => {
    const paths = files.slice(0, 3).map(({ path }) => plain(path, 120));
    const rest = files.length - paths.length;
    return `${hash.slice(0, 7)} ${ageOf(date, now)} ago  ${plain(subject, 100)}: ${paths.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  });
  const waiting = uncommitted.filter(({ path }) => ours(path)).map(({ path }) => plain(path, 120));
  return [
    ...(lines.length > 0 ? lines : ['none']),
    ...(found.length > MOST ? [`${MOST} of ${found.length}; the rest: repo_changes`] : []),
    ...(waiting.length > 0
      ? [`not committed: ${waiting.slice(0, 8).join(', ')}${waiting.length > 8 ? ` and ${waiting.length - 8} more` : ''}`]
      : []),
    ...(note ? [`Note: ${note}.`] : []),
  ];
}
