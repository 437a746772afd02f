import { Fault } from '@homelab/shared/faults.ts';
import { defineResource } from '@homelab/shared/mcp/resource.ts';
import { beginning } from '../answer/complete.ts';
import { shortPorts, stateText } from '../answer/short.ts';
import { sourceLine, sourceOf } from '../answer/source.ts';
import { contractOf, type Fleet } from '../client/fleet.ts';
import { summaryLines } from '../details/detail-lines.ts';
import { findTarget } from '../target/find-target.ts';

/** One container of one host. */
export const containers = defineResource<Fleet>({
  name: 'containers',
  title: 'Containers',
  description: 'A container by its host and name: what it is made of and how it is.',
  mimeType: 'text/plain',
  template: 'docker://{host}/containers/{name}',
  complete: {
    host: async (value, { docker }) =>
      beginning(
        value,
        docker.hosts().map(({ name }) => name),
      ),
    name: async (value, { docker }) => {
      const { found } = await docker.across((host, call) => host.containers({}, call), { deadlineMs: 1_500 });
      return beginning(
        value,
        found.flatMap((one) => one.value.map(({ name }) => name)),
      );
    },
  },
  async read(_uri, { host = '', name = '' }, fleet, { signal }) {
    if (host === '' || name === '') throw new Fault('not_found', 'A container is named by its host and its name.');
    const target = await findTarget(fleet, { name, host }, { signal });
    const one = await target.host.inspect(target.container.id, { signal });
    const lines = summaryLines(one, shortPorts(one.ports), stateText(one), contractOf(fleet.inventory(), one)?.name);
    return [...lines, sourceLine(sourceOf([one.host], fleet.simulated)), ''].join('\n');
  },
});
