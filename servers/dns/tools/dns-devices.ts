import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { ago } from '@homelab/shared/render/quantity.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import type { Fleet } from '../client/fleet.ts';
import { readDevices, readTables } from '../client/reading.ts';
import { groupsOf } from '../naming/device.ts';
import { settled } from '../overview/settled.ts';

/** Devices that ask, with their groups. */
export const dnsDevices = defineTool({
  name: 'dns_devices',
  title: 'Devices that ask',
  description:
    'Devices of the network as the Pi-holes see them: name, addresses, vendor, groups, last question. `match` is a part of any of these.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ match: z.string().max(100).optional(), limit: z.int().min(1).max(200).default(30) }),
  output: z.object({
    devices: z.array(
      z.object({ name: z.string(), ips: z.string(), mac: z.string(), vendor: z.string(), groups: z.string(), last: z.string() }),
    ),
    total: z.int(),
    trouble: z.array(z.string()),
  }),
  async handler({ match, limit }, fleet: Fleet, { signal }) {
    const each = await settled(fleet.nodes, async (node) => ({
      devices: await readDevices(node, signal),
      tables: await readTables(node, signal),
    }));
    const seen = new Map<string, { name: string; ips: string; mac: string; vendor: string; groups: string; at: number }>();
    for (const { value } of each)
      for (const { hwaddr, macVendor, lastQuery, ips } of value?.devices ?? []) {
        const name = ips.find((one) => one.name)?.name ?? '';
        const { groups } = groupsOf({ name, ips: ips.map(({ ip }) => ip), mac: hwaddr }, value?.tables.clients ?? []);
        const words =
          groups.map((id) => value?.tables.groups.find((group) => group.id === id)?.name ?? `${id}`).join(', ') || 'none: unfiltered';
        const old = seen.get(hwaddr);
        // The primary comes first and decides; another one may have heard it later.
        if (old) old.at = Math.max(old.at, lastQuery);
        else
          seen.set(hwaddr, {
            ...{ name: plain(name, 60), ips: ips.map(({ ip }) => ip).join(' '), mac: hwaddr.startsWith('ip-') ? '' : hwaddr },
            ...{ vendor: plain(macVendor ?? '', 40), groups: plain(words, 80), at: lastQuery },
          });
      }
    const wanted = match?.toLowerCase() ?? '';
    const found = [...seen.values()]
      .filter((one) => Object.values(one).join(' ').toLowerCase().includes(wanted))
      .sort((a, b) => b.at - a.at);
    return {
      devices: found.slice(0, limit).map(({ at, ...rest }) => ({ ...rest, last: at > 0 ? ago(new Date(at * 1000)) : 'never' })),
      total: found.length,
      trouble: each.flatMap(({ name, trouble }) => (trouble ? [`NOT ASKED ${name}: ${trouble}`] : [])),
    };
  },
  render({ devices, total, trouble }) {
    return [
      table(devices, ['name', 'ips', 'mac', 'vendor', 'groups', 'last'], { unit: 'devices', total, next: 'a longer `limit` or a `match`' }),
      ...trouble,
    ].join('\n');
  },
});
