import type { Inventory, Place } from '@homelab/shared/inventory/inventory.ts';

/** A port of a host that a service listens on. */
export interface PortUse {
  host: string;
  port: number;
  transport: 'tcp' | 'udp';
  /** Bound to this address only; to every address of the host without it. */
  address?: string;
  service: string;
  /** The exposure's own name, its protocol and who reaches it. */
  name: string;
  protocol: string;
  scope: string;
  place: Place;
  /** Services that claim the same. */
  collides: string[];
}

/** Every published port, by host and number; with the services that claim the same one. */
export function portMap({ services }: Inventory): PortUse[] {
  const uses = services.flatMap(({ value: { name: service, owner_node: host, exposure }, at }) =>
    exposure.flatMap(({ port, address, protocol, scope, route_of, name, container }, index) => {
      if (port === undefined || scope === 'container' || route_of !== undefined) return [];
      const transport = protocol === 'udp' ? ('udp' as const) : ('tcp' as const);
      const place = at(['exposure', index]);
      return [
        { host, port, transport, ...(address && { address }), service, name, protocol, scope, place, collides: [] as string[], container },
      ];
    }),
  );
  for (const rivals of Map.groupBy(uses, ({ host, port, transport }) => `${host} ${port}/${transport}`).values()) {
    for (const one of rivals) {
      const others = rivals.filter((other) => other !== one && overlaps(one.address, other.address));
      // One listener may be told of twice in one contract.
      const foreign = others.filter(({ service, container }) => service !== one.service || container !== one.container);
      one.collides = [...new Set(foreign.map(({ service }) => service))];
    }
  }
  return uses
    .map(({ container: _, ...use }) => use)
    .sort((a, b) => a.host.localeCompare(b.host) || a.port - b.port || a.transport.localeCompare(b.transport));
}

/** A missing address is every address. */
function overlaps(one: string | undefined, other: string | undefined): boolean {
  const every = (address: string | undefined) => address === undefined || /^(0\.0\.0\.0|::|\*)$/.test(address);
  return every(one) || every(other) || one === other;
}
