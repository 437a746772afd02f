import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { percent } from '@homelab/shared/render/quantity.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readTop } from '../client/reading.ts';
import { settled } from '../overview/settled.ts';

/** Deep enough that what is in the middle of each Pi-hole is not lost from the sum. */
const DEEP = 200;
const OWN = /\.(in-addr|ip6)\.arpa$/;

/** The most asked names or the most asking devices, over all Pi-holes. */
export const dnsTop = defineTool({
  name: 'dns_top',
  title: 'Top of the day',
  description: 'The most asked names, most blocked names or most asking devices of the last 24 h, summed over the Pi-holes.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ what: z.enum(['domains', 'blocked', 'clients']).default('blocked'), count: z.int().min(1).max(50).default(10) }),
  output: z.object({
    rows: z.array(z.object({ name: z.string(), count: z.int(), share: z.string() })),
    total: z.int(),
    hidden: z.int(),
    questions: z.int(),
    trouble: z.array(z.string()),
  }),
  async handler({ what, count }, fleet: Fleet, { signal }) {
    const each = await settled(fleet.nodes, (node) => readTop(node, what, DEEP, signal));
    const sums = new Map<string, number>();
    for (const { value } of each) for (const { name, count: number } of value?.rows ?? []) sums.set(name, (sums.get(name) ?? 0) + number);
    const questions = each.reduce((sum, { value }) => sum + (value?.total ?? 0), 0);
    const all = [...sums].sort((a, b) => b[1] - a[1]);
    // FTL's own look-ups of names for addresses would fill the page.
    const shown = all.filter(([name]) => !OWN.test(name));
    return {
      rows: shown
        .slice(0, count)
        .map(([name, number]) => ({ name: plain(name, 120), count: number, share: percent(questions === 0 ? 0 : number / questions) })),
      ...{ total: shown.length, hidden: all.length - shown.length, questions },
      trouble: each.flatMap(({ name, trouble }) => (trouble ? [`NOT ASKED ${name}: ${trouble}`] : [])),
    };
  },
  render({ rows, total, hidden, questions, trouble }, { what }) {
    return [
      `${what}, last 24 h, of ${questions} questions`,
      table(rows, ['name', 'count', 'share'], { unit: what, total, next: 'a larger `count`' }),
      ...(hidden > 0 ? [`${hidden} reverse look-ups are left out`] : []),
      ...trouble,
    ].join('\n');
  },
});
