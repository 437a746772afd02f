import type { FileProblem } from '../config/yaml-file.ts';
import type { BackupJob } from './backup.ts';
import type { Host } from './host.ts';
import type { Network, NetworkFile, Vip } from './network.ts';
import type { Service } from './service.ts';

/** Where something stands in a file of the repository; line and column count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** An entity and where it was read: `at(['exposure', 0, 'port'])` is the place of one of its fields. */
export interface Located<Value> {
  value: Value;
  place: Place;
  at: (path: readonly PropertyKey[]) => Place;
}

/** The lab as its owner wrote it down. Entities with a problem in their shape are left out and stand in `problems`. */
export interface Inventory {
  hosts: readonly Located<Host>[];
  services: readonly Located<Service>[];
  networks: readonly Located<Network>[];
  vips: readonly Located<Vip>[];
  backups: readonly Located<BackupJob>[];
  /** DNS, DHCP and devices; absent where there is no network file. */
  network?: Located<NetworkFile>;
  problems: readonly FileProblem[];
  /** Files that were read, relative to the repository. */
  files: readonly string[];
}

/** Nothing known. */
export const emptyInventory: Inventory = { hosts: [], services: [], networks: [], vips: [], backups: [], problems: [], files: [] };

/** The host of that name or alias, in any case; an address finds it too. */
export function hostNamed(inventory: Inventory, name: string): Located<Host> | undefined {
  const wanted = fold(name);
  return (
    inventory.hosts.find(({ value }) => fold(value.name) === wanted) ??
    inventory.hosts.find(({ value }) => [value.address, value.domain ?? '', ...value.aliases].some((one) => fold(one) === wanted))
  );
}

/** The services of that name, or else of that alias or container, in any case; an alias may be shared (the two Pi-holes). */
export function servicesNamed(inventory: Inventory, name: string): Located<Service>[] {
  const wanted = fold(name);
  const exact = inventory.services.filter(({ value }) => fold(value.name) === wanted);
  if (exact.length > 0) return exact;
  return inventory.services.filter(({ value }) => [...value.aliases, ...value.runtime.services].some((one) => fold(one) === wanted));
}

/** Names compare without case, spaces, dashes and underscores: `Pi-hole` is `pihole`. */
export function fold(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}
