import { plain } from '@homelab/shared/render/plain.ts';
import type { Evidence } from '../client/evidence.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import { tellingLines } from './telling-lines.ts';

/** A diagnosis as it is shown; `quoted` is what the container itself wrote, not yet fenced. */
export interface Told extends Diagnosis {
  quoted: { title: string; lines: string[] }[];
  needs: string[];
  gaps: string[];
}

const LONGEST_LINE = 220;

/** The verdict with what it rests on, as little of the container's own words as explains it. */
export function tellDiagnosis(evidence: Evidence): Told {
  const { container, lines, linesOf, needs, gaps, contract, forgetful } = evidence;
  const found = diagnose(evidence);
  const failing = container.health === 'unhealthy' ? container.healthRuns.filter(({ exitCode }) => exitCode !== 0).at(-1) : undefined;
  const quoted = [
    ...(container.error ? [{ title: 'Docker said', lines: [plain(container.error, 300)] }] : []),
    ...(failing ? [{ title: `health check, exit ${failing.exitCode}`, lines: [plain(failing.output.trim(), 300)] }] : []),
    ...(found.state === 'well' || lines.length === 0
      ? []
      : [
          {
            title: `log ${linesOf}`,
            lines: tellingLines(lines).map(({ text, stream }) => `${stream === 'stderr' ? '! ' : ''}${plain(text, LONGEST_LINE)}`),
          },
        ]),
  ];
  return {
    ...found,
    facts: found.facts.map((fact) => plain(fact, 240)),
    quoted,
    needs: needs.map((one) => `${one.kind} ${one.name} on ${one.host}: ${needState(one)}`),
    gaps: [
      ...gaps,
      ...(forgetful ? ['the engine no longer remembers its start: earlier ends may be missing here'] : []),
      ...(contract ? [] : ['no contract in the inventory: what it needs is not known']),
    ],
  };
}

function needState({ docker, unknown, containers }: Evidence['needs'][number]): string {
  if (unknown) return 'not known, its host did not answer';
  if (!docker) return 'not in Docker';
  if (containers.length === 0) return 'no container';
  return containers.map(({ state, health }) => (state === 'running' ? (health ?? 'up') : state)).join(', ');
}
