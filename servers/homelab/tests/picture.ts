import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFolder } from './lab-folder.ts';

/** Everything of a checked-out repository that a proposal must leave alone: files with mode and time, index, HEAD, the branch, its reflog, config. */
export function picture({ root, git }: LabFolder): Record<string, string> {
  const seen: Record<string, string> = {};
  const walk = (folder: string) => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = join(folder, name);
      if (path === '.git') continue;
      const stat = lstatSync(join(root, path));
      if (stat.isDirectory()) walk(path);
      else {
        const content = stat.isSymbolicLink() ? readlinkSync(join(root, path)) : readFileSync(join(root, path));
        seen[path] = `${stat.mode} ${stat.mtimeMs} ${stat.ino} ${createHash('sha256').update(content).digest('hex')}`;
      }
    }
  };
  walk('');
  for (const file of ['HEAD', 'index', 'config', 'logs/HEAD']) {
    seen[`.git/${file}`] = createHash('sha256')
      .update(readFileSync(join(root, '.git', file)))
      .digest('hex');
  }
  seen.main = git(['rev-parse', 'refs/heads/main']);
  seen.stash = git(['for-each-ref', 'refs/stash', 'refs/tags', 'refs/remotes']);
  return seen;
}

/** Names and commits of the open proposals. */
export function branches({ git }: LabFolder): string[] {
  return git(['for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads/proposal'])
    .split('\n')
    .filter((line) => line !== '');
}
