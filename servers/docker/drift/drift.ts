import type { Host } from '@homelab/shared/inventory/host.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import { type Stack, type StackSetting, stacksOf } from '@homelab/shared/inventory/stack/stacks.ts';
import type { ActualContainer, ActualHost } from './actual.ts';
import { compareEnv } from './compare-env.ts';
import { compareImage } from './compare-image.ts';
import { compareMounts } from './compare-mounts.ts';
import { comparePorts } from './compare-ports.ts';
import { compareHealth, compareNetworks, comparePrivileges, compareRestart } from './compare-running.ts';
import { type Difference, type Drift, type DriftFinding, finding, inOrder, type Undetermined } from './finding.ts';
import { joined, type Pair } from './join.ts';
import { compareFiles } from './on-host.ts';
import { leftovers, notCompared, presence } from './presence.ts';

/** Both sides of a comparison. Nothing in it is read or asked for here. */
export interface Comparison {
  inventory: Inventory;
  /** Files of the repository by path: every compose file, and what they extend, include or take their environment from. */
  files: ReadonlyMap<string, string>;
  /** The commit that `files` and `inventory` are of; absent where it is not known. */
  commit?: { hash: string; at: Date };
  now: Date;
  /** A commit older than that many days is told (D14); 30 without it. */
  staleAfterDays?: number;
  hosts: readonly ActualHost[];
  /** Made by the same function as those in `ActualContainer.env`; never reversible. */
  fingerprint: (value: string) => string;
  settings?: ReadonlyMap<string, StackSetting>;
  /** Image reference to `sha256:...`, where digests are pinned outside the compose files. */
  locks?: ReadonlyMap<string, string>;
}

/** Compares what the repository wants with what runs. A machine that did not answer is named (D14) and never counted as well. */
export function drift(comparison: Comparison): Drift {
  const { inventory, hosts, files } = comparison;
  const answered = new Set(hosts.filter(({ state }) => state === 'answered').map(({ name }) => name));
  const stacks = stacksOf(inventory, files, comparison.settings);
  const everything = stacks.flatMap(({ services }) => services);
  const services = everything.filter(({ host }) => answered.has(host));
  const containers = hosts.filter(({ state }) => state === 'answered').flatMap((host) => host.containers);
  const { pairs, labelled, loose } = joined(services, containers);
  const findings: DriftFinding[] = [...notCompared(comparison, everything), ...leftovers(everything, labelled, loose, comparison)];
  const undetermined: Undetermined[] = stacks.filter(({ host }) => answered.has(host)).flatMap(unreadable);
  for (const pair of pairs) {
    findings.push(...presence(pair, labelled, hosts));
    for (const container of pair.actual) {
      for (const difference of differences(pair, container, comparison))
        settle(difference, pair.desired, container, findings, undetermined);
    }
  }
  for (const stack of stacks) {
    const onHost = hosts.find(({ name, state }) => name === stack.host && state === 'answered')?.files;
    if (onHost) findings.push(...compareFiles(stack, files, onHost));
  }
  return {
    findings: inOrder(findings.map(finding)),
    undetermined,
    compared: {
      hosts: answered.size,
      stacks: stacks.filter(({ host }) => answered.has(host)).length,
      services: services.length,
      containers: containers.length,
    },
  };
}

function differences({ desired }: Pair, actual: ActualContainer, comparison: Comparison): Difference[] {
  const host: Host | undefined = comparison.inventory.hosts.find(({ value }) => value.name === actual.host)?.value;
  return [
    ...compareImage(desired, actual, comparison.locks ?? new Map()),
    ...comparePorts(desired, actual),
    ...compareEnv(desired, actual, comparison.fingerprint),
    ...compareMounts(desired, actual, host),
    ...compareRestart(desired, actual),
    ...compareNetworks(desired, actual),
    ...compareHealth(desired, actual),
    ...comparePrivileges(desired, actual),
  ];
}

/** A difference that hangs on what only the machine knows is no finding. */
function settle(
  { variables, ...difference }: Difference,
  desired: DesiredService,
  { name: container }: ActualContainer,
  findings: DriftFinding[],
  undetermined: Undetermined[],
): void {
  const { host, project, service, partial } = desired;
  const where = { host, project, service };
  const { subject, place } = difference;
  if (!variables && partial === undefined) {
    findings.push({ ...difference, ...where, container });
    return;
  }
  const why = variables ? `differs, and hangs on ${variables.join(', ')}, which the repository does not set` : `differs, but ${partial}`;
  undetermined.push({ ...where, subject, why, variables: variables ?? [], ...(place ? { place } : {}) });
}

function unreadable({ host, project, unreadable: parts }: Stack): Undetermined[] {
  return parts.map(({ place, why }) => ({ host, project, subject: place.file, why, variables: [], place: { ...place } }));
}
