import { Fault } from '@homelab/shared/faults.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { closest } from '../lookup/closest.ts';
import { oneHost, serviceNamed } from '../lookup/named.ts';
import { LabName } from '../lookup/params.ts';
import { runbookOf } from '../lookup/runbook.ts';
import { matchRunbooks } from '../lookup/runbooks.ts';
import { slugOf } from '../search/chunk.ts';

const SHOWN = 3;
const STEPS = 5;
const LONGEST_STEP = 160;

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
  async handler({ symptom, alert, host, service }, { repository, index, lab }: Homelab) {
    if (!symptom && !alert && !host && !service)
      throw new Fault('invalid_input', 'Something to look for is missing.', { hint: 'Give `symptom`, `alert`, `host` or `service`.' });
    const known = lab();
    const runbooks = repository
      .files()
      .filter(({ kind }) => kind === 'runbook')
      .map(runbookOf);
    const notes: string[] = [];
    const alerts = [...new Set(runbooks.flatMap((one) => one.alerts))];
    // An alert may be named in the words of the symptom.
    const named =
      alert ??
      alerts.find((one) =>
        symptom
          ?.toLowerCase()
          .split(/[^\p{L}\p{N}_-]+/u)
          .includes(one.toLowerCase()),
      );
    if (alert && !alerts.some((one) => one.toLowerCase() === alert.toLowerCase())) {
      const near = closest(alert, alerts);
      notes.push(
        `No runbook names the alert ${plain(alert, 80)}.${near.length > 0 ? ` Did you mean: ${near.map((one) => plain(one, 80)).join(', ')}?` : ''}`,
      );
    }
    const hosts = host === undefined ? [] : [oneHost(known.inventory, host)];
    const services = service === undefined ? [] : [serviceNamed(known.inventory, service)];
    for (const one of [...hosts, ...services]) {
      if (!('unnamed' in one) || one.unnamed.several.length > 0) continue;
      const near = one.unnamed.nearest.length > 0 ? ` Did you mean: ${one.unnamed.nearest.join(', ')}?` : '';
      notes.push(
        `The inventory has no ${hosts.includes(one as (typeof hosts)[number]) ? 'host' : 'service'} called ${one.unnamed.asked}.${near}`,
      );
    }
    const hostNames = hosts.flatMap((one) => ('host' in one ? [one.host.value.name, ...one.host.value.aliases] : [host ?? '']));
    const several = services.flatMap((one) => ('unnamed' in one ? one.unnamed.several.map((text) => text.split(' on ')[0] ?? '') : []));
    const serviceNames = services.flatMap((one) => ('service' in one ? [one.service.value.name] : [service ?? '', ...several]));
    const contracts = [
      ...hosts.flatMap((one) => ('host' in one ? one.host.value.runbooks : [])),
      ...services.flatMap((one) => ('service' in one ? one.service.value.runbooks : [])),
    ];
    const words = symptom ?? alert?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    const found = words === undefined ? undefined : index.search(words, { kinds: ['runbook'], limit: 12 });
    const told = found?.confident ? [...new Set(found.hits.map(({ path }) => path))] : [];
    const matches = matchRunbooks(runbooks, {
      ...(named && { alert: named }),
      hosts: hostNames,
      services: serviceNames,
      named: contracts,
      told,
    });
    if (symptom && found && !found.confident && !named && matches.length > 0)
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
