import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readRecords } from '../client/reading.ts';
import { settled } from '../overview/settled.ts';

/** Local names of all Pi-holes. */
export const dnsRecords = defineTool({
  name: 'dns_records',
  title: 'Local DNS records',
  description:
    'Local names that the Pi-holes answer themselves (A, AAAA, CNAME), and on which one each is. `match` is a part of the name or value.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ match: z.string().max(100).optional(), limit: z.int().min(1).max(200).default(50) }),
  output: z.object({
    records: z.array(z.object({ name: z.string(), type: z.string(), value: z.string(), on: z.string() })),
    total: z.int(),
    trouble: z.array(z.string()),
  }),
  async handler({ match, limit }, fleet: Fleet, { signal }) {
    const each = await settled(fleet.nodes, (node) => readRecords(node, signal));
    const seen = each.flatMap(({ name, value }) => (value ? [{ node: name, records: [...value.hosts, ...value.cnames] }] : []));
    const rows = new Map<string, { name: string; type: string; value: string; nodes: string[] }>();
    for (const { node, records } of seen)
      for (const { name, type, value } of records) {
        const row = rows.get(`${name} ${type} ${value}`) ?? { name: plain(name, 120), type, value: plain(value, 120), nodes: [] };
        row.nodes.push(node);
        rows.set(`${name} ${type} ${value}`, row);
      }
    const wanted = match?.toLowerCase() ?? '';
    const found = [...rows.values()].filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
    return {
      records: found
        .slice(0, limit)
        .map(({ nodes, ...rest }) => ({ ...rest, on: nodes.length === seen.length ? 'all' : `ONLY ${nodes.join(', ')}` })),
      total: found.length,
      trouble: each.flatMap(({ name, trouble }) => (trouble ? [`NOT ASKED ${name}: ${trouble}`] : [])),
    };
  },
  render({ records, total, trouble }) {
    return [
      table(records, ['name', 'type', 'value', 'on'], { unit: 'records', total, next: 'a larger `limit` or a `match`' }),
      ...trouble,
    ].join('\n');
  },
});
