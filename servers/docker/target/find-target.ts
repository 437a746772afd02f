import { Fault } from '@homelab/shared/faults.ts';
import { fold, servicesNamed } from '@homelab/shared/inventory/inventory.ts';
import { nearest } from '@homelab/shared/render/nearest.ts';
import type { Missing } from '../client/across-hosts.ts';
import type { Container } from '../client/container.ts';
import type { DockerHost } from '../client/docker-host.ts';
import type { Fleet } from '../client/fleet.ts';

/** The one container that a name means. */
export interface Target {
  host: DockerHost;
  container: Container;
}

/** Finds the one container of a name on a host, or on the only host that has it. Throws a Fault that says what is near, and which hosts could not be asked. */
export async function findTarget(
  fleet: Fleet,
  { name, host }: { name: string; host?: string | undefined },
  call: { signal: AbortSignal },
): Promise<Target> {
  const { found, missing } = await fleet.docker.across((one, limits) => one.containers({}, limits), {
    ...(host === undefined ? {} : { hosts: [host] }),
    signal: call.signal,
  });
  const containers = found.flatMap(({ value }) => value);
  const chosen = pickContainer(containers, name, (service) => containersOf(fleet, service));
  const [only, ...others] = chosen;
  if (!only) throw nothing(name, containers, missing);
  if (others.length > 0) throw several(chosen);
  // SECURITY: the one that was found need not be the one that is meant while a host that may have it too is silent.
  const silent = missing.filter(({ reason }) => reason !== 'asleep');
  if (silent.length > 0 && host === undefined)
    throw new Fault(
      'unavailable',
      `${listed(silent.map((one) => one.host))} did not answer, so it is not sure that only ${only.host} has this container.`,
      {
        hint: `Give host: ${only.host}.`,
      },
    );
  return { host: fleet.docker.host(only.host), container: only };
}

/** The containers that a name means: by name, then id, then project/service, then the inventory's service. */
export function pickContainer<One extends Container>(
  containers: readonly One[],
  asked: string,
  ofService: (name: string) => readonly { host: string; container: string }[] = () => [],
): One[] {
  const [project = '', service] = asked.split('/');
  const wanted = fold(asked);
  const ways: ((one: One) => boolean)[] = [
    ({ name }) => name === asked,
    ({ id }) => /^[0-9a-f]{4,64}$/.test(asked) && id.startsWith(asked),
    (one) => service !== undefined && one.project === project && one.service === service,
    ({ name, service: own }) => fold(name) === wanted || fold(own ?? '') === wanted,
  ];
  for (const way of ways) {
    const found = containers.filter(way);
    if (found.length > 0) return found;
  }
  const contracts = ofService(asked);
  return containers.filter(({ host, name, service: own }) =>
    contracts.some((one) => one.host === host && (one.container === name || one.container === own)),
  );
}

function containersOf({ inventory }: Fleet, name: string): { host: string; container: string }[] {
  return servicesNamed(inventory(), name).flatMap(({ value }) =>
    value.runtime.services.map((container) => ({ host: value.owner_node, container })),
  );
}

/** Docker's own alphabet for names: nothing else may stand in a sentence of ours. */
const SAFE = /^[a-zA-Z0-9][\w.-]{1,63}$/;

function nothing(asked: string, containers: readonly Container[], missing: readonly Missing[]): Fault {
  const silent = missing.map(({ host }) => host);
  const names = containers.map(({ name }) => name).filter((name) => SAFE.test(name));
  const wanted = fold(asked);
  const near = nearest(asked, names) ?? names.find((name) => wanted.length > 2 && fold(name).includes(wanted));
  const on = near ? containers.filter(({ name }) => name === near).map(({ host }) => host) : [];
  if (silent.length > 0)
    return new Fault('unavailable', `No container of this name was found, but ${listed(silent)} could not be asked.`, {
      hint: near ? `Did you mean ${near} on ${listed(on)}? docker_hosts tells why a host is silent.` : 'docker_hosts tells why.',
    });
  return new Fault('not_found', 'No container has this name, id or service.', {
    hint: near ? `Did you mean ${near} on ${listed(on)}?` : 'docker_ps shows the names.',
  });
}

function several(found: readonly Container[]): Fault {
  const hosts = [...new Set(found.map(({ host }) => host))];
  if (hosts.length > 1) return new Fault('invalid_input', `This name is used on ${listed(hosts)}.`, { hint: 'Give `host` too.' });
  const names = found.map(({ name }) => name).filter((name) => SAFE.test(name));
  return new Fault('invalid_input', `On ${hosts[0]} this means ${found.length} containers.`, {
    hint: `Name one: ${names.slice(0, 8).join(', ')}.`,
  });
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? 'none';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
