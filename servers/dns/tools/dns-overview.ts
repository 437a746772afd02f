import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { lookAt } from '../client/look.ts';
import { overviewOf, overviewText } from '../overview/overview.ts';
import { settled } from '../overview/settled.ts';

const Look = z.object({ name: z.string(), role: z.string(), trouble: z.string().optional(), line: z.string().optional() });

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
    return overviewOf(each, holding, fleet.watch.list(), fleet.options.zone);
  },
  render: overviewText,
});
