import { hostNode } from '@homelab/shared/inventory/graph.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { graphLines, overviewLines, vipLines } from '../lookup/graph-lines.ts';
import { anyNamed, Unnamed, unnamedLines } from '../lookup/named.ts';
import { LabName } from '../lookup/params.ts';
import { placeText, plainIndented } from '../lookup/words.ts';

/** Shows what something needs and what breaks without it. */
export const serviceGraph = defineTool({
  name: 'service_graph',
  title: 'Dependencies and what breaks',
  description:
    'What a service needs, what breaks without it or without a host, single points of failure, circles; failover counts. No name: the whole lab.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    name: LabName.optional().describe('Service, host or shared address'),
    direction: z.enum(['both', 'needs', 'breaks']).default('both'),
    depth: z.int().min(1).max(10).default(3),
  }),
  output: z.object({
    graph: z.object({ name: z.string(), kind: z.string(), place: z.string().optional(), lines: z.array(z.string()) }).optional(),
    unnamed: Unnamed.optional(),
    source: LabSource,
  }),
  async handler({ name, direction, depth }, { repository, lab }: Homelab) {
    const known = lab();
    const { inventory } = known;
    const source = labSourceOf(repository, known);
    const shown = (lines: readonly string[]) => lines.map((line) => plainIndented(line, 900));
    if (name === undefined) return { graph: { name: 'the lab', kind: 'lab', lines: shown(overviewLines(inventory)) }, source };
    const found = anyNamed(inventory, name);
    if ('unnamed' in found) return { ...found, source };
    const directions = { needs: direction !== 'breaks', breaks: direction !== 'needs', depth };
    const [kind, one, lines] =
      'host' in found
        ? (['host', found.host, graphLines(inventory, hostNode(found.host.value.name), directions)] as const)
        : 'vip' in found
          ? (['shared address', found.vip, vipLines(inventory, found.vip.value)] as const)
          : (['service', found.service, graphLines(inventory, found.service.value.name, directions)] as const);
    return { graph: { name: plain(one.value.name, 80), kind, place: placeText(one.place), lines: shown(lines) }, source };
  },
  render({ graph, unnamed, source }) {
    if (!graph)
      return [...(unnamed ? unnamedLines(unnamed, unnamed.several.length > 0 ? 'service' : 'service or host') : []), labLine(source)].join(
        '\n',
      );
    const head = graph.place ? [`${graph.name} · ${graph.kind} · ${graph.place}`] : [];
    return [...head, ...graph.lines, labLine(source)].join('\n');
  },
});
