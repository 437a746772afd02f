import type { Inventory } from '../inventory/inventory.ts';
import { SECOND } from './clock.ts';
import { containersOf, madeAnew, RESTART_PAUSE } from './containers.ts';
import type { Story } from './incidents.ts';
import type { Machine } from './machines.ts';

/** Something an engine reports about a container. */
export interface ContainerEvent {
  at: number;
  host: string;
  container: string;
  /** The container's id at that instant. */
  id: string;
  image: string;
  action: 'create' | 'start' | 'die' | 'oom' | 'destroy' | 'health_status: unhealthy' | 'health_status: healthy';
  exitCode?: number;
}

/** Events of one machine in `[from, to)`, oldest first; the quiet services have none. */
export function eventsBetween(machine: Machine, inventory: Inventory, story: Story, from: number, to: number): ContainerEvent[] {
  const events: ContainerEvent[] = [];
  const say = (at: number, container: string, action: ContainerEvent['action'], more: { exitCode?: number; before?: true } = {}): void => {
    const seen = containersOf(machine, inventory, story, more.before ? at - 1 : at).find(({ name }) => name === container);
    if (seen && at >= from && at < to)
      events.push({
        at,
        host: machine.name,
        container,
        id: seen.id,
        image: seen.image,
        action,
        ...(more.exitCode === undefined ? {} : { exitCode: more.exitCode }),
      });
  };
  for (const { name, service } of containersOf(machine, inventory, story, story.now)) {
    for (const at of madeAnew({ name: service }, story)) {
      say(at - 2 * SECOND, name, 'die', { exitCode: 0 });
      say(at - SECOND, name, 'destroy');
      say(at, name, 'create');
      say(at + 2 * SECOND, name, 'start');
    }
    if (service === 'nebula-sync') {
      const failed = story.syncs(story.seatsFull, to).find(({ ok }) => !ok);
      if (failed) say(failed.at + 90 * SECOND, name, 'health_status: unhealthy');
    }
    if (service !== 'jellyfin') continue;
    for (const at of story.kills(Math.max(from - RESTART_PAUSE, story.jellyfinUpdate), to)) {
      say(at, name, 'oom');
      say(at + 200, name, 'die', { exitCode: 137 });
      say(at + RESTART_PAUSE, name, 'start');
    }
  }
  return events.sort((a, b) => a.at - b.at);
}
