import type { Container } from './container.ts';
import type { ContainerFilter } from './container-list.ts';
import { type Death, deathsIn } from './deaths.ts';
import type { DockerHost } from './docker-host.ts';
import type { CallOptions } from './engine.ts';
import { HostFault } from './host-fault.ts';

/** A container with what a list of the engine does not tell: that it keeps ending. */
export interface Watched extends Container {
  /** Ends in the watched time, as far back as the engine remembers. */
  deaths: Death[];
}

/** How far back ends are looked for. */
export const WATCHED_MS = 6 * 3_600_000;
const YOUNG_MS = 3 * 3_600_000;
const MOST_LOOKS = 12;

/**
 * The containers of a host with their ends of the last six hours. A list shows one that is restarted for ever as `Up 3 minutes`; those that
 * started late in their life are looked at one by one for their count of restarts. `unwatched` where the events could not be read.
 */
export async function watchedContainers(
  host: DockerHost,
  filter: ContainerFilter,
  call: CallOptions,
): Promise<{ containers: Watched[]; unwatched: boolean }> {
  const since = new Date(Date.now() - WATCHED_MS);
  const [containers, events] = await Promise.all([
    host.containers(filter, call),
    host.events({ since, kinds: ['container'] }, call).catch((error: unknown) => {
      if (error instanceof HostFault && error.reason !== 'cancelled') return undefined;
      throw error;
    }),
  ]);
  const looked = containers.filter(startedLate).slice(0, MOST_LOOKS);
  const restarts = new Map(
    await Promise.all(
      looked.map(async ({ id }) => {
        const restarts = await host.inspect(id, call).then((one) => one.restarts, vanished);
        return [id, restarts] as const;
      }),
    ),
  );
  return {
    containers: containers.map((one) => {
      const count = restarts.get(one.id);
      const own = (events?.events ?? []).filter(({ id }) => id === one.id);
      return { ...one, deaths: deathsIn(own), ...(count !== undefined && { restarts: count }) };
    }),
    unwatched: events === undefined,
  };
}

function startedLate({ state, since, created }: Container): boolean {
  if (state === 'restarting') return true;
  if (state !== 'running' || !since) return false;
  return Date.now() - since.getTime() < YOUNG_MS && since.getTime() - created.getTime() > 600_000;
}

function vanished(error: unknown): undefined {
  if (error instanceof HostFault && error.reason === 'not_found') return undefined;
  throw error;
}
