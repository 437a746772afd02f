import { hostNode } from '@homelab/shared/inventory/graph.ts';
import { hostNamed } from '@homelab/shared/inventory/inventory.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { graphLines, overviewLines } from '../lookup/graph-lines.ts';
import { serviceNamed, Unnamed, unnamedLines } from '../lookup/named.ts';
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
    name: LabName.optional().describe('Service or host'),
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
    const host = hostNamed(inventory, name);
    const found = host ? undefined : serviceNamed(inventory, name);
    if (found && 'unnamed' in found) {
      const { several, nearest } = found.unnamed;
      const hosts =
        several.length > 0 ? [] : inventory.hosts.map(({ value }) => value.name).filter((one) => one.includes(name.toLowerCase()));
      return { unnamed: { ...found.unnamed, nearest: [...new Set([...nearest, ...hosts.map((one) => plain(one, 80))])] }, source };
    }
    const one = host ?? found?.service;
    const node = host ? hostNode(host.value.name) : (one?.value.name ?? name);
    const lines = shown(graphLines(inventory, node, { needs: direction !== 'breaks', breaks: direction !== 'needs', depth }));
    const place = one ? { place: placeText(one.place) } : {};
    return { graph: { name: plain(one?.value.name ?? name, 80), kind: host ? 'host' : 'service', ...place, lines }, source };
  },
  render({ graph, unnamed, source }) {
    if (!graph) return [...(unnamed ? unnamedLines(unnamed, 'service') : []), labLine(source)].join('\n');
    const head = graph.place ? [`${graph.name} · ${graph.kind} · ${graph.place}`] : [];
    return [...head, ...graph.lines, labLine(source)].join('\n');
  },
});
