import { defineResource } from '@homelab/shared/mcp/resource.ts';
import type { Fleet } from '../client/fleet.ts';
import { lookAt } from '../client/look.ts';
import { overviewOf, overviewText } from '../overview/overview.ts';
import { settled } from '../overview/settled.ts';

/** One Pi-hole by its name or role. */
export const node = defineResource<Fleet>({
  name: 'node',
  title: 'A Pi-hole',
  description: 'One Pi-hole: blocking, gravity, figures of 24 h, seats, what is wrong with it.',
  mimeType: 'text/plain',
  template: 'dns://node/{name}',
  complete: { name: async (value, { nodes }) => nodes.map(({ name }) => name).filter((name) => name.startsWith(value)) },
  async read(_uri, { name }, fleet, { signal }) {
    const each = await settled(fleet.chosen(name), (one) => lookAt(fleet, one, signal), { allMayFail: true });
    return `${overviewText(overviewOf(each, await fleet.holder(signal), fleet.watch.list(), fleet.options.zone))}\n`;
  },
});
