import { imageName } from '@homelab/shared/inventory/compose.ts';
import type { DesiredService } from '@homelab/shared/inventory/stack/desired.ts';
import type { ActualContainer } from './actual.ts';

/** A service and the containers that are it. */
export interface Pair {
  desired: DesiredService;
  actual: readonly ActualContainer[];
}

/** What belongs together, and what is left over. */
export interface Joined {
  pairs: readonly Pair[];
  /** Compose made them, for a project or service that the host should not have. */
  labelled: readonly ActualContainer[];
  /** Nobody's. */
  loose: readonly ActualContainer[];
}

/** Joins on project, service and host; then, for containers without Compose's labels, on the container's name and on a contract's image. */
export function joined(services: readonly DesiredService[], containers: readonly ActualContainer[]): Joined {
  const taken = new Set<ActualContainer>();
  const take = (found: ActualContainer[]) => {
    for (const one of found) taken.add(one);
    return found;
  };
  const free = containers.filter(({ compose }) => !compose?.oneoff);
  const byLabel = services.map((desired) =>
    take(
      free.filter(
        ({ host, compose }) => host === desired.host && compose?.project === desired.project && compose.service === desired.service,
      ),
    ),
  );
  const unlabelled = (desired: DesiredService) => free.filter((one) => !taken.has(one) && !one.compose && one.host === desired.host);
  const byName = services.map((desired, index) => {
    if (byLabel[index]?.length) return [];
    const name = desired.containerName ?? desired.service;
    return take(unlabelled(desired).filter((one) => one.name === name));
  });
  const byImage = services.map((desired, index) => {
    if (byLabel[index]?.length || byName[index]?.length || desired.scale === 0 || !desired.contract) return [];
    const images = desired.contract.value.runtime.images;
    const found = unlabelled(desired).filter((one) => images.includes(imageName(shortImage(one.image))));
    // Two of an image could be anybody's.
    return found.length === 1 ? take(found) : [];
  });
  const left = free.filter((one) => !taken.has(one));
  return {
    pairs: services.map((desired, index) => ({
      desired,
      actual: [...(byLabel[index] ?? []), ...(byName[index] ?? []), ...(byImage[index] ?? [])],
    })),
    labelled: left.filter(({ compose }) => compose),
    loose: left.filter(({ compose }) => !compose),
  };
}

/** `docker.io/library/redis:7` is `redis:7`, and `redis` is `redis:latest`. */
export function shortImage(reference: string): string {
  const short = reference.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/^library\//, '');
  return /[@]|:[^/]+$/.test(short) ? short : `${short}:latest`;
}
