import type { Host } from '@homelab/shared/inventory/host.ts';
import { fold, hostNamed, type Inventory, type Located, servicesNamed } from '@homelab/shared/inventory/inventory.ts';
import type { Vip } from '@homelab/shared/inventory/network.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import { closest } from './closest.ts';

/** What a name could not be turned into one entity for: several have it, or none. */
export const Unnamed = z.object({
  asked: z.string(),
  /** Those that have it, as `name on host`. */
  several: z.array(z.string()),
  nearest: z.array(z.string()),
});
export type Unnamed = z.infer<typeof Unnamed>;

/** The one service of a name, alias or container; `name on host` tells those apart that share it. */
export function serviceNamed(inventory: Inventory, name: string): { service: Located<Service> } | { unnamed: Unnamed } {
  const placed = /^(.+?)\s+(?:on|@)\s+(\S+)$/i.exec(name);
  const host = placed && hostNamed(inventory, placed[2] ?? '')?.value.name;
  const found = host
    ? servicesNamed(inventory, placed[1] ?? '').filter(({ value }) => value.owner_node === host)
    : servicesNamed(inventory, name);
  const only = found.length === 1 ? found[0] : undefined;
  if (only) return { service: only };
  const several = found.map(({ value }) => plain(`${value.name} on ${value.owner_node}`, 140));
  const names = inventory.services.flatMap(({ value }) => [value.name, ...value.aliases]);
  return { unnamed: { asked: plain(name, 80), several, nearest: found.length > 0 ? [] : near(name, names) } };
}

/** The host of a name, alias, address or domain. */
export function oneHost(inventory: Inventory, name: string): { host: Located<Host> } | { unnamed: Unnamed } {
  const host = hostNamed(inventory, name);
  if (host) return { host };
  const names = inventory.hosts.flatMap(({ value }) => [value.name, ...value.aliases]);
  return { unnamed: { asked: plain(name, 80), several: [], nearest: near(name, names) } };
}

/** The host, shared address or service of a name; a host's name goes before a service's alias. */
export function anyNamed(
  inventory: Inventory,
  name: string,
): { host: Located<Host> } | { vip: Located<Vip> } | { service: Located<Service> } | { unnamed: Unnamed } {
  const vip = inventory.vips.find(({ value }) => [value.name, value.address, value.domain ?? ''].some((one) => fold(one) === fold(name)));
  const host = hostNamed(inventory, name);
  if (host) return { host };
  if (vip) return { vip };
  const found = serviceNamed(inventory, name);
  if ('service' in found || found.unnamed.several.length > 0) return found;
  const names = [...inventory.hosts, ...inventory.services].flatMap(({ value }) => [value.name, ...value.aliases]);
  return { unnamed: { ...found.unnamed, nearest: near(name, names) } };
}

/** What to say of a name that stands for nothing or for several things; `parameter` is where one of them goes. */
export function unnamedLines({ asked, several, nearest }: Unnamed, kind: string): string[] {
  if (several.length > 0)
    return [`${asked} is ${several.length} ${kind}s: ${several.slice(0, 12).join(', ')}. Ask for one as it is written here.`];
  const meant =
    nearest.length > 0 ? `Did you mean: ${nearest.join(', ')}?` : 'inventory_find looks further, inventory_list shows what there is.';
  return [`No ${kind} is called ${asked}.`, meant];
}

function near(name: string, names: readonly string[]): string[] {
  return closest(name, [...new Set(names)]).map((one) => plain(one, 80));
}
