import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { bytes } from '@homelab/shared/render/quantity.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf, hostsText } from '../answer/missing.ts';
import { HostName } from '../answer/params.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { DockerHost } from '../client/docker-host.ts';
import type { CallOptions } from '../client/engine.ts';
import type { Fleet } from '../client/fleet.ts';
import { imageThings, isUnused, KINDS, type Kind, networkThings, Thing, volumeThings } from '../storage/used-by.ts';

/** Lists images, volumes or networks with who uses them. */
export const dockerResources = defineTool({
  name: 'docker_resources',
  title: 'Images, volumes and networks',
  description: 'Images, volumes or networks of every host with the containers that use them; `unused` shows only what nothing uses.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    kind: z.enum(KINDS),
    host: HostName.optional(),
    unused: z.boolean().default(false),
    limit: z.int().min(1).max(200).default(30),
  }),
  output: z.object({ things: z.array(Thing), total: z.int(), size: z.number(), away: z.array(Away), source: Source }),
  async handler({ kind, host, unused, limit }, { docker, simulated }: Fleet, { signal }) {
    const { found, missing } = await docker.across((one, call) => thingsOf(one, kind, call), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
      deadlineMs: 8_000,
    });
    const all = found.flatMap(({ value }) => value).filter((thing) => !unused || isUnused(thing));
    return {
      things: all.sort((a, b) => (b.size ?? 0) - (a.size ?? 0)).slice(0, limit),
      total: all.length,
      size: all.reduce((sum, { size = 0 }) => sum + size, 0),
      away: awayOf(missing),
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render({ things, total, size, away, source }, { kind, unused }) {
    const sized = things.some((thing) => thing.size !== undefined);
    return [
      `${total} ${unused ? 'unused ' : ''}${kind} on ${hostsText(source.hosts.length, away)}${sized ? `, ${bytes(size)} (shared layers counted each time)` : ''}`,
      ...(total > 0
        ? [
            table(
              things,
              [
                'host',
                'name',
                ...(sized ? [{ title: 'size', cell: (thing: Thing) => bytes(thing.size ?? 0) }] : []),
                {
                  title: 'used by',
                  cell: ({ usedBy }) =>
                    usedBy.length > 4 ? `${usedBy.slice(0, 4).join(', ')} and ${usedBy.length - 4} more` : usedBy.join(', ') || 'nothing',
                },
                ...(things.some(({ note }) => note !== '') ? (['note'] as const) : []),
              ],
              { total, unit: kind, next: 'limit or host' },
            ),
          ]
        : []),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n');
  },
});

async function thingsOf(host: DockerHost, kind: Kind, call: CallOptions): Promise<Thing[]> {
  const containers = host.containers({}, call);
  if (kind === 'images') return imageThings(host.name, await host.images(call), await containers);
  if (kind === 'volumes') return volumeThings(host.name, await host.volumes(call), await containers);
  return networkThings(host.name, await host.networks(call), await containers);
}
