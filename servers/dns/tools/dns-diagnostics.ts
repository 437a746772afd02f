import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { fit, SOFT_LIMIT } from '@homelab/shared/render/budget.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { ago, duration } from '@homelab/shared/render/quantity.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import type { Node } from '../client/node.ts';
import { readLog, readMessages, readSeats, readUpstreams } from '../client/reading.ts';
import { PiholeName } from '../naming/params.ts';
import { settled } from '../overview/settled.ts';

/** What a Pi-hole says about itself. */
export const dnsDiagnostics = defineTool({
  name: 'dns_diagnostics',
  title: 'What Pi-hole says about itself',
  description:
    'Messages, API seats and who holds them, upstream servers, or the log of FTL or dnsmasq, of every Pi-hole or one; `grep` keeps lines with that text.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    section: z.enum(['messages', 'seats', 'upstreams', 'log_ftl', 'log_dnsmasq']).default('messages'),
    pihole: PiholeName,
    grep: z.string().max(100).optional(),
    lines: z.int().min(1).max(200).default(30),
  }),
  output: z.object({ lines: z.array(z.string()), total: z.int(), section: z.string() }),
  async handler({ section, pihole, grep, lines: most }, fleet: Fleet, { signal }) {
    const zone = fleet.options.zone;
    const read = async (node: Node): Promise<string[]> => {
      if (section === 'messages')
        return (await readMessages(node, signal)).map(({ id, at, type, text }) => `message ${id} ${type} ${zoned(at, zone)}: ${text}`);
      if (section === 'upstreams')
        return (await readUpstreams(node, signal)).map(({ server, count, ms }) => `${server}: ${count} questions, ${duration(ms)} each`);
      if (section !== 'seats') {
        const log = await readLog(node, section === 'log_ftl' ? 'ftl' : 'dnsmasq', signal);
        return log.map(({ at, text }) => `${zoned(at, zone).slice(5, 19)} ${text}`).reverse();
      }
      const { most: all, taken } = await readSeats(node, signal);
      return [
        `${taken.length} of ${all} API seats taken`,
        ...taken.map(
          ({ id, ours, address, agent, since, active }) =>
            `seat ${id} ${address} ${agent ?? ''}${ours ? ' (this server)' : ''}, since ${ago(since)}, used ${ago(active)}`,
        ),
      ];
    };
    const each = await settled(fleet.chosen(pihole), read);
    const wanted = grep?.toLowerCase();
    const found = each.flatMap(({ name, value, trouble }) =>
      trouble
        ? [`NOT ASKED ${name}: ${trouble}`]
        : (value ?? []).map((line) => plain(`${name} ${line}`, 240)).filter((line) => !wanted || line.toLowerCase().includes(wanted)),
    );
    return { lines: found.slice(0, most), total: found.length, section };
  },
  render({ lines, total, section }) {
    if (total === 0) return `no ${section} match`;
    return fit(lines, SOFT_LIMIT, { unit: 'lines', total, next: 'more `lines`, one `pihole`, or a `grep`' });
  },
});
