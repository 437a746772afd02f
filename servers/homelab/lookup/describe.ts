import { hostNamed, type Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Subject } from './handles.ts';
import { portsText, some } from './words.ts';

/** What a subject is in a few phrases; with `detail` also what it carries. Third-party text. */
export function describe(inventory: Inventory, subject: Subject, detail: boolean): string[] {
  const { kind, name, place } = subject;
  const there = (one: { place: Subject['place'] }) => one.place.file === place.file && one.place.line === place.line;
  if (kind === 'service') {
    const value = inventory.services.find((one) => one.value.name === name && there(one))?.value;
    if (!value) return [];
    const address = hostNamed(inventory, value.owner_node)?.value.address;
    const guess = value.guessed.includes('owner_node') ? ', guessed' : '';
    const shared = inventory.vips
      .filter((vip) => vip.value.serves.includes(name))
      .map((vip) => `behind ${vip.value.name} ${vip.value.address}`);
    const ports = portsText(value);
    const where = `on ${value.owner_node}${address || guess ? ` (${address ?? ''}${guess})` : ''}`;
    return detail ? [where, value.description, ...(ports ? [`ports ${ports}`] : []), ...shared] : [where, value.description];
  }
  if (kind === 'host') {
    const value = inventory.hosts.find((one) => one.value.name === name && there(one))?.value;
    if (!value) return [];
    const runs = inventory.services.filter((one) => one.value.owner_node === name).map((one) => one.value.name);
    const services = detail && runs.length > 0 ? [`runs ${some(runs, 30)}`] : runs.length > 0 ? [`${runs.length} services`] : [];
    return [value.address, ...(value.description ? [value.description] : []), ...services, ...(value.sleepy ? ['often asleep'] : [])];
  }
  return describeNetwork(inventory, subject);
}

function describeNetwork(inventory: Inventory, { kind, name }: Subject): string[] {
  const { vips, networks, network, backups } = inventory;
  if (kind === 'shared address') {
    const vip = vips.find(({ value }) => value.name === name)?.value;
    const holders = vip?.holders.map(({ host, state }) => `${host} ${state}`).join(', ');
    return vip ? [vip.address, `${vip.protocol}: ${holders}`, `serves ${vip.serves.join(', ')}`] : [];
  }
  if (kind === 'network') {
    const value = networks.find((one) => one.value.name === name)?.value;
    return value
      ? [
          value.cidr,
          ...(value.vlan ? [`VLAN ${value.vlan}`] : []),
          value.description ?? '',
          `reaches ${value.reaches.join(', ') || 'nothing'}`,
        ]
      : [];
  }
  if (kind === 'backup job') {
    const value = backups.find((one) => one.value.name === name)?.value;
    if (!value) return [];
    const target = `${value.source.host} to ${value.target.host ?? 'outside'}`;
    return [value.description ?? value.method, target, value.schedule];
  }
  const device = network?.value.devices.find((one) => one.name === name);
  if (kind === 'device' && device) return [device.kind, device.address, ...(device.description ? [device.description] : [])];
  const lease = network?.value.dhcp?.reservations.find((one) => one.name === name && one.host === undefined);
  if (kind === 'reservation' && lease) return ['DHCP', lease.address, lease.mac, lease.network];
  const record = network?.value.dns?.records.find((one) => one.name === name);
  if (kind === 'DNS record' && record) return [record.address, ...bearers(inventory, record.address)];
  const zone = network?.value.dns?.zones.find((one) => one.name === name);
  return kind === 'zone' && zone
    ? [zone.scope, zone.served_by && `served by ${zone.served_by}`, zone.description].filter((one) => one !== undefined)
    : [];
}

/** What has an address. */
function bearers({ hosts, vips, network }: Inventory, address: string): string[] {
  return [
    ...hosts.flatMap(({ value }) => (value.address === address ? [`host ${value.name}`] : [])),
    ...vips.flatMap(({ value }) => (value.address === address ? [`shared address ${value.name}`] : [])),
    ...(network?.value.devices ?? []).flatMap((device) => (device.address === address ? [`${device.kind} ${device.name}`] : [])),
  ];
}
