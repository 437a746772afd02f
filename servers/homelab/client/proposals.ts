import { Fault } from '@homelab/shared/faults.ts';
import type { Git } from './git.ts';
import { type Base, type Draft, type DraftDiff, documentAt, draftDiff } from './proposal-draft.ts';
import { type Merged, type MergePlan, mergeProposal, planMerge } from './proposal-merge.ts';
import { type Discarded, discardProposal, findProposal, type OpenProposal, openProposals, type Proposal } from './proposal-refs.ts';
import { type Proposed, writeProposal } from './proposal-write.ts';

/** Who changes the repository, and why: what stands in the commits. */
export interface Author {
  /** The caller's name. */
  caller: string;
  reason: string;
}

/** Changes to documents that wait on branches of their own. The checked-out branch, its index and its files change in `merge` only. */
export interface Proposals {
  /** A document as the checked-out branch has it committed. Throws `conflict` where it cannot be changed by a proposal. */
  base(path: string, signal?: AbortSignal): Promise<Base>;
  /** What a draft would change; nothing is written to the repository. */
  diff(draft: Draft, signal?: AbortSignal): Promise<DraftDiff>;
  /** Makes the branch `proposal/<id>`; the same draft twice is one branch. Throws `conflict` when the checked-out branch moved. */
  create(draft: Draft, author: Author): Promise<Proposed>;
  /** The open ones, newest first, at most 50. Empty without git. */
  open(signal?: AbortSignal): Promise<OpenProposal[]>;
  /** Throws `not_found`. */
  find(id: string, signal?: AbortSignal): Promise<Proposal>;
  /** What bringing it in would do; nothing is written. Throws `conflict` with the reason when it cannot be done. */
  plan(id: string, signal?: AbortSignal): Promise<MergePlan>;
  /** Does what was planned, and only that. Throws `conflict` when anything moved since. */
  merge(plan: MergePlan, author: Author): Promise<Merged>;
  /** Takes the branch away and keeps its commit under refs/proposals-discarded. */
  discard(proposal: Proposal, author: Author): Promise<Discarded>;
}

/** The proposals of the repository that `root` is in. Without git all but `open` throw `unavailable`. */
export function proposalsOf(root: string, git: Git | undefined, missing: string | undefined): Proposals {
  const ready = (): Git => {
    if (git) return git;
    throw new Fault('unavailable', `Proposals need git, and ${missing ?? 'git is missing'}.`, {
      hint: 'Point HOMELAB_REPO at a clone, and have git installed.',
    });
  };
  return {
    base: async (path, signal) => documentAt(ready(), root, path, signal),
    diff: async (draft, signal) => draftDiff(ready(), root, draft, signal),
    create: async (draft, author) => writeProposal(ready(), root, draft, author),
    open: async (signal) => (git ? openProposals(git, signal) : []),
    find: async (id, signal) => findProposal(ready(), id, signal),
    plan: async (id, signal) => planMerge(ready(), root, id, signal),
    merge: async (plan, author) => mergeProposal(ready(), plan, author),
    discard: async (proposal, author) => discardProposal(ready(), proposal, author),
  };
}
