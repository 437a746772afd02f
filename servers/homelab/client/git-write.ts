import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { relative } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import type { Git, GitLimits } from './git.ts';

/** One file in a tree; `path` is relative to the repository's top. */
export interface Entry {
  path: string;
  mode: string;
  blob: string;
}

/** `path` of the homelab folder as git names it, from the repository's top. */
export function fromTop(git: Git, root: string, path: string): string {
  const prefix = relative(git.folders.top, root).split('\\').join('/');
  return prefix === '' ? path : `${prefix}/${path}`;
}

/** Throws `unavailable` when the repository cannot be written; `files` asks for the checked-out files too. */
export async function assertWritable(git: Git, files = false): Promise<void> {
  const { top, git: own, common } = git.folders;
  const folders = [common, `${common}/objects`, own, ...(files ? [top] : [])];
  const refused = await Promise.all(folders.map((folder) => access(folder, constants.W_OK).catch((cause: unknown) => cause)));
  const cause = refused.find((one) => one !== undefined);
  if (!cause) return;
  throw new Fault('unavailable', 'The repository cannot be written: it is mounted read-only or belongs to another user.', {
    hint: 'Mount the folder of HOMELAB_REPO writable for the user of this server, .git included.',
    cause,
  });
}

/** Writes a text as it is, without any conversion, and gives its id. */
export async function writeBlob(git: Git, text: string, limits: GitLimits): Promise<string> {
  return firstLine(await git.run(['hash-object', '-w', '--stdin'], { ...limits, input: text }));
}

/** The tree of `commit` with one file put into it. */
export async function treeWith(git: Git, commit: string, { path, mode, blob }: Entry, limits: GitLimits): Promise<string> {
  await git.run(['read-tree', commit], limits);
  await git.run(['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], limits);
  return firstLine(await git.run(['write-tree'], limits));
}

/** Who stands in the commits and reflogs that we write. */
export function identity(caller: string): Record<string, string> {
  const [name, email] = ['mcp-homelab', caller.replace(/[\p{C}<>\s]/gu, '-') || 'unknown'];
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}

/** What a command that answers in one line answered. */
export const firstLine = ({ text }: { text: string }): string => text.split('\n', 1)[0]?.trim() ?? '';
