import { lstat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import type { Git, GitLimits } from './git.ts';
import { inProgress } from './git-folder.ts';
import { indexLock, locked, withIndex } from './git-index.ts';
import { assertWritable, firstLine, identity } from './git-write.ts';
import { type DraftDiff, treeDiff } from './proposal-draft.ts';
import { findProposal, moveRefs, PROPOSALS, type Proposal, refAt } from './proposal-refs.ts';
import type { Author } from './proposals.ts';

/** What bringing a proposal in would do, exactly. */
export interface MergePlan {
  proposal: Proposal;
  /** The checked-out branch, such as `refs/heads/main`, and its commit. */
  ref: string;
  head: string;
  /** The commit that both come from; `head` itself when the branch only has to move forward. */
  base: string;
  /** The tree that the branch will have. */
  tree: string;
  /** Relative to the homelab folder. */
  files: { path: string; isNew: boolean }[];
  diff: DraftDiff;
}

/** How it was brought in; `undo` is a command for a person. */
export interface Merged {
  commit: string;
  undo: string;
}

/** Looks at everything that must be so before a proposal can be brought in. */
export async function planMerge(git: Git, root: string, id: string, signal?: AbortSignal): Promise<MergePlan> {
  const limits = signal ? { signal } : {};
  const proposal = await findProposal(git, id, signal);
  await assertWritable(git, true);
  const { ref, head } = await branchOf(git, limits);
  await assertClean(git, head, limits);
  const base = firstLine(await git.run(['merge-base', head, proposal.commit], limits).catch(() => ({ text: '' })));
  if (base === '') throw new Fault('conflict', 'The proposal and the checked-out branch have no commit in common.');
  if (base === proposal.commit) {
    throw new Fault('conflict', 'The checked-out branch already holds that proposal.', { hint: 'Take its branch away with discard=true.' });
  }
  const scratch = await git.scratch();
  try {
    const beside = { ...limits, env: scratch.env };
    const tree = await treeOf(git, { head, base, commit: proposal.commit }, beside);
    const files = await changedFiles(git, root, [head, tree], beside);
    return { proposal, ref, head, base, tree, files, diff: await treeDiff(git, head, tree, beside) };
  } finally {
    await scratch.remove();
  }
}

async function branchOf(git: Git, limits: GitLimits): Promise<{ ref: string; head: string }> {
  const ref = firstLine(await git.refs(['symbolic-ref', '-q', 'HEAD'], limits).catch(() => ({ text: '' })));
  if (!ref.startsWith('refs/heads/')) throw new Fault('conflict', 'No branch is checked out, so there is none to bring it into.');
  const head = (await refAt(git, ref, limits))?.commit;
  if (!head) throw new Fault('conflict', 'The checked-out branch has no commit yet.');
  return { ref, head };
}

async function assertClean(git: Git, head: string, limits: GitLimits): Promise<void> {
  const busy = await inProgress(git.folders);
  if (busy) throw new Fault('conflict', `Git is in the middle of ${busy}.`, { hint: 'A person finishes or aborts it first.' });
  if (await lstat(indexLock(git)).catch(() => undefined)) throw locked();
  await git.at(head);
  const args = ['status', '--porcelain=v1', '-z', '--untracked-files=normal', '--ignore-submodules=dirty', '--no-renames'];
  const { text } = await git.run(args, limits);
  const count = text.split('\0').filter((line) => line !== '').length;
  if (count > 0) {
    throw new Fault('conflict', `The checked-out files are not clean: ${count} ${count === 1 ? 'is' : 'are'} changed or untracked.`, {
      hint: 'A person commits, removes or ignores them first; repo_changes lists them.',
    });
  }
}

/** The tree of both together; written where `limits.env` says. */
async function treeOf(git: Git, { head, base, commit }: Record<'head' | 'base' | 'commit', string>, limits: GitLimits): Promise<string> {
  if (base === head) return firstLine(await git.run(['rev-parse', `${commit}^{tree}`], limits));
  try {
    return firstLine(await git.run(['merge-tree', '--write-tree', '--name-only', head, commit], limits));
  } catch (cause) {
    const { code } = ((cause as Error).cause ?? {}) as { code?: unknown };
    if (code === 1) {
      throw new Fault('conflict', 'The checked-out branch changed the same lines since.', {
        hint: 'Discard the proposal, read the document again and propose anew.',
      });
    }
    if (code === 129)
      throw new Fault('unavailable', 'This git is too old to merge beside the work tree.', { hint: 'Install git 2.38 or newer.', cause });
    throw cause;
  }
}

const PLAIN = /^100(644|755)$/;

/** The files that change. Throws `conflict` for anything but new and rewritten plain files of the homelab folder. */
async function changedFiles(git: Git, root: string, trees: readonly [string, string], limits: GitLimits): Promise<MergePlan['files']> {
  const { text } = await git.run(['diff-tree', '-r', '-z', '--raw', '--no-renames', ...trees], limits);
  const tokens = text.split('\0');
  const files: MergePlan['files'] = [];
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    const [, before = '', after = '', status = ''] = /^:(\d+) (\d+) \S+ \S+ (\w)/.exec(tokens[at] ?? '') ?? [];
    const top = tokens[at + 1] ?? '';
    const path = relative(root, join(git.folders.top, top));
    const isNew = status === 'A';
    // SECURITY: what a proposal may do is bounded by what docs_propose makes; a branch that somebody else filled could replace a file by a link.
    if (path.startsWith('..') || !(isNew ? after === '100644' : status === 'M' && before === after && PLAIN.test(after))) {
      throw new Fault('conflict', 'The proposal does more than add and rewrite files of the homelab repository.', {
        hint: 'A person merges such a branch.',
      });
    }
    const onDisk = await lstat(join(git.folders.top, top)).catch(() => undefined);
    if (isNew ? onDisk : !onDisk?.isFile()) {
      throw new Fault('conflict', 'A file that the proposal changes is not on the disk as git has it.', {
        hint: 'An ignored file is in the way of a new one, or a part of the repository is not checked out.',
      });
    }
    files.push({ path, isNew });
  }
  if (files.length === 0)
    throw new Fault('conflict', 'The proposal changes nothing any more.', { hint: 'Take it away with discard=true.' });
  return files;
}

