import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { z } from 'zod';
import { fence } from '../answer/fence.ts';
import { ContainerName, HostName } from '../answer/params.ts';
import { nameText, stateText } from '../answer/short.ts';
import { Source, sourceLine, sourceOf } from '../answer/source.ts';
import { gatherEvidence } from '../client/evidence.ts';
import type { Fleet } from '../client/fleet.ts';
import { tellDiagnosis } from '../diagnosis/diagnosis-lines.ts';
import { findTarget } from '../target/find-target.ts';

/** Says why a container is down, restarting or unhealthy. */
export const dockerDiagnose = defineTool({
  name: 'docker_diagnose',
  title: 'Why a container is down or restarting',
  description:
    'Why a container is down, restarting or unhealthy: exit code, memory, health output, last lines before its end, what it needs, what changed.',
  safety: 'read',
  input: z.strictObject({ name: ContainerName, host: HostName.optional() }),
  output: z.object({
    container: z.string(),
    host: z.string(),
    state: z.enum(['well', 'trouble', 'down']),
    now: z.string(),
    verdict: z.string(),
    facts: z.array(z.string()),
    quoted: z.array(z.object({ title: z.string(), lines: z.array(z.string()) })),
    needs: z.array(z.string()),
    gaps: z.array(z.string()),
    next: z.array(z.string()),
    source: Source,
  }),
  async handler({ name, host }, fleet: Fleet, call) {
    const target = await findTarget(fleet, { name, host }, call);
    const evidence = await gatherEvidence(fleet, target.host, target.container.id, call);
    return {
      container: nameText(evidence.container.name),
      host: target.host.name,
      now: stateText(evidence.container),
      ...tellDiagnosis(evidence),
      source: sourceOf([target.host.name], fleet.simulated),
    };
  },
  render: ({ container, host, now, verdict, facts, quoted, needs, gaps, next, source }) =>
    [
      `${container} on ${host}, ${now}`,
      verdict,
      ...facts.map((fact) => `- ${fact}`),
      ...quoted.flatMap(({ title, lines }) => [`${title}:`, fence(lines.join('\n'))]),
      ...(needs.length > 0 ? [`needs ${needs.join('; ')}`] : []),
      ...gaps.map((gap) => `! ${gap}`),
      ...(next.length > 0 ? [`next: ${next.join('; ')}`] : []),
      sourceLine(source),
    ].join('\n'),
});
