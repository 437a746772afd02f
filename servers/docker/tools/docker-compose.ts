import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { fit } from '@homelab/shared/render/budget.ts';
import { z } from 'zod';
import { Away, awayLines, awayOf, hostsText } from '../answer/missing.ts';
import { HostName, ProjectName } from '../answer/params.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { declaredStacks, Stack, stackLines, stacksOf } from '../stacks/stack.ts';

const MOST_TOKENS = 1_200;
const FEW = 3;

/** Lists compose projects and holds them against the inventory. */
export const dockerCompose = defineTool({
  name: 'docker_compose',
  title: 'Compose projects',
  description:
    'Compose projects of every host: services up, folder and files, and what the inventory names that has no container or is unknown to it.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ host: HostName.optional(), project: ProjectName.optional() }),
  output: z.object({
    stacks: z.array(Stack),
    loose: z.array(z.object({ host: z.string(), count: z.int() })),
    away: z.array(Away),
    source: Source,
  }),
  async handler({ host, project }, { docker, inventory, simulated }: Fleet, { signal }) {
    const { found, missing } = await docker.across((one, call) => one.containers({}, call), {
      ...(host !== undefined && { hosts: [host] }),
      signal,
    });
    const hosts = new Set(found.map((one) => one.host));
    const declared = declaredStacks(inventory()).filter((one) => hosts.has(one.host));
    const stacks = stacksOf(
      found.flatMap(({ value }) => value),
      declared,
    );
    return {
      stacks: stacks.filter((one) => project === undefined || one.project === project),
      loose: found
        .map(({ host: on, value }) => ({ host: on, count: value.filter((one) => !one.project).length }))
        .filter(({ count }) => count > 0),
      away: awayOf(missing),
      source: sourceOf([...hosts], simulated),
    };
  },
  render({ stacks, loose, away, source }) {
    const detailed = stacks.length <= FEW;
    const lines = stacks.flatMap((stack) => stackLines(stack, detailed));
    return [
      `${stacks.length} compose project${stacks.length === 1 ? '' : 's'} on ${hostsText(source.hosts.length, away)}`,
      ...(lines.length > 0 ? [fit(lines, MOST_TOKENS, { unit: 'lines', next: 'host or project' })] : []),
      ...loose.map(({ host, count }) => `${host}: ${count} container${count === 1 ? '' : 's'} that compose did not make (docker_ps)`),
      ...awayLines(away),
      sourceLine(source),
    ].join('\n');
  },
});
