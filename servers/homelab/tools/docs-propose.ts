import type { Call } from '@homelab/shared/mcp/call.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { SourceFile } from '../client/document.ts';
import type { Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import type { Draft, DraftDiff } from '../client/proposal-draft.ts';
import { BoundedDiff, boundedDiff, cutLines } from '../documents/bounded-diff.ts';
import { sectionsIn, spanOf } from '../documents/excerpt.ts';
import { fence } from '../documents/fence.ts';
import { Source, sourceLine, sourceOf } from '../documents/source.ts';
import { linkFaults } from '../inventory-check/documents.ts';
import { placeText } from '../inventory-check/finding.ts';
import { assertDocumentPath, serviceOf } from '../proposal/document-path.ts';
import { type Around, draftOf } from '../proposal/draft.ts';
import { assertOneEdit } from '../proposal/edit.ts';
import { assertHarmless } from '../proposal/refusals.ts';

const MOST_DIFF = 4000;
const LONGEST_TEXT = 100_000;
const Text = z.string().max(LONGEST_TEXT);

const input = z.strictObject({
  path: z.string().min(1).max(200),
  section: z.string().min(1).max(200).optional().describe('Heading or key that `text` replaces, with all below it'),
  text: Text.optional().describe('Alone: the whole file'),
  find: Text.optional().describe('Exact, stands there once'),
  replace: Text.optional(),
  reason: z.string().trim().min(3).max(500).describe('Why; becomes the commit message'),
});

interface Prepared {
  draft: Draft;
  notes: string[];
  diff: DraftDiff;
}

/** What `effect` worked out, for the handler of the same call: what was decided about is what is written. */
const prepared = new WeakMap<Call, Prepared>();

async function prepare({ path: wanted, reason, ...edit }: z.output<typeof input>, homelab: Homelab, call: Call): Promise<Prepared> {
  const path = insidePath(wanted);
  assertOneEdit(edit);
  assertHarmless({ path, reason, ...edit });
  assertDocumentPath(path);
  const { repository } = homelab;
  const { proposals } = repository;
  const [base, open] = await Promise.all([proposals.base(path, call.signal), proposals.open(call.signal)]);
  const taken = [...repository.files().map((file) => file.path), ...open.flatMap(({ files }) => files)];
  const { draft, notes } = draftOf(base, edit, { taken, ...readingOf(path, homelab) });
  const made = { draft, notes, diff: await proposals.diff(draft, call.signal) };
  prepared.set(call, made);
  return made;
}

/** How a text at that path is cut and its links are followed, as if it stood there already. */
function readingOf(path: string, { repository, outline }: Homelab): Pick<Around, 'parts' | 'deadLinks'> {
  const fileOf = (text: string): SourceFile => ({ path, kind: 'doc', text, bytes: text.length, mtimeMs: 0 });
  const others = repository.files().filter((file) => file.path !== path);
  return {
    parts(shown) {
      const file = fileOf(shown);
      const { chunks } = outline(file);
      return { all: sectionsIn(file, chunks), find: (heading) => spanOf(file, chunks, { name: path, heading }).section };
    },
    deadLinks(text) {
      if (!/\.(md|markdown)$/i.test(path)) return [];
      const file = fileOf(text);
      const exists = (other: string): boolean => other === path || repository.exists(other);
      const anchors = (one: SourceFile): string[] => outline(one).chunks.map(({ anchor }) => anchor);
      return linkFaults(file, { files: [...others, file], exists, anchors }).map(({ place, sentence }) => ({
        at: placeText(place),
        sentence,
      }));
    },
  };
}

/** Puts a change to a document on a branch of its own, for a person or docs_proposal_merge to bring in. */
export const docsPropose = defineTool({
  name: 'docs_propose',
  title: 'Propose a change to a document',
  description:
    'Puts a new or changed document, decision, runbook or inventory file on a branch of its own and shows the diff; the checked-out files stay as they are. Give text, section and text, or find and replace. Read it with docs_read first.',
  safety: 'write',
  idempotent: true,
  look: 'repo_changes',
  input,
  output: z.object({
    id: z.string(),
    branch: z.string(),
    commit: z.string(),
    base: z.string(),
    path: z.string(),
    added: z.int(),
    removed: z.int(),
    diff: BoundedDiff,
    notes: z.array(z.string()),
    /** The same proposal was open already. */
    existed: z.boolean(),
    source: Source,
  }),
  async effect(asked, homelab: Homelab, call) {
    const { draft, diff, notes } = await prepare(asked, homelab, call);
    const { path, blob } = draft.base;
    const service = serviceOf(path);
    const shown = boundedDiff(diff, MOST_DIFF);
    const told = notes.map((note) => `Note: ${note}`);
    return {
      targets: [path],
      ...(service ? { service } : {}),
      preview: [
        `${path} +${diff.added} -${diff.removed}, on a branch of its own`,
        ...told,
        shown.text,
        ...cutLines(shown, 'on the branch, before it is brought in'),
      ].join('\n'),
      guarded: { blob: blob ?? null },
    };
  },
  async handler(asked, homelab: Homelab, call) {
    const { draft, diff, notes } = prepared.get(call) ?? (await prepare(asked, homelab, call));
    const { repository } = homelab;
    const made = await repository.proposals.create(draft, { caller: call.caller.name, reason: asked.reason });
    return {
      ...made,
      base: draft.base.commit,
      path: draft.base.path,
      added: diff.added,
      removed: diff.removed,
      diff: boundedDiff(diff, MOST_DIFF),
      notes,
      source: sourceOf(repository.provenance()),
    };
  },
  render({ id, branch, commit, base, path, added, removed, diff, notes, existed, source }) {
    const [from, to] = [base.slice(0, 7), commit.slice(0, 7)];
    const read = `git diff ${from} ${branch}`;
    return [
      `${existed ? 'Open already' : 'Proposed'} as ${branch} (${to}, on ${from}): ${path} +${added} -${removed}. The checked-out files are as they were.`,
      fence(diff.text),
      ...cutLines(diff, read),
      ...notes.map((note) => `Note: ${plain(note, 300)}.`),
      `A person reads it with \`${read}\`. Bring it in: docs_proposal_merge (id ${id}). Take it back: the same with discard=true.`,
      sourceLine(source),
    ].join('\n');
  },
});
