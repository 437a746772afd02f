import { Fault } from '@homelab/shared/faults.ts';
import type { Call } from '@homelab/shared/mcp/call.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import type { MergePlan } from '../client/proposal-merge.ts';
import { BoundedDiff, boundedDiff, cutLines } from '../documents/bounded-diff.ts';
import { fence } from '../documents/fence.ts';
import { Source, sourceLine, sourceOf } from '../documents/source.ts';
import { assertDocumentPath, serviceOf } from '../proposal/document-path.ts';

const MOST_DIFF = 4000;

/** What `effect` worked out, for the handler of the same call: what was decided about is what is done. */
const planned = new WeakMap<Call, MergePlan>();

async function planOf(id: string, { repository }: Homelab, call: Call): Promise<MergePlan> {
  const plan = await repository.proposals.plan(id, call.signal);
  // SECURITY: a branch that docs_propose did not make could carry code, and would run at the next deploy.
  for (const { path } of plan.files) assertDocumentPath(path);
  planned.set(call, plan);
  return plan;
}

/** Brings a proposal into the checked-out branch, or takes it away. */
export const docsProposalMerge = defineTool({
  name: 'docs_proposal_merge',
  title: 'Bring a proposal in, or discard it',
  description:
    'Brings a proposal of docs_propose into the checked-out branch and its files, when those are clean. With `discard` it takes the proposal away instead. repo_changes lists open ones.',
  safety: { least: 'write', most: 'disruptive', of: ({ discard }) => (discard ? 'write' : 'disruptive') },
  look: 'repo_changes',
  input: z.strictObject({
    id: z.string().min(1).max(80),
    discard: z.boolean().default(false),
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({
    branch: z.string(),
    /** The checked-out branch; absent when the proposal was discarded. */
    into: z.string().optional(),
    commit: z.string(),
    files: z.array(z.string()),
    diff: BoundedDiff.optional(),
    /** A command for a person. */
    undo: z.string(),
    source: Source,
  }),
  async effect({ id, discard }, homelab: Homelab, call) {
    if (discard) {
      const { branch, commit, caller } = await homelab.repository.proposals.find(id, call.signal);
      return {
        targets: [branch],
        preview: `Takes the branch ${branch} (${commit.slice(0, 12)}) away; its commit is kept.`,
        guarded: { commit },
        // SECURITY: one assistant must not be able to take back what another one, or a person, proposed.
        ...(caller === call.caller.name ? {} : { unguarded: 'the proposal is of somebody else' }),
      };
    }
    const { proposal, ref, head, base, tree, files, diff } = await planOf(id, homelab, call);
    const services = new Set(files.map(({ path }) => serviceOf(path)));
    const [service] = services;
    const shown = boundedDiff(diff, MOST_DIFF);
    const into = ref.slice('refs/heads/'.length);
    const listed = files.slice(0, 20).map(({ path, isNew }) => `${plain(path)}${isNew ? ' (new)' : ''}`);
    return {
      targets: [ref, proposal.branch],
      ...(services.size === 1 && service ? { service } : {}),
      preview: [
        `${proposal.branch} (${proposal.commit.slice(0, 12)}) into ${plain(into, 80)} (${head.slice(0, 12)}), +${diff.added} -${diff.removed}, ${base === head ? 'fast-forward' : 'with a merge commit'}`,
        `Files (${files.length}): ${listed.join(', ')}${files.length > listed.length ? ' ...' : ''}`,
        shown.text,
        ...cutLines(shown, `git diff ${head.slice(0, 12)}...${proposal.commit.slice(0, 12)}`),
      ].join('\n'),
      // One service only can be named to the policy, and a rule about another one must not be passed by.
      ...(services.size > 1 ? { unguarded: 'it is about several services' } : {}),
      guarded: { head, proposal: proposal.commit, tree, clean: true },
    };
  },
  async handler({ id, discard, reason }, homelab: Homelab, call) {
    const { repository } = homelab;
    const { proposals } = repository;
    const author = { caller: call.caller.name, reason };
    if (discard) {
      const proposal = await proposals.find(id, call.signal);
      const { commit, kept } = await proposals.discard(proposal, author);
      const source = sourceOf(repository.provenance());
      return { branch: proposal.branch, commit, files: [], undo: `git branch ${proposal.branch} ${kept}`, source };
    }
    const plan = planned.get(call) ?? (await planOf(id, homelab, call));
    const { commit, undo } = await proposals.merge(plan, author);
    // What was brought in is read before anybody is told of it.
    await repository.refresh();
    return {
      branch: plan.proposal.branch,
      into: plan.ref.slice('refs/heads/'.length),
      commit,
      files: plan.files.map(({ path }) => plain(path)),
      diff: boundedDiff(plan.diff, MOST_DIFF),
      undo,
      source: sourceOf(repository.provenance()),
    };
  },
  render({ branch, into, commit, files, diff, undo, source }) {
    if (into === undefined) return `Discarded ${branch}. A person brings it back with \`${undo}\`.\n${sourceLine(source)}`;
    if (!diff) throw new Fault('internal', 'A merge without its difference.');
    return [
      `${branch} is in ${plain(into, 80)} now, as ${commit.slice(0, 12)}: ${files.slice(0, 20).join(', ')}${files.length > 20 ? ` and ${files.length - 20} more` : ''}. It is not pushed.`,
      fence(diff.text),
      ...cutLines(diff, `git show ${commit.slice(0, 12)}`),
      `Undo, by a person: \`${undo}\`. Check the inventory with inventory_check when it changed.`,
      sourceLine(source),
    ].join('\n');
  },
});
