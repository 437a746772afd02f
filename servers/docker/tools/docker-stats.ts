import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { bytes, number, percent } from '@homelab/shared/render/quantity.ts';
import { table } from '@homelab/shared/render/table.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf, hostsText } from '../answer/missing.ts';
import { ContainerName, HostName, ProjectName } from '../answer/params.ts';
import { nameText } from '../answer/short.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { pickContainer } from '../target/find-target.ts';

const Row = z.object({
  host: z.string(),
  name: z.string(),
  cpuPercent: z.number(),
  memory: z.number(),
  memoryLimit: z.number().optional(),
  pids: z.int().optional(),
  networkIn: z.number(),
  networkOut: z.number(),
  diskRead: z.number(),
  diskWritten: z.number(),
});
type Row = z.output<typeof Row>;

const KEYS: Record<'memory' | 'cpu' | 'network' | 'disk', (row: Row) => number> = {
  memory: (row) => row.memory,
  cpu: (row) => row.cpuPercent,
  network: (row) => row.networkIn + row.networkOut,
  disk: (row) => row.diskRead + row.diskWritten,
};

/** Measures what running containers use now. */
export const dockerStats = defineTool({
  name: 'docker_stats',
  title: 'What containers use',
  description: 'CPU (100 % is one core), memory without cache, network and disk rates of running containers now, the most hungry first.',
  safety: 'read',
  input: z.strictObject({
    host: HostName.optional(),
    project: ProjectName.optional(),
    name: ContainerName.optional(),
    sort: z.enum(['memory', 'cpu', 'network', 'disk']).default('memory'),
    top: z.int().min(1).max(100).default(12),
  }),
  output: z.object({ rows: z.array(Row), total: z.int(), away: z.array(Away), source: Source }),
  async handler({ host, project, name, sort, top }, { docker, simulated }: Fleet, { signal }) {
    const { found, missing } = await docker.across(
      async (one, call) => {
        const running = (await one.containers({ running: true, ...(project !== undefined && { project }) }, call)).filter(
          ({ state }) => state === 'running',
        );
        const chosen = name === undefined ? running : pickContainer(running, name);
        const [stats, { memory }] = await Promise.all([
          one.stats(
            chosen.map(({ id }) => id),
            call,
          ),
          one.about(call),
        ]);
        // An engine gives the machine's own memory as the limit of a container that has none.
        return stats.map(({ memoryLimit, ...rest }) => ({
          ...rest,
          ...(memoryLimit !== undefined && memoryLimit < memory * 0.98 && { memoryLimit }),
        }));
      },
      { ...(host !== undefined && { hosts: [host] }), signal, deadlineMs: 8_000 },
    );
    const rows = found.flatMap(({ host: on, value }) =>
      value.map(
        (one): Row => ({
          host: on,
          name: nameText(one.name),
          cpuPercent: one.cpuPercent,
          memory: one.memory,
          ...(one.memoryLimit !== undefined && { memoryLimit: one.memoryLimit }),
          ...(one.pids !== undefined && { pids: one.pids }),
          networkIn: one.network.in,
          networkOut: one.network.out,
          diskRead: one.disk.read,
          diskWritten: one.disk.written,
        }),
      ),
    );
    const key = KEYS[sort];
    return {
      rows: rows.sort((a, b) => key(b) - key(a)).slice(0, top),
      total: rows.length,
      away: awayOf(missing),
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render: ({ rows, total, away, source }, { sort }) =>
    [
      `${total} running on ${hostsText(source.hosts.length, away)}, by ${sort}`,
      table(
        rows,
        [
          'host',
          'name',
          { title: 'cpu', cell: ({ cpuPercent }) => `${number(cpuPercent)} %` },
          {
            title: 'memory',
            cell: ({ memory, memoryLimit }) =>
              `${bytes(memory)}${memoryLimit ? ` (${percent(memory / memoryLimit)} of ${bytes(memoryLimit)})` : ''}`,
          },
          { title: 'net in/out per s', cell: (row) => `${bytes(row.networkIn)}/${bytes(row.networkOut)}` },
          ...(rows.some((row) => row.diskRead + row.diskWritten > 0)
            ? [{ title: 'disk r/w per s', cell: (row: Row) => `${bytes(row.diskRead)}/${bytes(row.diskWritten)}` }]
            : []),
        ],
        { total, unit: 'containers', next: 'top' },
      ),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n'),
});
