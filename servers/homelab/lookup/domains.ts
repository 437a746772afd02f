import { fold, type Inventory, type Place } from '@homelab/shared/inventory/inventory.ts';

/** A name in DNS and what answers there. */
export interface DomainUse {
  domain: string;
  /** Where local DNS points it to. */
  address?: string;
  /** What it is a name of: a service, a host, a shared address; absent for a bare record. */
  of?: { kind: 'service' | 'host' | 'shared address'; name: string };
  via?: string;
  scope?: string;
  auth?: string;
  place: Place;
}

/** Every domain that contracts, hosts, shared addresses and DNS records name, each once for what it names, sorted. */
export function domainList({ services, hosts, vips, network }: Inventory): DomainUse[] {
  const records = network?.value.dns?.records ?? [];
  const addresses = new Map(records.map(({ name, address }) => [fold(name), address]));
  const pointed = (domain: string) => {
    const address = addresses.get(fold(domain));
    return address === undefined ? {} : { address };
  };
  const found: DomainUse[] = [];
  for (const { value, at } of services) {
    value.exposure.forEach(({ domain, via, scope, auth }, index) => {
      if (domain === undefined) return;
      const of = { kind: 'service' as const, name: value.name };
      found.push({ domain, ...pointed(domain), of, ...(via && { via }), scope, ...(auth && { auth }), place: at(['exposure', index]) });
    });
  }
  for (const { value, at } of hosts) {
    const of = { kind: 'host' as const, name: value.name };
    if (value.domain) found.push({ domain: value.domain, address: value.address, of, place: at(['domain']) });
  }
  for (const { value, at } of vips) {
    const of = { kind: 'shared address' as const, name: value.name };
    if (value.domain) found.push({ domain: value.domain, address: value.address, of, place: at(['domain']) });
  }
  const told = new Set(found.map(({ domain }) => fold(domain)));
  records.forEach(({ name, address }, index) => {
    if (network && !told.has(fold(name))) found.push({ domain: name, address, place: network.at(['dns', 'records', index]) });
  });
  return found.sort((a, b) => a.domain.localeCompare(b.domain));
}
