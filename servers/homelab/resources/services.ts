import { Fault } from '@homelab/shared/faults.ts';
import { defineResource } from '@homelab/shared/mcp/resource.ts';
import type { Homelab } from '../client/homelab.ts';
import { labLine, labSourceOf } from '../documents/lab-source.ts';
import { serviceNamed } from '../lookup/named.ts';
import { servicePage } from '../lookup/service-page.ts';
import { beginning, plainIndented } from '../lookup/words.ts';

/** Each service's contract with what it needs and what breaks without it. */
export const services = defineResource<Homelab>({
  name: 'services',
  title: 'Services of the lab',
  description: 'A service by its name: its contract in full, what it needs, what breaks without it.',
  mimeType: 'text/plain',
  template: 'homelab://services/{name}',
  complete: {
    name: async (value, { lab }) =>
      beginning(
        value,
        lab().inventory.services.map((one) => one.value.name),
      ),
  },
  async read(_uri, { name = '' }, { repository, lab }) {
    const known = lab();
    const found = serviceNamed(known.inventory, name);
    if ('unnamed' in found)
      throw new Fault('not_found', 'The inventory has no one service of that name.', { hint: 'inventory_find tells what there is.' });
    const lines = servicePage(known.inventory, found.service).map((line) => plainIndented(line, 900));
    return [...lines, labLine(labSourceOf(repository, known)), ''].join('\n');
  },
});
