import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { ago, bytes } from '@homelab/shared/render/quantity.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf } from '../answer/missing.ts';
import { HostName } from '../answer/params.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { KindUse, kindsOf } from '../storage/disk-use.ts';

/** Tells what Docker takes of the disks. */
export const dockerDisk = defineTool({
  name: 'docker_disk',
  title: 'Disk space that Docker takes',
  description:
    'What images, containers, volumes and build cache take on each host, what of it nothing uses, and the largest. Measured at most every ten minutes.',
  safety: 'read',
  idempotent: true,
  deadline: 70_000,
  input: z.strictObject({ host: HostName.optional(), fresh: z.boolean().default(false).describe('Measure again') }),
  output: z.object({
    hosts: z.array(z.object({ host: z.string(), at: z.string(), kinds: z.array(KindUse) })),
    away: z.array(Away),
    source: Source,
  }),
  async handler({ host, fresh }, { docker, simulated }: Fleet, { signal }) {
    const { found, missing } = await docker.across((one, call) => one.disk({ fresh }, call), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
      deadlineMs: 60_000,
    });
    return {
      hosts: found.map(({ host: on, value }) => ({ host: on, at: value.at.toISOString(), kinds: kindsOf(value) })),
      away: awayOf(missing),
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render: ({ hosts, away, source }) =>
    [
      ...hosts.flatMap(({ host, at, kinds }) => [
        `${host} ${bytes(kinds.reduce((sum, { size }) => sum + size, 0))}, measured ${ago(new Date(at))}`,
        ...kinds
          .filter(({ count }) => count > 0)
          .map(({ kind, count, size, unused, largest }) => {
            const top = largest
              .slice(0, hosts.length > 1 ? 2 : 5)
              .map((one) => `${one.name} ${bytes(one.size)}${one.used ? '' : ' unused'}`);
            return `  ${kind} ${count}: ${bytes(size)}${unused > 0 ? `, ${bytes(unused)} unused` : ''}${kind === 'build cache' || top.length === 0 ? '' : ` · ${top.join(', ')}`}`;
          }),
      ]),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n'),
});
