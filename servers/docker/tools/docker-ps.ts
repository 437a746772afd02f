import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { fit } from '@homelab/shared/render/budget.ts';
import { nearest } from '@homelab/shared/render/nearest.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf, hostsText } from '../answer/missing.ts';
import { ContainerName, HostName, ProjectName } from '../answer/params.ts';
import { nameText, shortImage, shortPorts } from '../answer/short.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { watchedContainers } from '../client/watched.ts';
import { ContainerRow, rowOf } from '../summary/container-row.ts';
import { fullLines, shortLines } from '../summary/ps-lines.ts';
import { pickContainer } from '../target/find-target.ts';

const MOST_TOKENS = 1_400;

/** Lists the containers of all hosts. */
export const dockerPs = defineTool({
  name: 'docker_ps',
  title: 'Containers of all machines',
  description: 'Containers of every host: those in trouble in full, the rest by compose project; `full` gives a line each. Start here.',
  safety: 'read',
  idempotent: true,
  meta: { 'anthropic/alwaysLoad': true },
  input: z.strictObject({
    host: HostName.optional(),
    project: ProjectName.optional(),
    name: ContainerName.optional(),
    state: z.enum(['problem', 'running', 'all']).default('all'),
    full: z.boolean().default(false).describe('Image, ports and age of each'),
  }),
  output: z.object({
    rows: z.array(ContainerRow),
    away: z.array(Away),
    unwatched: z.array(z.string()),
    near: z.string().optional(),
    source: Source,
  }),
  async handler({ host, project, name, state }, { docker, simulated }: Fleet, { signal }) {
    const filter = { ...(project !== undefined && { project }), running: state === 'running' };
    const { found, missing } = await docker.across((one, call) => watchedContainers(one, filter, call), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
    });
    const all = found.flatMap(({ value }) => value.containers);
    const chosen = name === undefined ? all : pickContainer(all, name);
    const rows = chosen.map(rowOf).filter(({ trouble }) => state !== 'problem' || trouble);
    const names = all.map((one) => one.name);
    const near = name === undefined || chosen.length > 0 ? undefined : nearest(name, names);
    return {
      rows,
      away: awayOf(missing),
      unwatched: found.filter(({ value }) => value.unwatched).map((one) => one.host),
      ...(near !== undefined && { near: nameText(near) }),
      source: sourceOf(
        found.map((one) => one.host),
        simulated,
      ),
    };
  },
  render({ rows, away, unwatched, near, source }, { state, full, name, project }) {
    const troubled = rows.filter(({ trouble }) => trouble).length;
    const running = rows.filter((row) => row.state === 'running').length;
    const narrowed = name !== undefined || project !== undefined || state !== 'all';
    const what = state === 'problem' ? 'in trouble' : narrowed ? 'found' : 'in all';
    const head = `${rows.length} containers ${what} on ${hostsText(source.hosts.length, away)}${state === 'problem' ? '' : `, ${running} running, ${troubled} in trouble`}`;
    const many = full || state === 'problem' || (name !== undefined && rows.length <= 5);
    const lines = many ? fullLines(rows, { image: shortImage, ports: shortPorts, counted: !narrowed }) : shortLines(rows);
    return [
      head,
      ...(lines.length > 0 ? [fit(lines, MOST_TOKENS, { unit: 'lines', next: 'narrow with host or project' })] : []),
      ...(rows.length === 0 && name !== undefined
        ? [near ? `did you mean ${near}?` : 'docker_find looks in images, ports and paths too']
        : []),
      ...(rows.length === 0 && project !== undefined ? ['docker_compose lists the projects'] : []),
      ...unwatched.map((host) => `! ${host}: its events could not be read, so containers that keep ending may be missed`),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n');
  },
});
