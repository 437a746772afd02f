import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Homelab } from '../client/homelab.ts';
import { LabSource, labLine, labSourceOf } from '../documents/lab-source.ts';
import { hostLines } from '../lookup/host-lines.ts';
import { oneHost, Unnamed, unnamedLines } from '../lookup/named.ts';
import { LabName } from '../lookup/params.ts';
import { placeText } from '../lookup/words.ts';

/** Tells what a machine is, how it is reached and what runs there. */
export const hostGet = defineTool({
  name: 'host_get',
  title: 'A machine of the lab',
  description:
    'A machine: hardware, SSH and Docker access, labels for metrics and logs, reboot and sudo notes, its services with ports, runbooks.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({ host: LabName }),
  output: z.object({
    host: z.object({ name: z.string(), place: z.string(), lines: z.array(z.string()) }).optional(),
    unnamed: Unnamed.optional(),
    source: LabSource,
  }),
  async handler({ host: name }, { repository, lab }: Homelab) {
    const known = lab();
    const source = labSourceOf(repository, known);
    const found = oneHost(known.inventory, name);
    if ('unnamed' in found) return { ...found, source };
    const { value, place } = found.host;
    const lines = hostLines(known.inventory, value).map((line) => plain(line, 600));
    return { host: { name: plain(value.name, 80), place: placeText(place), lines }, source };
  },
  render({ host, unnamed, source }) {
    const told = host ? [`${host.name} · ${host.place}`, ...host.lines] : unnamed ? unnamedLines(unnamed, 'host') : [];
    return [...told, labLine(source)].join('\n');
  },
});
