import { Fault } from '@homelab/shared/faults.ts';
import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';
import { everywhere } from '../client/everywhere.ts';
import type { Fleet } from '../client/fleet.ts';
import { readDevices, readTables } from '../client/reading.ts';
import { clientId } from '../client/watch.ts';
import { writeClient } from '../client/writing.ts';
import { groupsOf, meantDevice, type Named } from '../naming/device.ts';
import { groupIds } from '../naming/rule.ts';

/** Puts a device into groups, for good or for a while. */
export const dnsClientAssign = defineTool({
  name: 'dns_client_assign',
  title: 'Groups of a device',
  description:
    'Puts a device into groups on every Pi-hole; no groups at all is unfiltered. With `minutes` it goes back by itself: that is a pause for one device.',
  safety: 'write',
  idempotent: true,
  look: 'dns_devices',
  input: z.strictObject({
    client: z.string().min(1).max(100).describe('Device: name, IP or MAC'),
    groups: z.array(z.string().max(60)).max(20).describe('Names; empty for unfiltered'),
    minutes: z.int().min(1).max(1440).optional(),
  }),
  output: z.object({ client: z.string(), all: z.boolean(), piholes: z.array(z.string()), until: z.string().optional() }),
  async effect({ client, groups, minutes }, fleet: Fleet, { signal }) {
    const { device } = await oneDevice(client, fleet, signal);
    const what = groups.length > 0 ? `into ${groups.join(', ')}` : 'out of all groups (unfiltered)';
    return {
      targets: fleet.nodes.map(({ name }) => `${name} ${device.mac ?? device.ips[0]}`),
      service: 'pihole',
      preview: `Put ${plain(device.name, 60)} ${what}${minutes ? ` for ${minutes} minutes` : ''}.`,
    };
  },
  async handler({ client, groups, minutes }, fleet: Fleet, { signal }) {
    const { device, tables } = await oneDevice(client, fleet, signal);
    const wanted = new Map([...tables].map(([name, own]) => [name, groupIds(groups, own.groups)]));
    const until = minutes === undefined ? undefined : Date.now() + minutes * 60_000;
    const { all, each } = await everywhere(
      fleet.nodes,
      async (node) => {
        const own = tables.get(node.name);
        // An entry that already decides is changed; another beside it might not win.
        const entry = groupsOf(device, own?.clients ?? []).entry ?? device.mac ?? device.ips[0] ?? '';
        const before = own?.clients.find((one) => one.client === entry)?.groups;
        const pending = fleet.watch.list().find(({ id }) => id === clientId(node.name, entry));
        if (until !== undefined)
          // A second pause goes back to what stood before the first.
          fleet.watch.add([
            {
              id: clientId(node.name, entry),
              node: node.name,
              kind: 'client',
              until,
              about: pending?.about ?? { client: entry, groups: before },
            },
          ]);
        try {
          await writeClient(node, entry, wanted.get(node.name) ?? [], signal);
        } catch (error) {
          if (!pending) fleet.watch.drop([clientId(node.name, entry)]);
          throw error;
        }
        if (until === undefined) fleet.watch.drop([clientId(node.name, entry)]);
        return { entry, before, names: (before ?? [0]).map((id) => own?.groups.find((group) => group.id === id)?.name ?? `${id}`) };
      },
      async (node, { entry, before }) => {
        await writeClient(node, entry, before, signal);
        fleet.watch.drop([clientId(node.name, entry)]);
      },
    );
    return {
      client: plain(device.name, 60),
      all,
      piholes: each.map(({ name, value, trouble, back }) =>
        plain(
          `${name}: ${trouble ? `FAILED: ${trouble}` : `${value?.names.join(', ') || 'unfiltered'} -> ${back ?? (groups.join(', ') || 'unfiltered')} (entry ${value?.entry})`}`,
          300,
        ),
      ),
      ...(until !== undefined && all ? { until: zoned(new Date(until), fleet.options.zone) } : {}),
    };
  },
  render({ client, all, piholes, until }) {
    return [
      `${client}${all ? '' : ' NOT DONE everywhere, so it was put back'}${until ? ` until ${until}, then back by itself` : ''}`,
      ...piholes,
    ].join('\n');
  },
});

/** The device that is meant and the tables of each Pi-hole; `not_found` where it is none or several. */
async function oneDevice(client: string, fleet: Fleet, signal: AbortSignal) {
  const tables = new Map<string, Awaited<ReturnType<typeof readTables>>>();
  let device: Named | undefined;
  for (const node of fleet.nodes) {
    const own = await readTables(node, signal);
    tables.set(node.name, own);
    const meant = device ? undefined : meantDevice(client, await readDevices(node, signal), own.clients);
    if (meant && 'device' in meant) device = meant.device;
  }
  if (!device)
    throw new Fault('not_found', 'No single device is called that.', {
      hint: 'dns_devices lists them; give its address or its whole name.',
    });
  return { device, tables };
}
