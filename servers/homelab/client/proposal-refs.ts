import { Fault } from '@homelab/shared/faults.ts';
import { redact } from '@homelab/shared/redact/redact.ts';
import type { Git, GitLimits } from './git.ts';
import { assertWritable, identity } from './git-write.ts';

/** A proposal as its branch has it. */
export interface Proposal {
  id: string;
  branch: string;
  commit: string;
  /** The caller that made its last commit; empty when a person did. */
  caller: string;
}

/** An open proposal, for lists. */
export interface OpenProposal extends Proposal {
  date: Date;
  /** Of its last commit; third-party text. */
  subject: string;
  /** Files of its last commit, from the repository's top. */
  files: string[];
}

/** What became of a discarded one. */
export interface Discarded {
  id: string;
  commit: string;
  /** Where its commit is kept. */
  kept: string;
}

/** Branches that are proposals stand below this ref. */
export const PROPOSALS = 'refs/heads/proposal/';
const DISCARDED = 'refs/proposals-discarded/';
const MOST = 50;
const OURS = 'mcp-homelab';

/** Open proposals, newest first. */
export async function openProposals(git: Git, signal?: AbortSignal): Promise<OpenProposal[]> {
  const limits = signal ? { signal } : {};
  const refs = await git.refs(
    ['for-each-ref', `--count=${MOST}`, '--sort=-committerdate', '--format=%(objectname) %(refname)', PROPOSALS],
    limits,
  );
  const branches = refs.text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ') as [string, string]]));
  if (branches.length === 0) return [];
  const format = '--format=tformat:%x01%H%x00%ct%x00%cn%x00%ce%x00%s%x00';
  const commits = [...new Set(branches.map(([commit]) => commit))];
  const log = await git.run(['log', '-z', '--no-walk=unsorted', '--name-only', '--no-renames', format, ...commits], limits);
  const told = new Map<string, Omit<OpenProposal, 'id' | 'branch' | 'commit'>>();
  for (const part of log.text.split('\x01').slice(1)) {
    const [commit = '', time = '', name = '', email = '', subject = '', ...files] = part.split('\0');
    told.set(commit, {
      date: new Date(Number(time) * 1000),
      caller: name === OURS ? email : '',
      subject: redact(subject),
      files: files.map((file) => file.replace(/^\n/, '')).filter((file) => file !== ''),
    });
  }
  return branches.flatMap(([commit, ref]) => {
    const about = told.get(commit);
    return about ? [{ id: ref.slice(PROPOSALS.length), branch: ref.slice('refs/heads/'.length), commit, ...about }] : [];
  });
}

/** The proposal of that id, also written as its branch. Throws `not_found`, and `conflict` when somebody has it checked out. */
export async function findProposal(git: Git, wanted: string, signal?: AbortSignal): Promise<Proposal> {
  const id = wanted.trim().replace(/^(refs\/heads\/)?proposal\//, '');
  // SECURITY: an id becomes a part of a ref's name and of git's input; nothing else may hide in it.
  const found = /^[\w][\w-]{0,60}$/.test(id) ? await refAt(git, `${PROPOSALS}${id}`, signal ? { signal } : {}) : undefined;
  if (!found) throw new Fault('not_found', 'There is no open proposal of that id.', { hint: 'repo_changes lists the open ones.' });
  if (found.checkedOut) {
    throw new Fault('conflict', 'That proposal is checked out in a work tree.', { hint: 'A person switches that work tree first.' });
  }
  return { id, branch: `proposal/${id}`, commit: found.commit, caller: found.name === OURS ? found.email : '' };
}

interface FoundRef {
  commit: string;
  checkedOut: boolean;
  name: string;
  email: string;
}

/** What one ref names; undefined when there is none. */
export async function refAt(git: Git, ref: string, limits: GitLimits = {}): Promise<FoundRef | undefined> {
  const fields = ['refname', 'objectname', 'worktreepath', 'committername', 'committeremail'];
  const format = fields.map((field) => `%(${field})`).join('%00');
  const { text } = await git.refs(['for-each-ref', `--format=${format}`, ref], limits);
  for (const line of text.split('\n')) {
    const [name, commit = '', worktree = '', committer = '', email = ''] = line.split('\0');
    if (name === ref) return { commit, checkedOut: worktree !== '', name: committer, email: email.replace(/^<|>$/g, '') };
  }
  return undefined;
}

/** Moves refs in one transaction: all of them or none. Throws `conflict` when one is not what it was. */
export async function moveRefs(git: Git, moves: readonly string[], caller: string, why: string): Promise<void> {
  const input = ['start', ...moves, 'prepare', 'commit', ''].join('\n');
  try {
    // Not to be cancelled: a git that is killed here leaves locks behind.
    await git.refs(['update-ref', '-m', `mcp-homelab: ${why}`, '--stdin'], { input, env: identity(caller) });
  } catch (cause) {
    throw new Fault('conflict', 'A branch moved meanwhile or is locked, so nothing was changed.', {
      hint: 'Repeat the call. If it stays so, look for a forgotten .lock file in the .git folder.',
      cause,
    });
  }
}

/** Takes the branch of a proposal away; its commit stays. */
export async function discardProposal(git: Git, { id, commit }: Proposal, { caller }: { caller: string }): Promise<Discarded> {
  await assertWritable(git);
  const kept = `${DISCARDED}${id}-${commit.slice(0, 12)}`;
  const moves = [`update ${kept} ${commit}`, `delete ${PROPOSALS}${id} ${commit}`];
  await moveRefs(git, moves, caller, `discard proposal ${id}`);
  return { id, commit, kept };
}
