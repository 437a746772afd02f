import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer, ActualHost } from './actual.ts';
import type { Comparison } from './drift.ts';
import type { DriftFinding } from './finding.ts';
import type { Pair } from './join.ts';

const DAY_MS = 86_400_000;
const THERE = new Set<ActualContainer['state']>(['running', 'restarting', 'paused']);

/** D01: declared and not running. One that runs on another host is told there, and one that has run once and ended well is as it should be. */
export function presence({ desired, actual }: Pair, labelled: readonly ActualContainer[], hosts: readonly ActualHost[]): DriftFinding[] {
  const { host, project, service, scale, restart, at } = desired;
  const there = actual.filter(({ state }) => THERE.has(state)).length;
  if (there >= scale) return [];
  const done = restart === 'no' && actual.some(({ state, exitCode }) => state === 'exited' && exitCode === 0);
  if (done) return [];
  const elsewhere = labelled.some(({ compose }) => compose?.project === project && compose.service === service);
  if (elsewhere && actual.length === 0) return [];
  const [container] = actual;
  const asleep = hosts.some(({ name, state }) => name === host && state !== 'answered');
  if (asleep) return [];
  const found = container ? (scale > 1 ? `${there} running` : container.state) : 'no container';
  return [
    {
      code: 'D01',
      severity: 'error',
      host,
      project,
      service,
      ...(container ? { container: container.name } : {}),
      subject: 'container',
      desired: scale > 1 ? `${scale} running` : 'running',
      actual: found,
      place: at([]),
    },
  ];
}

/** D02, D03 and D04: containers that the repository does not want where they are. */
export function leftovers(
  services: readonly DesiredService[],
  labelled: readonly ActualContainer[],
  loose: readonly ActualContainer[],
  { inventory }: Comparison,
): DriftFinding[] {
  const strangers = labelled.map((container): DriftFinding => {
    const { project = '', service = '' } = container.compose ?? {};
    const base = { host: container.host, project, service, container: container.name };
    const wanted = services.filter((one) => one.project === project && one.service === service);
    const [first] = wanted;
    if (!first) return { code: 'D02', severity: 'warn', ...base, subject: 'container', actual: container.state };
    const place = first.contract?.at(['owner_node']) ?? first.at([]);
    const desired = wanted.map(({ host }) => host).join(', ');
    return { code: 'D04', severity: 'error', ...base, subject: 'host', desired, actual: container.host, place };
  });
  const known = new Set(
    inventory.services.flatMap(({ value }) => [value.name, ...value.runtime.services].map((name) => `${value.owner_node} ${name}`)),
  );
  const nobodys = loose
    .filter(({ host, name }) => !known.has(`${host} ${name}`))
    .map((container): DriftFinding => {
      // One that others can reach, or that holds the machine, is worth more than a note.
      const open = container.ports.some(({ address }) => !address?.startsWith('127.')) || container.networkMode === 'host';
      const severity = open || container.privileged ? 'warn' : 'info';
      const { host, name, image } = container;
      return { code: 'D03', severity, host, container: name, subject: 'container', actual: `${container.state}, ${image}` };
    });
  return [...strangers, ...nobodys];
}

/** D14: machines that did not answer, and a repository that is old. */
export function notCompared(comparison: Comparison, services: readonly DesiredService[]): DriftFinding[] {
  const { hosts, commit, now, staleAfterDays = 30 } = comparison;
  const away = hosts
    .filter(({ state }) => state !== 'answered')
    .map(({ name, state, why }): DriftFinding => {
      const count = services.filter(({ host }) => host === name).length;
      const actual = why ? `${state}: ${why}` : state;
      return { code: 'D14', severity: 'info', host: name, subject: 'host', desired: `${count} services`, actual };
    });
  const days = commit ? Math.floor((now.getTime() - commit.at.getTime()) / DAY_MS) : 0;
  if (!commit || days <= staleAfterDays) return away;
  const desired = `at most ${staleAfterDays} days old`;
  return [
    ...away,
    { code: 'D14', severity: 'info', host: '', subject: `commit ${commit.hash.slice(0, 12)}`, desired, actual: `${days} days old` },
  ];
}
