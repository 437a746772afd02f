import type { Secret } from '@homelab/shared/config/secret.ts';
import { Fault } from '@homelab/shared/faults.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';
import type { FleetOptions } from '../client/fleet.ts';

/** What the variables say about the Pi-holes. */
export interface PiholeConfig {
  PIHOLES: readonly string[];
  PIHOLE_PASSWORD?: Secret | undefined;
  PIHOLE_BACKUP_PASSWORD?: Secret | undefined;
  PIHOLE_VIP?: string | undefined;
  PIHOLE_CANARY?: string | undefined;
  DNS_INVENTORY?: string | undefined;
}

export type ConfiguredFleet = Omit<FleetOptions, 'keeper' | 'guard' | 'observer'>;

const DNS_PORT = 53;

/** The Pi-holes of the variables; what they do not say (roles, the shared address, the sync) comes from the inventory. */
export function fleetOptions(config: PiholeConfig): ConfiguredFleet {
  const dns = config.DNS_INVENTORY === undefined ? undefined : loadInventory(config.DNS_INVENTORY).network?.value.dns;
  const nodes = config.PIHOLES.map((entry, index) => {
    const [name = '', url = ''] = entry.split(/=(.*)/s);
    if (name === '' || !URL.canParse(url)) throw wrong();
    const { hostname } = new URL(url);
    const role = dns?.resolvers.find(({ address }) => address === hostname)?.role ?? (index === 0 ? 'primary' : 'backup');
    const password = (index > 0 ? config.PIHOLE_BACKUP_PASSWORD : undefined) ?? config.PIHOLE_PASSWORD;
    return { name, role, url: url.replace(/\/+$/, ''), password: password?.reveal(), dns: { host: hostname, port: DNS_PORT } };
  });
  const vip = config.PIHOLE_VIP ?? (dns?.address && nodes.length > 1 ? `http://${dns.address}` : undefined);
  const address = vip && new URL(vip).hostname;
  return {
    nodes: nodes.sort((a, b) => rank(a.role) - rank(b.role)),
    ...(vip && address ? { vip: { address, url: vip, dns: { host: address, port: DNS_PORT } } } : {}),
    canary: config.PIHOLE_CANARY,
    sync: dns?.sync,
    upstreams: (dns?.upstreams ?? []).map((host) => ({ name: `upstream ${host}`, host, port: DNS_PORT })),
  };
}

const rank = (role: string): number => ['primary', 'backup', 'other'].indexOf(role);

function wrong(): Fault {
  return new Fault('invalid_input', 'PIHOLES is not a list of names and addresses.', {
    hint: 'Set PIHOLES to one like `rpi=http://192.0.2.10,nas=http://192.0.2.30:8080`.',
  });
}
