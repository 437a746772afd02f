import { hostNamed } from '@homelab/shared/inventory/inventory.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { contractLines, SECTIONS } from '../lookup/contract.ts';
import { serviceNamed, Unnamed, unnamedLines } from '../lookup/named.ts';
import { LabName } from '../lookup/params.ts';
import { guessedText, placeText, some } from '../lookup/words.ts';

const LONGEST = 300;

/** Gives a service's contract in a few lines. */
export const serviceGet = defineTool({
  name: 'service_get',
  title: 'The contract of a service',
  description: 'Where a service runs, its ports, needs, data with backup, rules for operating it, logs and runbooks, each with its line.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    service: LabName,
    sections: z.array(z.enum(SECTIONS)).max(SECTIONS.length).default([]).describe('Only these, in full'),
  }),
  output: z.object({
    service: z
      .object({
        name: z.string(),
        description: z.string(),
        place: z.string(),
        runs: z.string(),
        parts: z.array(z.object({ section: z.enum(SECTIONS), line: z.int(), text: z.string() })),
        guessed: z.string(),
      })
      .optional(),
    unnamed: Unnamed.optional(),
    source: LabSource,
  }),
  async handler({ service: name, sections }, { repository, lab }: Homelab) {
    const known = lab();
    const source = labSourceOf(repository, known);
    const found = serviceNamed(known.inventory, name);
    if ('unnamed' in found) return { ...found, source };
    const { value, place } = found.service;
    const { type, project, file, services, images, manager, notes } = value.runtime;
    const address = hostNamed(known.inventory, value.owner_node)?.value.address;
    const how = [type, project, manager, file ?? notes].filter((one) => one !== undefined);
    const containers = services.length > 0 ? [`container ${some(services, 4)}${sections.length > 0 ? ` of ${some(images, 3)}` : ''}`] : [];
    return {
      service: {
        name: plain(value.name, 80),
        description: plain(value.description, LONGEST),
        place: placeText(place),
        runs: plain([`${value.owner_node}${address ? ` (${address})` : ''}`, how.join(' '), ...containers].join(' · '), LONGEST),
        parts: contractLines(found.service, known.inventory, new Set(sections)).map((part) => ({
          ...part,
          text: plain(part.text, LONGEST),
        })),
        guessed: guessedText(value.guessed),
      },
      source,
    };
  },
  render({ service, unnamed, source }) {
    if (!service) return [...(unnamed ? unnamedLines(unnamed, 'service') : []), labLine(source)].join('\n');
    const { name, description, place, runs, parts, guessed } = service;
    const lines = [`${name} · ${description} · ${place}`, `on ${runs}`];
    parts.forEach(({ section, line, text }, index) => {
      const first = parts[index - 1]?.section !== section;
      lines.push(first ? `${section} L${line}: ${text}` : `  ${text}`);
    });
    if (guessed !== '') lines.push(`guessed, wholly or in part: ${guessed}`);
    return [...lines, labLine(source)].join('\n');
  },
});
