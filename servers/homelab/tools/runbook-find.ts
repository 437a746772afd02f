import { Fault } from '@homelab/shared/faults.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { LabName } from '../lookup/params.ts';
import { runbookOf } from '../lookup/runbook.ts';
import { runbookQuestion } from '../lookup/runbook-question.ts';
import { matchRunbooks } from '../lookup/runbooks.ts';
import { slugOf } from '../search/chunk.ts';

const SHOWN = 3;
const STEPS = 5;
const LONGEST_STEP = 160;
const LOOKED_AT = 12;

/** Finds what to do when something is wrong. */
export const runbookFind = defineTool({
  name: 'runbook_find',
  title: 'What to do about an alert or a symptom',
  description: 'The runbook for an alert, symptom, host or service, with its first steps. Read it whole with docs_read before acting.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    symptom: z.string().trim().min(1).max(300).optional(),
    alert: LabName.optional(),
    host: LabName.optional(),
    service: LabName.optional(),
  }),
  output: z.object({
    runbooks: z.array(
      z.object({
        ref: z.string(),
        title: z.string(),
        why: z.array(z.string()),
        tools: z.array(z.string()),
        heading: z.string().optional(),
        steps: z.array(z.string()),
        stepCount: z.int(),
      }),
    ),
    total: z.int(),
    searched: z.int(),
    notes: z.array(z.string()),
    source: LabSource,
  }),
  async handler(asked, { repository, index, lab }: Homelab) {
    const { symptom, alert, host, service } = asked;
    if (!symptom && !alert && !host && !service)
      throw new Fault('invalid_input', 'Something to look for is missing.', { hint: 'Give `symptom`, `alert`, `host` or `service`.' });
    const known = lab();
    const runbooks = repository
      .files()
      .filter(({ kind }) => kind === 'runbook')
      .map(runbookOf);
    const { question, notes } = runbookQuestion(known.inventory, runbooks, asked);
    const words = symptom ?? alert?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    const found = words === undefined ? undefined : index.search(words, { kinds: ['runbook'], limit: LOOKED_AT });
    const told = found?.confident ? [...new Set(found.hits.map(({ path }) => path))] : [];
    const matches = matchRunbooks(runbooks, { ...question, told });
    if (symptom && found && !found.confident && !question.alert && matches.length > 0)
      notes.push('No text of a runbook answers the symptom; these fit by name only.');
    return {
      runbooks: matches.slice(0, SHOWN).map(({ runbook: { path, title, tools, act }, why }) => ({
        ref: plain(act ? `${path}#${slugOf(act.heading)}` : path, 200),
        title: plain(title, 120),
        why: why.map((one) => plain(one, 80)),
        tools: tools.map((tool) => plain(tool, 40)),
        ...(act && { heading: plain(act.heading, 60) }),
        steps: (act?.steps ?? []).slice(0, STEPS).map((step) => plain(step, LONGEST_STEP)),
        stepCount: act?.steps.length ?? 0,
      })),
      total: matches.length,
      searched: runbooks.length,
      notes,
      source: labSourceOf(repository, known),
    };
  },
  render({ runbooks, total, searched, notes, source }) {
    const lines = [...notes];
    if (total === 0) lines.push(`None of ${searched} runbooks fits. docs_search looks in all documents.`);
    const [best, ...others] = runbooks;
    if (best) {
      const { ref, title, why, tools, heading, steps, stepCount } = best;
      lines.push(`${ref} · ${title} · by ${why.join(', ')}`);
      if (tools.length > 0) lines.push(`look first: ${tools.join(', ')}`);
      if (heading)
        lines.push(
          `${heading}, ${steps.length} of ${stepCount} steps by their first sentence; docs_read has the warnings:`,
          ...steps.map((step, at) => `${at + 1}. ${step}`),
        );
    }
    if (others.length > 0) lines.push(`${runbooks.length} of ${total}, also: ${others.map(({ ref }) => ref.split('#')[0]).join(', ')}`);
    return [...lines, labLine(source)].join('\n');
  },
});
