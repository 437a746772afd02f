import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { ago, duration, number } from '@homelab/shared/render/quantity.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { lookAt } from '../client/look.ts';
import { settled } from '../overview/settled.ts';
import { type NodeLook, warningsOf } from '../overview/warnings.ts';

const Look = z.object({
  name: z.string(),
  role: z.string(),
  trouble: z.string().optional(),
  line: z.string().optional(),
});

/** How the resolvers of the house are, in one look. */
export const dnsOverview = defineTool({
  name: 'dns_overview',
  title: 'How DNS is',
  description:
    'Both Pi-holes at once: reachable, blocking and its timer, holder of the shared address, gravity, queries, API seats, what is wrong, and whether a failover would work now. Start here.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({}),
  output: z.object({ at: z.string(), piholes: z.array(Look), holder: z.string(), warnings: z.array(z.string()), failover: z.string() }),
  async handler(_input, fleet: Fleet, { signal }) {
    const [each, holding] = await Promise.all([
      settled(fleet.nodes, (node) => lookAt(fleet, node, signal), { allMayFail: true }),
      fleet.holder(signal),
    ]);
    const { warnings, failover } = warningsOf(each, holding, fleet.watch.list());
    const held = !holding.configured
      ? 'no shared address is configured'
      : holding.holders.length > 0
        ? `${holding.holders.join(', ')} (seen by ${holding.by === 'both' ? 'API and interfaces' : holding.by})`
        : 'nobody';
    return {
      at: zoned(new Date(), fleet.options.zone),
      piholes: each.map(({ name, role, value, trouble }) => ({
        name,
        role,
        ...(value ? { line: lineOf(value) } : {}),
        ...(trouble ? { trouble } : {}),
      })),
      holder: held,
      warnings: warnings.map((warning) => plain(warning, 240)),
      failover,
    };
  },
  render({ at, piholes, holder, warnings, failover }) {
    return [
      ...piholes.map(({ name, role, line, trouble }) => `${name} (${role}): ${line ?? `NOT ANSWERING · ${trouble}`}`),
      `shared address: ${holder}`,
      `failover now: ${failover}`,
      ...(warnings.length > 0 ? ['wrong:', ...warnings.map((warning) => `- ${warning}`)] : ['nothing wrong was found']),
      `at ${at}; figures of 24 h`,
    ].join('\n');
  },
});

function lineOf({ blocking, summary, seats, version, dns }: NodeLook): string {
  const timer = blocking.seconds === undefined ? '' : `, back in ${duration(blocking.seconds * 1000)}`;
  const { gravity } = summary;
  return [
    `blocking ${blocking.odd ? 'UNKNOWN' : blocking.on ? 'on' : `OFF${timer}`}`,
    dns ? `DNS ${dns}` : 'DNS ok',
    gravity.domains === undefined
      ? 'gravity UNREADABLE'
      : `gravity ${number(gravity.domains)} ${gravity.updated ? ago(gravity.updated) : 'never'}`,
    `${number(summary.queries)} queries, ${summary.percent.toFixed(0)} % blocked, ${summary.clients} clients`,
    ...(seats ? [`seats ${seats.taken.length}/${seats.most}`] : []),
    ...(version ? [version] : []),
  ].join(' · ');
}
