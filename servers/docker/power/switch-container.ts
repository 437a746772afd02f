import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerDetails } from '../client/container-details.ts';
import type { DockerHost } from '../client/docker-host.ts';
import type { Power } from './rules.ts';

/** What came of it. */
export interface Switched {
  /** False where it already was so. */
  changed: boolean;
  after: ContainerDetails;
}

const SETTLE_MS = 1_000;

/** Does it, and looks a second later, so that a container that ends at once is not told as started. */
export async function switchContainer(host: DockerHost, id: string, action: Power, signal: AbortSignal): Promise<Switched> {
  const { changes } = host;
  const call = { signal };
  const changed = await {
    start: () => changes.start(id, call),
    stop: () => changes.stop(id, {}, call),
    restart: () => changes.restart(id, {}, call),
    pause: () => changes.pause(id, call),
    unpause: () => changes.unpause(id, call),
    kill: () => changes.kill(id, 'SIGKILL', call),
  }[action]();
  if (changed) await sleep(SETTLE_MS, undefined, { signal }).catch(() => undefined);
  return { changed, after: await host.inspect(id, call) };
}
