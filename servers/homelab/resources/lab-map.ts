import { defineResource } from '@homelab/shared/mcp/resource.ts';
import type { Homelab } from '../client/homelab.ts';
import { labLine, labSourceOf } from '../documents/lab-source.ts';
import { mapLines } from '../lookup/map.ts';
import { plainIndented } from '../lookup/words.ts';

/** Every machine with its services on one page. */
export const labMap = defineResource<Homelab>({
  name: 'map',
  title: 'Map of the lab',
  description: 'Machines with their services, addresses, ports and needs, and what hangs on what, on one page.',
  mimeType: 'text/plain',
  uri: 'homelab://map',
  async read(_uri, _variables, { repository, lab }) {
    const known = lab();
    return [...mapLines(known.inventory).map((line) => plainIndented(line, 400)), labLine(labSourceOf(repository, known)), ''].join('\n');
  },
});
