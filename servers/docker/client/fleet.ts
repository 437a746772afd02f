import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import type { Container } from './container.ts';
import type { Docker } from './docker.ts';

/** A guard of a service's contract. */
export type Guard = Service['ops']['guards'][number];

/** What the tools of this server are given: the engines, and what the lab's owner wrote down about them. */
export interface Fleet {
  docker: Docker;
  inventory: () => Inventory;
  /** The engines are those of the simulator. */
  simulated: boolean;
  /** The container, or one of the compose project, that this suite runs in. */
  isOwn: (container: Pick<Container, 'id' | 'host' | 'name' | 'project'>) => boolean;
  /** Asks what a guard names, now; false where the answer is another one or none came, and for kinds of guards that nobody here can ask. */
  guardHolds: (guard: Guard, signal: AbortSignal) => Promise<boolean>;
  /** One write per host at a time. */
  alone: <Result>(host: string, work: () => Promise<Result>) => Promise<Result>;
}

/** The contract of a container: the service of its host that names it among its containers; undefined where none does. */
export function contractOf(
  inventory: Inventory,
  { host, name, project, service }: Pick<Container, 'host' | 'name' | 'project' | 'service'>,
): Service | undefined {
  return inventory.services
    .map(({ value }) => value)
    .find(
      ({ owner_node, runtime }) =>
        owner_node === host &&
        runtime.services.some((one) => one === (service ?? name) || one === name) &&
        (runtime.project === undefined || project === undefined || runtime.project === project),
    );
}

/**
 * Whether a container belongs to the project that the suite is deployed as: that of its own contracts, or the one with this container id. With `anywhere` the
 * engine is this machine's own, whatever the inventory calls it.
 */
export function ownProject(inventory: () => Inventory, hostname: string, anywhere = false): Fleet['isOwn'] {
  return ({ id, host, project, name }) => {
    // Docker gives a container the beginning of its id as its host name.
    if (/^[0-9a-f]{12}$/.test(hostname) && id.startsWith(hostname)) return true;
    return inventory().services.some(
      ({ value: { name: service, owner_node, runtime } }) =>
        /^mcp-(homelab|monitoring|immich|dns|docker)$/.test(service) &&
        (anywhere || owner_node === host) &&
        (runtime.project !== undefined ? runtime.project === project : runtime.services.includes(name)),
    );
  };
}
