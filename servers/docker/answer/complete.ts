import { fold } from '@homelab/shared/inventory/inventory.ts';
import type { Fleet } from '../client/fleet.ts';

const MOST_MS = 1_500;

/** `name`, or `name on host` where several hosts have it, of the containers that resemble what was typed. */
export async function completeContainers(value: string, { docker }: Fleet): Promise<string[]> {
  const { found } = await docker.across((host, call) => host.containers({}, call), { deadlineMs: MOST_MS });
  const all = found.flatMap((one) => one.value);
  const labels = all.map(({ name, host }) => (all.filter((other) => other.name === name).length > 1 ? `${name} on ${host}` : name));
  return beginning(value, labels);
}

/** Names that hold what was typed, those that begin with it first. */
export function beginning(value: string, names: readonly string[]): string[] {
  const wanted = fold(value);
  const holding = [...new Set(names)].filter((name) => fold(name).includes(wanted));
  return holding.sort((a, b) => Number(fold(b).startsWith(wanted)) - Number(fold(a).startsWith(wanted)) || a.localeCompare(b));
}
