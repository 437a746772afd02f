import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import { type Stack, stacksOf } from '@homelab/shared/inventory/stack/stacks.ts';
import type { ActualContainer, ActualHost } from './actual.ts';
import { pathOnHost } from './paths.ts';

/** What the machines would show right after every stack of the repository was brought up: the other side of a comparison without drift. */
export function asDeployed(inventory: Inventory, files: ReadonlyMap<string, string>, fingerprint: (value: string) => string): ActualHost[] {
  const stacks = stacksOf(inventory, files);
  return inventory.hosts.map(({ value: host }) => ({
    name: host.name,
    state: host.sleepy ? 'asleep' : 'answered',
    containers: stacks.flatMap((stack) =>
      stack.services
        .filter((service) => service.host === host.name && service.scale > 0)
        .map((service) => containerOf(service, stack, host.deploy_root ?? '/', fingerprint, inventory)),
    ),
  }));
}

function containerOf(
  desired: DesiredService,
  stack: Stack,
  root: string,
  fingerprint: (value: string) => string,
  inventory: Inventory,
): ActualContainer {
  const { host, project, service, networkMode, networks } = desired;
  const workingDir = posix.join(root, desired.folder);
  const machine = inventory.hosts.find(({ value }) => value.name === host)?.value;
  const [policy = 'no', most] = desired.restart.split(':');
  return {
    host,
    id: createHash('sha256').update(`${host} ${project} ${service}`).digest('hex'),
    name: desired.containerName ?? `${project}-${service}-1`,
    state: 'running',
    compose: { project, service, oneoff: false, workingDir, configFiles: stack.paths.map((path) => posix.join(root, path)) },
    image: desired.image ?? `${project}-${service}`,
    imageDigests: [],
    env: new Map([...desired.env].flatMap(([name, value]) => (value === null ? [] : [[name, fingerprint(value)] as const]))),
    imageEnv: new Map(),
    ports: desired.ports.flatMap(({ address, published, target, count, protocol }) =>
      Array.from({ length: count }, (_, index) => ({
        ...(address ? { address } : {}),
        ...(published === undefined ? {} : { published: published + index }),
        target: target + index,
        protocol,
      })),
    ),
    mounts: desired.mounts.map(({ kind, source = '0'.repeat(64), target, readOnly }) => ({
      kind,
      source: kind === 'bind' ? (pathOnHost(source, desired.folder, workingDir, machine) ?? source) : source,
      target,
      readOnly,
    })),
    restart: { name: policy, ...(most === undefined ? {} : { most: Number(most) }) },
    networkMode: networkMode ?? networks[0] ?? 'default',
    networks: networkMode === undefined ? networks : networkMode === 'host' ? ['host'] : [],
    ...(desired.pid === undefined ? {} : { pidMode: desired.pid }),
    privileged: desired.privileged,
    capAdd: desired.capAdd,
    healthcheck: desired.healthcheck === 'disabled' ? 'disabled' : 'set',
  };
}
