import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { overviewLines } from './graph-lines.ts';
import { portsText } from './words.ts';

const PER_HOST = 60;
const HOSTS = 40;

/** The whole lab on one page: networks and shared addresses, each host with its services, and what hangs on what. Third-party text. */
export function mapLines(inventory: Inventory): string[] {
  const { hosts, services, networks, vips } = inventory;
  if (hosts.length + services.length + networks.length === 0) return ['Nothing is known of hosts and services.'];
  const known = new Set(hosts.map(({ value }) => value.name));
  const homeless = services.filter(({ value }) => !known.has(value.owner_node));
  const restHosts = hosts.length - HOSTS;
  return [
    ...networks.map(({ value: { name, cidr, vlan } }) => `network ${name} ${cidr}${vlan ? ` VLAN ${vlan}` : ''}`),
    ...vips.map(
      ({ value }) => `shared ${value.name} ${value.address}: ${value.holders.map((one) => `${one.host} ${one.state}`).join(', ')}`,
    ),
    ...hosts.slice(0, HOSTS).flatMap(({ value }) => {
      const here = services.filter((one) => one.value.owner_node === value.name);
      const title = [value.name, value.address, value.os.name ?? value.os.family, ...(value.sleepy ? ['often asleep'] : [])].join(' · ');
      return ['', `${title} · ${here.length} services`, ...serviceLines(here)];
    }),
    ...(restHosts > 0 ? ['', `${HOSTS} of ${hosts.length} hosts; the rest: inventory_list kind hosts`] : []),
    ...(homeless.length > 0
      ? ['', `on hosts that the inventory does not have · ${homeless.length} services`, ...serviceLines(homeless)]
      : []),
    '',
    ...overviewLines(inventory),
  ];
}

function serviceLines(services: Inventory['services']): string[] {
  const rest = services.length - PER_HOST;
  const lines = services.slice(0, PER_HOST).map(({ value }) => {
    const hard = value.depends_on.filter(({ kind }) => kind === 'hard').map(({ service }) => service);
    return `  ${[value.name, portsText(value, 3), hard.length > 0 ? `needs ${hard.slice(0, 6).join(', ')}` : ''].filter(Boolean).join(' · ')}`;
  });
  return rest > 0 ? [...lines, `  ${PER_HOST} of ${services.length}; the rest: inventory_list kind services`] : lines;
}
