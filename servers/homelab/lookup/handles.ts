import { imageName } from '@homelab/shared/inventory/compose.ts';
import { fold, type Inventory, type Place } from '@homelab/shared/inventory/inventory.ts';

/** Something of the lab that has a name. */
export interface Subject {
  kind: 'host' | 'service' | 'shared address' | 'network' | 'device' | 'reservation' | 'backup job' | 'DNS record' | 'zone';
  name: string;
  place: Place;
}

/** A word that leads to a subject. */
export interface Handle {
  subject: Subject;
  /** Which of its fields says so: `alias`, `container`, `tag`. */
  why: string;
  /** The word as it is written. */
  text: string;
  /** 0 its name, 1 a name of its own, 2 what it shares with some, 3 what it shares with many. */
  tier: 0 | 1 | 2 | 3;
}

const indexes = new WeakMap<Inventory, ReadonlyMap<string, Handle[]>>();

/** Every word that names something in an inventory, folded; the same map for the same inventory. */
export function handlesOf(inventory: Inventory): ReadonlyMap<string, Handle[]> {
  const known = indexes.get(inventory);
  if (known) return known;
  const index = new Map<string, Handle[]>();
  const add = (subject: Subject, tier: Handle['tier'], why: string, ...texts: (string | undefined)[]) => {
    for (const text of texts) {
      const key = text === undefined ? '' : fold(text);
      if (key === '' || text === undefined) continue;
      const list = index.get(key) ?? [];
      if (!list.some((one) => one.subject === subject)) list.push({ subject, why, text, tier });
      index.set(key, list);
    }
  };
  addHosts(inventory, add);
  addServices(inventory, add);
  addNetwork(inventory, add);
  indexes.set(inventory, index);
  return index;
}

type Add = (subject: Subject, tier: Handle['tier'], why: string, ...texts: (string | undefined)[]) => void;

function addHosts({ hosts }: Inventory, add: Add): void {
  for (const { value, place } of hosts) {
    const subject: Subject = { kind: 'host', name: value.name, place };
    add(subject, 0, 'name', value.name);
    add(subject, 1, 'alias', ...value.aliases);
    add(subject, 1, 'address', value.address);
    add(subject, 1, 'domain', value.domain);
    add(subject, 1, 'MAC', value.mac);
    add(subject, 2, 'scrape target', ...value.labels.instances);
    add(subject, 3, 'role', ...value.roles);
  }
}

function addServices({ services }: Inventory, add: Add): void {
  for (const { value, place } of services) {
    const subject: Subject = { kind: 'service', name: value.name, place };
    add(subject, 0, 'name', value.name);
    add(subject, 1, 'alias', ...value.aliases);
    add(subject, 1, 'domain', ...value.exposure.map(({ domain }) => domain));
    add(subject, 1, 'container', ...value.runtime.services, ...value.exposure.map(({ container }) => container));
    const images = value.runtime.images.map(imageName);
    add(subject, 1, 'image', ...images);
    add(
      subject,
      2,
      'image',
      ...images.map((image) => image.split('/').at(-1)),
      ...images.map((image) => image.replace(/^[^/]*\.[^/]*\//, '')),
    );
    add(subject, 2, 'compose project', value.runtime.project);
    add(subject, 2, 'volume', ...value.persistence.map(({ kind, source }) => (kind === 'volume' ? source : undefined)));
    add(subject, 3, 'tag', ...value.tags);
    add(subject, 3, 'alert', ...value.observability.alerts);
    add(subject, 3, 'dashboard', value.observability.dashboard);
  }
}

function addNetwork({ vips, networks, network, backups }: Inventory, add: Add): void {
  for (const { value, place } of vips) {
    const subject: Subject = { kind: 'shared address', name: value.name, place };
    add(subject, 0, 'name', value.name);
    add(subject, 1, 'address', value.address);
    add(subject, 1, 'domain', value.domain);
  }
  for (const { value, place } of networks) {
    const subject: Subject = { kind: 'network', name: value.name, place };
    add(subject, 0, 'name', value.name);
    add(subject, 1, 'range', value.cidr);
    add(subject, 1, 'gateway', value.gateway);
    if (value.vlan) add(subject, 1, 'VLAN', `VLAN ${value.vlan}`);
  }
  for (const { value, place } of backups) {
    const subject: Subject = { kind: 'backup job', name: value.name, place };
    add(subject, 0, 'name', value.name);
    add(subject, 2, 'saved volume', ...value.source.paths.filter((path) => !path.includes('/')));
  }
  if (!network) return;
  const { devices, dhcp, dns } = network.value;
  devices.forEach(({ name, address, kind }, index) => {
    const subject: Subject = { kind: 'device', name, place: network.at(['devices', index]) };
    add(subject, 0, 'name', name);
    add(subject, 1, 'address', address);
    add(subject, 3, 'kind', kind);
  });
  dhcp?.reservations.forEach(({ name, host, address, mac }, index) => {
    if (host !== undefined) return;
    const subject: Subject = { kind: 'reservation', name, place: network.at(['dhcp', 'reservations', index]) };
    add(subject, 0, 'name', name);
    add(subject, 1, 'address', address);
    add(subject, 1, 'MAC', mac);
  });
  dns?.zones.forEach(({ name }, index) => {
    add({ kind: 'zone', name, place: network.at(['dns', 'zones', index]) }, 0, 'name', name);
  });
  dns?.records.forEach(({ name }, index) => {
    add({ kind: 'DNS record', name, place: network.at(['dns', 'records', index]) }, 2, 'name', name);
  });
}
