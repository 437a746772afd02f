import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import type { ContainerDetails } from '../client/container-details.ts';
import type { Fleet } from '../client/fleet.ts';
import { dependentsOf, guardsFor, mayBe, mustFit, type Power, previewOf, unguardedBy } from './rules.ts';

/** What a call would do, as the factory wants to know it. */
export interface PowerEffect {
  targets: string[];
  host: string;
  service?: string;
  preview: string;
  dependents: string[];
  guarded: unknown;
  unguarded?: string;
}

/** The effect of an action on a container as it is now, its guards asked; throws `denied` for what is never done. */
export async function powerEffect(
  action: Power,
  one: ContainerDetails,
  {
    fleet,
    contract,
    state,
    signal,
  }: {
    fleet: Pick<Fleet, 'isOwn' | 'guardHolds'> & { inventory: () => Inventory };
    contract: Service | undefined;
    state: string;
    signal: AbortSignal;
  },
): Promise<PowerEffect> {
  mayBe(action, one, fleet.isOwn(one), contract);
  mustFit(action, one);
  const guards = guardsFor(action, contract);
  const held = await Promise.all(guards.map((guard) => fleet.guardHolds(guard, signal)));
  const unguarded = unguardedBy(guards.filter((_, index) => !held[index]));
  const takesAway = action !== 'start' && action !== 'unpause';
  return {
    targets: [targetId(one)],
    host: one.host,
    ...(contract && { service: contract.name }),
    preview: previewOf(action, one, state, contract),
    dependents: takesAway ? dependentsOf(fleet.inventory(), contract) : [],
    guarded: { ...one.fingerprint, state: one.state, restarts: one.restarts },
    ...(unguarded && { unguarded }),
  };
}

/** Host, name and id: another container of the same name is another target. */
const targetId = ({ host, name, id }: ContainerDetails): string => `${host}/${name}:${id.slice(0, 12)}`;
