import { Fault } from '@homelab/shared/faults.ts';
import { ServiceGraph } from '@homelab/shared/inventory/graph.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import type { ContainerDetails } from '../client/container-details.ts';
import type { Guard } from '../client/fleet.ts';

/** What can be done to a container without making or removing anything. */
export const POWERS = ['stop', 'restart', 'pause', 'unpause', 'kill'] as const;
export type Power = (typeof POWERS)[number] | 'start';

/** What takes a container away for a while or for good; who may not be stopped may not be paused or killed either. */
const ENDS: readonly Power[] = ['stop', 'kill', 'pause'];

/** Throws `denied` where the suite itself runs there, or the contract forbids it. */
export function mayBe(
  action: Power,
  { name, host }: Pick<ContainerDetails, 'name' | 'host'>,
  own: boolean,
  contract: Service | undefined,
): void {
  if (own && action !== 'start' && action !== 'unpause')
    throw new Fault('denied', `This suite runs in that container or beside it, and never does ${action} to itself.`, {
      hint: `A person runs it on ${host}: docker ${action} ${/^[\w.-]{1,80}$/.test(name) ? name : 'NAME'}.`,
    });
  const never = contract?.ops.never ?? [];
  const word = never.find((one) => one === action || (one === 'stop' && ENDS.includes(action)));
  if (contract && word)
    throw new Fault('denied', `The contract of ${contract.name} never allows ${action}.`, {
      hint: `ops.never in its contract names ${plain(word, 40)}.`,
    });
}

/** Throws `conflict` for what makes no sense in the state it is in, before anybody is asked. */
export function mustFit(action: Power, { state }: Pick<ContainerDetails, 'state'>): void {
  const hint = { hint: 'docker_inspect shows how it is.' };
  if (action === 'unpause' && state !== 'paused') throw new Fault('conflict', `It is not paused but ${state}.`, hint);
  if (action === 'pause' && state === 'paused') throw new Fault('conflict', 'It is paused already.', hint);
  if ((action === 'pause' || action === 'kill') && !['running', 'paused', 'restarting'].includes(state))
    throw new Fault('conflict', `It does not run but is ${state}.`, hint);
  if (action === 'start' && state === 'paused')
    throw new Fault('conflict', 'It is paused, not stopped.', { hint: 'docker_power unpause lets it go on.' });
}

/** The guards of a contract that speak of this action; a pause takes a service away as a stop does. */
export function guardsFor(action: Power, contract: Service | undefined): Guard[] {
  const words: string[] = action === 'pause' ? ['pause', 'stop'] : [action];
  return (contract?.ops.guards ?? []).filter(({ applies_to }) => applies_to.some((one) => words.includes(one)));
}

/** Why only a person may decide now; undefined where every guard holds. */
export function unguardedBy(failed: readonly Guard[]): string | undefined {
  const [first] = failed;
  if (!first) return undefined;
  const others = failed.length > 1 ? ` and ${failed.length - 1} more` : '';
  return `the guard ${plain(first.name, 60)}${others} does not hold (${plain(first.why, 100)})`;
}

/** The services that are broken or worse off without this one, nearest first. */
export function dependentsOf(inventory: Inventory, contract: Service | undefined, most = 12): string[] {
  if (!contract) return [];
  const broken = new ServiceGraph(inventory).breaks(contract.name);
  const told = broken.slice(0, most).map(({ name, kind }) => (kind === 'hard' ? name : `${name} (soft)`));
  return broken.length > most ? [...told, `and ${broken.length - most} more`] : told;
}

const WILL: Record<Power, string> = {
  start: 'Start',
  stop: 'Stop (asked to end, killed after 10 s)',
  restart: 'Restart (stop, then start)',
  pause: 'Freeze all processes of',
  unpause: 'Let go on',
  kill: 'Kill at once (SIGKILL, it cannot save anything)',
};

/** For the person who decides: what will happen to which container, and what its owner wrote about that. */
export function previewOf(action: Power, one: ContainerDetails, state: string, contract: Service | undefined): string {
  const ops = contract?.ops;
  return [
    `${WILL[action]} ${plain(one.name, 80)} on ${one.host} (id ${one.id.slice(0, 12)}, ${plain(one.image, 100)}), now ${state}.`,
    ops
      ? `Contract ${contract.name}: criticality ${ops.criticality}, restart ${ops.restart}${ops.window ? `, window ${plain(ops.window, 40)}` : ''}.`
      : 'It has no contract in the inventory.',
    `Undo: ${undoOf(action)}.`,
  ].join('\n');
}

/** Where nothing takes it back and nothing has to. */
export const nameless = 'nothing to undo';

/** The call that takes an action back. */
export function undoOf(action: Power): string {
  if (action === 'pause') return 'docker_power unpause';
  if (action === 'unpause') return 'docker_power pause';
  if (action === 'start') return 'docker_power stop';
  return action === 'restart' ? nameless : 'docker_start';
}
