import { Fault } from '@homelab/shared/faults.ts';
import { defineResource } from '@homelab/shared/mcp/resource.ts';
import type { Homelab } from '../client/homelab.ts';
import { labLine, labSourceOf } from '../documents/lab-source.ts';
import { hostPage } from '../lookup/host-page.ts';
import { oneHost } from '../lookup/named.ts';
import { beginning, plainIndented } from '../lookup/words.ts';

/** Each machine, how it is reached, what runs there and what breaks without it. */
export const hosts = defineResource<Homelab>({
  name: 'hosts',
  title: 'Machines of the lab',
  description: 'A machine by its name: how it is reached, what runs there, what breaks without it.',
  mimeType: 'text/plain',
  template: 'homelab://hosts/{name}',
  complete: {
    name: async (value, { lab }) =>
      beginning(
        value,
        lab().inventory.hosts.map((one) => one.value.name),
      ),
  },
  async read(_uri, { name = '' }, { repository, lab }) {
    const known = lab();
    const found = oneHost(known.inventory, name);
    if ('unnamed' in found)
      throw new Fault('not_found', 'The inventory has no host of that name.', { hint: 'inventory_find tells what there is.' });
    const lines = hostPage(known.inventory, found.host).map((line) => plainIndented(line, 900));
    return [...lines, labLine(labSourceOf(repository, known)), ''].join('\n');
  },
});
