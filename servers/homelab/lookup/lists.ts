import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { NetworkFile } from '@homelab/shared/inventory/network.ts';
import { isOpsWritten } from './contract.ts';
import { domainList } from './domains.ts';
import { portMap } from './ports.ts';
import { placeText, portsText, some } from './words.ts';

/** What can be listed. */
export const LISTS = ['hosts', 'services', 'ports', 'domains', 'backups', 'networks'] as const;
export type List = (typeof LISTS)[number];

/** A table; third-party text. */
export interface Table {
  columns: readonly string[];
  rows: string[][];
  /** Ports that two services claim, a phrase each. */
  collisions?: string[];
}

const MOST_COLLISIONS = 10;

/** A list of the inventory, of one host only where one is named. */
export function listOf(inventory: Inventory, list: List, host?: string): Table {
  const here = (name: string | null | undefined) => host === undefined || name === host;
  switch (list) {
    case 'hosts':
      return {
        columns: ['name', 'address', 'system', 'roles', 'services', 'from'],
        rows: inventory.hosts
          .filter(({ value }) => here(value.name))
          .map(({ value, place }) => [
            ...[value.name, value.address, [value.os.name ?? value.os.family, value.arch].filter(Boolean).join(' '), value.roles.join(' ')],
            String(inventory.services.filter((one) => one.value.owner_node === value.name).length),
            placeText(place),
          ]),
      };
    case 'services':
      return {
        columns: host === undefined ? ['name', 'host', 'criticality', 'ports'] : ['name', 'criticality', 'ports'],
        rows: inventory.services
          .filter(({ value }) => here(value.owner_node))
          .map((service) => {
            const { value } = service;
            const criticality = isOpsWritten(service) ? value.ops.criticality : '';
            return [value.name, ...(host === undefined ? [value.owner_node] : []), criticality, portsText(value, 3)];
          }),
      };
    case 'ports':
      return portTable(inventory, host);
    case 'domains':
      return {
        columns: ['domain', 'address', 'of', 'via', 'scope', 'auth'],
        rows: domainList(inventory)
          .filter(({ of }) => host === undefined || of?.name === host || (of?.kind === 'service' && ownerOf(inventory, of.name) === host))
          .map(({ domain, address = '', of, via = '', scope = '', auth = '' }) => [domain, address, of?.name ?? '', via, scope, auth]),
      };
    case 'backups':
      return {
        columns: ['job', 'tier', 'from', 'to', 'schedule', 'late after', 'restore tested'],
        rows: inventory.backups
          .filter(({ value }) => here(value.source.host) || here(value.target.host))
          .map(({ value: { name, tier, source, target, schedule, late_after = '', last_restore_test = 'never' } }) => [
            ...[
              name,
              tier,
              `${source.host}: ${some(source.services, 5)}`,
              target.host ?? 'outside',
              schedule,
              late_after,
              last_restore_test,
            ],
          ]),
      };
    case 'networks':
      return networkTable(inventory, host);
  }
}

function ownerOf({ services }: Inventory, name: string): string | undefined {
  return services.find(({ value }) => value.name === name)?.value.owner_node;
}

function portTable(inventory: Inventory, host?: string): Table {
  const uses = portMap(inventory).filter((use) => host === undefined || use.host === host);
  const clashes = uses.filter(({ collides }) => collides.length > 0);
  const told = clashes.map(
    (use) => `${use.host} ${use.port}/${use.transport}: ${use.service} and ${use.collides.join(', ')} (${placeText(use.place)})`,
  );
  const first = [...new Map(clashes.map((use, index) => [`${use.host} ${use.port}/${use.transport}`, told[index] ?? ''])).values()];
  const rest = first.length - MOST_COLLISIONS;
  return {
    columns: host === undefined ? ['host', 'port', 'service', 'what', 'scope'] : ['port', 'service', 'what', 'scope'],
    rows: uses.map(({ host: on, port, transport, address, service, name, protocol, scope, collides }) => [
      ...(host === undefined ? [on] : []),
      ...[
        `${address ? `${address}:` : ''}${port}/${transport}`,
        service,
        protocol === 'tcp' || protocol === 'udp' ? name : `${name} ${protocol}`,
      ],
      `${scope}${collides.length > 0 ? ' COLLIDES' : ''}`,
    ]),
    collisions: [...first.slice(0, MOST_COLLISIONS), ...(rest > 0 ? [`and ${rest} more: ask for one host`] : [])],
  };
}

function networkTable({ networks, vips, network }: Inventory, host?: string): Table {
  const held = vips.filter(({ value }) => host === undefined || value.holders.some((holder) => holder.host === host));
  const shared = held.map(({ value }) => {
    const holders = value.holders.map((holder) => `${holder.host} ${holder.state}`).join(', ');
    return [`shared ${value.name}`, value.address, '', `${value.protocol}: ${holders}; serves ${value.serves.join(', ')}`];
  });
  if (host !== undefined) return { columns: ['name', 'range', 'vlan', 'about'], rows: shared };
  const ranges = networks.map(({ value: { name, cidr, vlan, description = '', reaches } }) => [
    ...[name, cidr, vlan ? String(vlan) : '', `${description}${description ? '; ' : ''}reaches ${reaches.join(', ') || 'nothing'}`],
  ]);
  const { devices = [], dns, dhcp } = network?.value ?? {};
  return {
    columns: ['name', 'range', 'vlan', 'about'],
    rows: [
      ...ranges,
      ...shared,
      ...devices.map(({ name, address, kind, description = '' }) => [name, address, '', `${kind}${description ? `: ${description}` : ''}`]),
      ...(dns && (dns.address || dns.resolvers.length > 0) ? [dnsRow(dns)] : []),
      ...(dhcp?.ranges ?? []).map(({ network: name, from, to }) => [
        `DHCP ${name}`,
        `${from}-${to}`,
        '',
        dhcp?.server ? `from ${dhcp.server}` : '',
      ]),
    ],
  };
}

function dnsRow({ address = '', resolvers, upstreams }: NonNullable<NetworkFile['dns']>): string[] {
  const named = resolvers.map(({ service, role }) => `${service} ${role}`).join(', ');
  return ['DNS', address, '', [named, upstreams.length > 0 && `upstream ${upstreams.join(', ')}`].filter(Boolean).join('; ')];
}
