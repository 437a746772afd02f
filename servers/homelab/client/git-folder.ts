import { lstat, mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where the parts of a git repository are; a linked work tree or a submodule keeps them apart. */
export interface GitFolders {
  /** The work tree's top; the homelab folder may be below it. */
  top: string;
  /** HEAD, index and what is in progress. */
  git: string;
  /** Objects, refs and excludes. */
  common: string;
}

/** The git folders of the repository that `root` is in, or undefined where there is none. */
export async function findGit(root: string): Promise<GitFolders | undefined> {
  for (let top = root; ; top = dirname(top)) {
    const git = await gitFolder(join(top, '.git'), top);
    if (git) {
      const common = (await text(join(git, 'commondir')))?.trim();
      return { top, git, common: common ? await realpath(resolve(git, common)) : git };
    }
    if (dirname(top) === top) return undefined;
  }
}

async function gitFolder(path: string, top: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) return undefined;
  const pointer = found.isFile() ? /^gitdir: (.+)$/m.exec((await text(path)) ?? '')?.[1] : undefined;
  const git = await realpath(pointer ? resolve(top, pointer.trim()) : path).catch(() => undefined);
  return git && (await text(join(git, 'HEAD'))) !== undefined ? git : undefined;
}

/** The commit that HEAD names; undefined before the first commit, or when refs are kept in a form that is not files. */
export async function headCommit({ git, common }: GitFolders): Promise<string | undefined> {
  let value = (await text(join(git, 'HEAD')))?.trim();
  for (let hops = 0; value?.startsWith('ref: ') && hops < 5; hops++) {
    const ref = value.slice(5).trim();
    if (!/^refs\/[\w./@+#-]+$|^refs\/[^\0\s]+$/u.test(ref) || ref.includes('..')) return undefined;
    value = (
      (await text(join(git, ref))) ??
      (await text(join(common, ref))) ??
      packed(await text(join(common, 'packed-refs')), ref)
    )?.trim();
  }
  return value && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(value) ? value : undefined;
}

function packed(refs: string | undefined, ref: string): string | undefined {
  return refs
    ?.split('\n')
    .find((line) => line.endsWith(` ${ref}`))
    ?.split(' ')[0];
}

const IN_PROGRESS = [
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
  ['MERGE_HEAD', 'a merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['BISECT_LOG', 'a bisect'],
] as const;

/** What git is in the middle of ("a rebase"), or undefined. */
export async function inProgress({ git }: GitFolders): Promise<string | undefined> {
  for (const [name, words] of IN_PROGRESS) if (await lstat(join(git, name)).catch(() => undefined)) return words;
  return undefined;
}

/** True when history ends early because the clone is shallow. */
export async function isShallow({ common }: GitFolders): Promise<boolean> {
  return Boolean((await text(join(common, 'shallow')))?.trim());
}

/** Headings and keys as hunk titles, whatever the repository's own attributes say about programs. */
const ATTRIBUTES = '*.md diff=markdown\n*.markdown diff=markdown\n*.py diff=python\n*.yaml diff=yaml\n*.yml diff=yaml\n';

/** A git folder of ours over the objects of `folders`: its configuration holds nothing that can run. It stands in the system's temporary folder, or in `spare` where that cannot be written. */
export async function shadow(
  folders: GitFolders,
  spare: string | undefined,
): Promise<{ path: string; at(commit: string | undefined): Promise<void>; close(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'homelab-git-')).catch((error) => {
    if (spare === undefined) throw error;
    return mkdtemp(join(spare, 'homelab-git-'));
  });
  const sha256 = /^\s*objectformat\s*=\s*sha256\s*$/im.test((await text(join(folders.common, 'config'))) ?? '');
  const config = [
    '[core]',
    `\trepositoryformatversion = ${sha256 ? 1 : 0}`,
    '\tbare = false',
    '\tfileMode = false',
    // What is too large to be read is too large to be compared.
    '\tbigFileThreshold = 1m',
    '\tcheckStat = minimal',
    '\ttrustctime = false',
    `\tattributesFile = ${JSON.stringify(join(path, 'attributes'))}`,
    '[diff "yaml"]',
    '\txfuncname = "^[A-Za-z0-9_.-]+:.*$"',
    ...(sha256 ? ['[extensions]', '\tobjectFormat = sha256'] : []),
  ].join('\n');
  let written = 0;
  const at = async (commit: string | undefined) => {
    const next = join(path, `HEAD.${++written}`);
    await writeFile(next, `${commit ?? 'ref: refs/heads/none'}\n`);
    await rename(next, join(path, 'HEAD'));
  };
  await Promise.all([mkdir(join(path, 'refs')), mkdir(join(path, 'objects')), mkdir(join(path, 'info'))]);
  await Promise.all([
    at(undefined),
    writeFile(join(path, 'config'), `${config}\n`),
    writeFile(join(path, 'attributes'), ATTRIBUTES),
    symlink(join(folders.common, 'info', 'exclude'), join(path, 'info', 'exclude')),
    symlink(join(folders.common, 'shallow'), join(path, 'shallow')),
  ]);
  return { path, at, close: () => rm(path, { recursive: true, force: true }) };
}

async function text(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