/** Does what was planned while nobody else can touch the index: files, then branches, then the index, as git's own commands do. */
export async function mergeProposal(git: Git, plan: MergePlan, author: Author): Promise<Merged> {
  const { proposal, ref, head, base, tree } = plan;
  const { id, branch, commit: tip } = proposal;
  const forward = base === head;
  let commit = tip;
  if (!forward) {
    if ((await treeOf(git, { head, base, commit: tip }, {})) !== tree) throw new Fault('internal', 'Git made another tree than it showed.');
    const input = `Merge ${branch}\n\n${author.reason}`;
    const env = identity(author.caller);
    commit = firstLine(await git.run(['commit-tree', tree, '-p', head, '-p', tip], { input, env }));
  }
  await withIndex(git, async ({ env, save }) => {
    if ((await refAt(git, ref))?.commit !== head) throw moved();
    // Git itself refuses here to touch a file that is not as `head` has it.
    await git.run(['read-tree', '-m', '-u', head, commit], { env }).catch(async (cause: unknown) => {
      throw (await unchanged(git, head)) ? moved(cause) : half(cause);
    });
    try {
      await save();
      const moves = [`update ${ref} ${commit} ${head}`, `delete ${PROPOSALS}${id} ${tip}`];
      await moveRefs(git, moves, author.caller, `merge ${branch}`);
    } catch (error) {
      await git.run(['read-tree', '-m', '-u', commit, head], { env }).catch((cause: unknown) => {
        throw half(cause);
      });
      throw error;
    }
  });
  await git.at(commit);
  return { commit, undo: `git revert ${await revertOf(git, head, commit, forward)}` };
}

async function revertOf(git: Git, head: string, commit: string, forward: boolean): Promise<string> {
  const short = (hash: string): string => hash.slice(0, 12);
  if (!forward) return `-m 1 ${short(commit)}`;
  const count = firstLine(await git.run(['rev-list', '--count', `${head}..${commit}`]));
  return count === '1' ? short(commit) : `${short(head)}..${short(commit)}`;
}

async function unchanged(git: Git, head: string): Promise<boolean> {
  const status = await git.run(['diff', '--name-only', '--no-ext-diff', '--no-textconv', head]).catch(() => undefined);
  return status?.text === '';
}

function moved(cause?: unknown): Fault {
  return new Fault('conflict', 'The branch or a file moved meanwhile, so nothing was done.', { hint: 'Repeat the call.', cause });
}

function half(cause: unknown): Fault {
  return new Fault('upstream', 'Git stopped in the middle: some files may already be as proposed, the branch is as it was.', {
    hint: 'repo_changes lists them as uncommitted; a person undoes them with git restore.',
    cause,
  });
}
