import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { percent } from '@homelab/shared/render/quantity.ts';
import { sparkline } from '@homelab/shared/render/sparkline.ts';
import { span } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readHistory } from '../client/reading.ts';
import { PiholeName } from '../naming/params.ts';
import { settled } from '../overview/settled.ts';

const HOUR_SLOTS = 6;
const WIDTH = 48;

/** Questions over the last day as a curve. */
export const dnsHistory = defineTool({
  name: 'dns_history',
  title: 'Questions over the day',
  description:
    'Questions and the blocked part of the last hours, up to 24, per Pi-hole as a curve. Shows when one went quiet or a device went wild.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ hours: z.int().min(1).max(24).default(24), pihole: PiholeName }),
  output: z.object({
    piholes: z.array(
      z.object({ name: z.string(), total: z.int(), blocked: z.int(), peak: z.int(), questions: z.string(), blocks: z.string() }),
    ),
    window: z.string(),
    trouble: z.array(z.string()),
  }),
  async handler({ hours, pihole }, fleet: Fleet, { signal }) {
    const each = await settled(fleet.chosen(pihole), (node) => readHistory(node, signal));
    const piholes = each.flatMap(({ name, value }) => {
      if (!value) return [];
      const slots = value.slice(-hours * HOUR_SLOTS);
      const sum = (key: 'total' | 'blocked') => slots.reduce((all, slot) => all + slot[key], 0);
      const curve = (key: 'total' | 'blocked') =>
        sparkline(
          slots.map((slot) => slot[key]),
          { width: WIDTH, min: 0 },
        );
      const peak = Math.max(0, ...slots.map(({ total }) => total));
      return [{ name, total: sum('total'), blocked: sum('blocked'), peak, questions: curve('total'), blocks: curve('blocked') }];
    });
    const now = new Date();
    return {
      piholes,
      window: span(new Date(now.getTime() - hours * 3_600_000), now, fleet.options.zone),
      trouble: each.flatMap(({ name, trouble }) => (trouble ? [`NOT ASKED ${name}: ${trouble}`] : [])),
    };
  },
  render({ piholes, window, trouble }) {
    return [
      window,
      ...piholes.flatMap(({ name, total, blocked, peak, questions, blocks }) => [
        `${name}: ${total} questions, ${percent(total === 0 ? 0 : blocked / total)} blocked, at most ${peak} in 10 min`,
        `  asked   ${questions}`,
        `  blocked ${blocks}`,
      ]),
      ...trouble,
    ].join('\n');
  },
});
