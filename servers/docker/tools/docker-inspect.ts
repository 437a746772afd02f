import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { fit } from '@homelab/shared/render/budget.ts';
import { z } from 'zod';
import { fence } from '../answer/fence.ts';
import { ContainerName, HostName } from '../answer/params.ts';
import { shortPorts, stateText } from '../answer/short.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import { contractOf, type Fleet } from '../client/fleet.ts';
import { SECTIONS, sectionLines, summaryLines } from '../details/detail-lines.ts';
import { findTarget } from '../target/find-target.ts';

const MOST_TOKENS = 1_300;

/** Shows one container: what it is made of and how it is. */
export const dockerInspect = defineTool({
  name: 'docker_inspect',
  title: 'One container in detail',
  description: 'What a container is made of: image, limits, ports, mounts, restarts; sections in full. Secrets are [redacted].',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    name: ContainerName,
    host: HostName.optional(),
    sections: z.array(z.enum(SECTIONS)).max(SECTIONS.length).default([]),
  }),
  output: z.object({
    summary: z.array(z.string()),
    sections: z.array(z.object({ section: z.enum(SECTIONS), lines: z.array(z.string()) })),
    source: Source,
  }),
  async handler({ name, host, sections }, fleet: Fleet, call) {
    const target = await findTarget(fleet, { name, host }, call);
    const one = await target.host.inspect(target.container.id, { signal: call.signal });
    const contract = contractOf(fleet.inventory(), one);
    const secrets = contract?.secrets.map((secret) => secret.name) ?? [];
    return {
      summary: summaryLines(one, shortPorts(one.ports), stateText(one), contract?.name),
      sections: sections.map((section) => ({ section, lines: sectionLines(one, section, secrets) })),
      source: sourceOf([one.host], fleet.simulated),
    };
  },
  render: ({ summary, sections, source }) =>
    [
      ...summary,
      ...sections.flatMap(({ section, lines }) => [
        `${section}: ${lines.length === 0 ? 'none' : ''}`.trim(),
        ...(lines.length > 0 ? [fence(fit(lines, MOST_TOKENS, { unit: `lines of ${section}` }))] : []),
      ]),
      sourceLine(source),
    ].join('\n'),
});
