import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { nextOf, offsetOf } from '../documents/cursor.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { LISTS, listOf } from '../lookup/lists.ts';
import { oneHost, Unnamed, unnamedLines } from '../lookup/named.ts';
import { LabName } from '../lookup/params.ts';

const PAGE = 50;

/** Lists what the inventory holds. */
export const inventoryList = defineTool({
  name: 'inventory_list',
  title: 'List the inventory',
  description: 'Tables of hosts, services, ports with collisions, domains, backups or networks.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    kind: z.enum(LISTS),
    host: LabName.optional(),
    text: LabName.optional().describe('Only rows with it'),
    cursor: z.string().max(12).optional(),
  }),
  output: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    offset: z.int(),
    total: z.int(),
    next: z.string().optional(),
    collisions: z.array(z.string()),
    unnamed: Unnamed.optional(),
    source: LabSource,
  }),
  async handler({ kind, host, text, cursor }, { repository, lab }: Homelab) {
    const known = lab();
    const source = labSourceOf(repository, known);
    const offset = offsetOf(cursor);
    const found = host === undefined ? undefined : oneHost(known.inventory, host);
    if (found && 'unnamed' in found) return { columns: [], rows: [], offset, total: 0, collisions: [], unnamed: found.unnamed, source };
    const { columns, rows, collisions = [] } = listOf(known.inventory, kind, found?.host.value.name);
    const wanted = text?.toLowerCase();
    const kept = rows.filter((cells) => !wanted || cells.some((cell) => cell.toLowerCase().includes(wanted)));
    const shown = kept.slice(offset, offset + PAGE);
    return {
      columns: [...columns],
      rows: shown.map((cells) => cells.map((cell) => plain(cell, 100))),
      offset,
      total: kept.length,
      ...nextOf(offset, shown.length, kept.length),
      collisions: collisions.map((one) => plain(one, 200)),
      source,
    };
  },
  render({ columns, rows, offset, total, next, collisions, unnamed, source }, { kind, host, text }) {
    if (unnamed) return [...unnamedLines(unnamed, 'host'), labLine(source)].join('\n');
    const of = `${host ? ` of ${plain(host, 80)}` : ''}${text ? ` with ${plain(text, 80)}` : ''}`;
    const lines = total === 0 ? [`No ${kind}${of} in the inventory.`] : [columns.join('|')];
    for (const cells of rows) lines.push(cells.map((cell) => cell.replaceAll('|', '\\|')).join('|'));
    if (total > 0)
      lines.push(
        `${rows.length} of ${total} ${kind}${of}${offset > 0 ? ` from ${offset + 1}` : ''}${next ? ` · next: cursor=${next}` : ''}`,
      );
    if (kind === 'ports' && total > 0) lines.push(collisions.length > 0 ? `COLLISIONS: ${collisions.join('; ')}` : 'No collisions.');
    return [...lines, labLine(source)].join('\n');
  },
});
