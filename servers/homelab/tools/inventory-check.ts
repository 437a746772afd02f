import { Fault } from '@homelab/shared/faults.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { fit, SOFT_LIMIT } from '@homelab/shared/render/budget.ts';
import { nearest } from '@homelab/shared/render/nearest.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { Source, sourceLine, sourceOf } from '../documents/source.ts';
import { checkInventory } from '../inventory-check/check-inventory.ts';
import { placeText, SEVERITIES } from '../inventory-check/finding.ts';
import { countsOf, countsText, KINDS_OF_FINDING, selected } from '../inventory-check/report.ts';
import { historyOf } from '../inventory-check/subject.ts';

const Found = z.object({ severity: z.enum(SEVERITIES), code: z.string(), place: z.string(), sentence: z.string(), fix: z.string() });

/** Checks the inventory against itself and the repository. */
export const inventoryCheck = defineTool({
  name: 'inventory_check',
  title: 'Check the inventory',
  description:
    'Finds what is wrong in the written inventory: schema errors, dangling references, port and address collisions, missing backups, health checks or runbooks, compose differences, dead links, secrets. It looks at files only, never at a running machine.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    severity: z.enum(SEVERITIES).default('warn').describe('Least severity shown'),
    kinds: z.array(z.string().max(40)).max(20).default([]).describe('Codes such as port-collision; dangling- for all that begin so'),
    limit: z.int().min(1).max(200).default(30),
  }),
  output: z.object({
    findings: z.array(Found),
    counts: z.record(z.enum(SEVERITIES), z.int()),
    /** Findings that fit the question. */
    total: z.int(),
    of: z.object({ hosts: z.int(), services: z.int(), backups: z.int(), files: z.int() }),
    skipped: z.string().optional(),
    source: Source,
  }),
  async handler({ severity, kinds, limit }, { repository, inventory, outline }: Pick<Homelab, 'repository' | 'inventory' | 'outline'>) {
    for (const kind of kinds) refuseUnknown(kind);
    const current = inventory.current();
    const { skipped, ...provenance } = repository.provenance();
    const all = checkInventory({
      inventory: current,
      files: repository.files(),
      exists: repository.exists,
      anchors: (file) => outline(file).chunks.map(({ anchor }) => anchor),
      history: historyOf(provenance),
    });
    const wanted = selected(all, severity, kinds);
    return {
      findings: wanted.slice(0, limit).map(({ place, ...rest }) => ({ ...rest, place: placeText(place, rest.code === 'schema') })),
      counts: countsOf(all),
      total: wanted.length,
      of: {
        hosts: current.hosts.length,
        services: current.services.length,
        backups: current.backups.length,
        files: repository.files().length,
      },
      ...(skipped && { skipped }),
      source: sourceOf(provenance),
    };
  },
  render({ findings, counts, total, of, skipped, source }, { severity, kinds, limit }) {
    const looked = `${of.hosts} hosts, ${of.services} services, ${of.backups} backup jobs and ${of.files} files`;
    const what = `at ${severity}${severity === 'error' || severity === 'undetermined' ? '' : ' or worse'}${kinds.length > 0 ? ` of ${kinds.join(', ')}` : ''}`;
    const hidden = counts.info + counts.undetermined > 0 && (severity === 'error' || severity === 'warn');
    const rows = findings.map(({ severity: level, code, place, sentence, fix }) => `${level} ${code} ${place} ${sentence}. ${fix}`);
    const next = limit < 200 ? 'a larger limit, or kinds' : 'kinds';
    return [
      `${countsText(counts)} in ${looked}.`,
      ...(of.hosts + of.services === 0 ? ['There is no inventory to check: `npm run inventory -- init` writes a first one.'] : []),
      total === 0 ? `Nothing ${what}.` : fit(rows, SOFT_LIMIT, { unit: 'findings', total, next }),
      ...(hidden ? ['severity=undetermined shows info and what could not be looked at.'] : []),
      ...(skipped ? [`Not read and so not checked: ${skipped}.`] : []),
      sourceLine(source),
    ].join('\n');
  },
});

function refuseUnknown(kind: string): void {
  if (KINDS_OF_FINDING.some((code) => code === kind || (kind.endsWith('-') && code.startsWith(kind)))) return;
  const near = nearest(kind, KINDS_OF_FINDING);
  throw new Fault('invalid_input', 'One of `kinds` is no kind of finding.', {
    hint: near ? `Did you mean ${near}?` : `Kinds: ${KINDS_OF_FINDING.join(', ')}.`,
  });
}
