import { Fault } from '@homelab/shared/faults.ts';
import { defineResource } from '@homelab/shared/mcp/resource.ts';
import { beginning } from '../answer/complete.ts';
import { sourceLine, sourceOf } from '../answer/source.ts';
import type { Fleet } from '../client/fleet.ts';
import { declaredStacks, stackLines, stacksOf } from '../stacks/stack.ts';

/** One compose project of one host. */
export const projects = defineResource<Fleet>({
  name: 'projects',
  title: 'Compose projects',
  description: 'A compose project by its host and name: services, folder, files, and what the inventory names of it.',
  mimeType: 'text/plain',
  template: 'docker://{host}/projects/{project}',
  complete: {
    host: async (value, { docker }) =>
      beginning(
        value,
        docker.hosts().map(({ name }) => name),
      ),
    project: async (value, { docker }) => {
      const { found } = await docker.across((host, call) => host.containers({}, call), { deadlineMs: 1_500 });
      return beginning(
        value,
        found.flatMap((one) => one.value.flatMap(({ project }) => project ?? [])),
      );
    },
  },
  async read(_uri, { host = '', project = '' }, { docker, inventory, simulated }, { signal }) {
    const engine = docker.host(host);
    const containers = await engine.containers({ project }, { signal });
    const declared = declaredStacks(inventory()).filter((one) => one.host === engine.name && one.project === project);
    const [stack] = stacksOf(containers, declared);
    if (!stack) throw new Fault('not_found', `${engine.name} has no compose project of this name.`, { hint: 'docker_compose lists them.' });
    return [...stackLines(stack, true), sourceLine(sourceOf([engine.name], simulated)), ''].join('\n');
  },
});
