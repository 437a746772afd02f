import { createHash } from 'node:crypto';
import { Fault } from '@homelab/shared/faults.ts';
import type { Git } from './git.ts';
import { headCommit } from './git-folder.ts';
import { assertWritable, firstLine, fromTop, identity, treeWith, writeBlob } from './git-write.ts';
import type { Draft } from './proposal-draft.ts';
import { PROPOSALS, refAt } from './proposal-refs.ts';
import type { Author } from './proposals.ts';

/** A proposal that was made; `existed` when the same one was open already. */
export interface Proposed {
  id: string;
  branch: string;
  commit: string;
  existed: boolean;
}

const ATTEMPTS = 3;
const LONGEST_SUBJECT = 72;

/** Makes blob, tree and commit, and last the branch: whoever sees it sees all of it. */
export async function writeProposal(git: Git, root: string, { base, text }: Draft, author: Author): Promise<Proposed> {
  await assertWritable(git);
  if ((await headCommit(git.folders)) !== base.commit) throw moved();
  const scratch = await git.scratch();
  try {
    const path = fromTop(git, root, base.path);
    const index = { GIT_INDEX_FILE: scratch.env.GIT_INDEX_FILE ?? '' };
    const blob = await writeBlob(git, text, {});
    const tree = await treeWith(git, base.commit, { path, mode: base.mode, blob }, { env: index });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Made from the change itself, so that a call sent twice is one proposal.
      const id = createHash('sha256')
        .update(`${path}\0${base.blob ?? ''}\0${blob}\0${attempt}`)
        .digest('hex')
        .slice(0, 8);
      const ref = `${PROPOSALS}${id}`;
      const known = await refAt(git, ref);
      if (known && (await holds(git, known.commit, path, blob))) {
        return { id, branch: `proposal/${id}`, commit: known.commit, existed: true };
      }
      if (known) continue;
      const env = identity(author.caller);
      const made = await git.run(['commit-tree', tree, '-p', base.commit], { input: message(author, id), env });
      const commit = firstLine(made);
      const zero = '0'.repeat(commit.length);
      const why = `mcp-homelab: propose ${id}`;
      const taken = await git.refs(['update-ref', '-m', why, ref, commit, zero], { env }).catch((cause: Fault) => cause);
      if (!(taken instanceof Fault)) return { id, branch: `proposal/${id}`, commit, existed: false };
      if (await refAt(git, ref)) attempt--;
      else if (attempt === ATTEMPTS - 1) throw locked(taken);
    }
    throw locked();
  } finally {
    await scratch.remove();
  }
}

async function holds(git: Git, commit: string, path: string, blob: string): Promise<boolean> {
  const { text } = await git.run(['ls-tree', '-z', '--full-tree', commit, '--', path]);
  return text.includes(` ${blob}\t`);
}

/** The reason as git wants it: one short line, and the whole of it below where it is longer. */
function message({ reason }: Author, id: string): string {
  const line = reason.replace(/\s+/g, ' ').trim();
  const short = line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 3).replace(/\s+\S*$/, '')}...`;
  return [short, ...(short === line ? [] : [line]), `Proposal: ${id}`].join('\n\n');
}

function moved(): Fault {
  return new Fault('conflict', 'The checked-out branch moved while this was prepared, so nothing was proposed.', {
    hint: 'Read the document again and repeat the call.',
  });
}

function locked(cause?: unknown): Fault {
  return new Fault('conflict', 'The branch for the proposal could not be made.', {
    hint: 'A branch named `proposal` or a forgotten .lock file below .git/refs is in the way.',
    cause,
  });
}
