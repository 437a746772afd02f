import { defineResource } from '@homelab/shared/mcp/resource.ts';
import type { Fleet } from '../client/fleet.ts';
import { lookAt } from '../client/look.ts';
import { overviewOf, overviewText } from '../overview/overview.ts';
import { settled } from '../overview/settled.ts';

/** How the resolvers are, as a page. */
export const overview = defineResource<Fleet>({
  name: 'overview',
  title: 'How DNS is',
  description: 'Every Pi-hole, the shared address, what is wrong.',
  mimeType: 'text/plain',
  uri: 'dns://overview',
  async read(_uri, _variables, fleet, { signal }) {
    const [each, holding] = await Promise.all([
      settled(fleet.nodes, (node) => lookAt(fleet, node, signal), { allMayFail: true }),
      fleet.holder(signal),
    ]);
    return `${overviewText(overviewOf(each, holding, fleet.watch.list(), fleet.options.zone))}\n`;
  },
});
