import type { Inventory, Place } from '@homelab/shared/inventory/inventory.ts';
import { type Code, type Finding, finding, placeText } from './finding.ts';
import type { Prepared } from './subject.ts';

/** Ports, names, addresses and domains that two things claim. The later one is told, with the place of the first. */
export function collisions({ inventory }: Prepared): Finding[] {
  return [
    ...ports(inventory),
    ...duplicateNames(inventory),
    ...twice('address-twice', addresses(inventory)),
    ...twice('mac-twice', macs(inventory)),
    ...twice('domain-twice', domains(inventory)),
  ];
}

/** Something that is claimed; claims of one owner do not collide. */
interface Claim {
  key: string;
  owner: string;
  place: Place;
}

function ports({ services }: Inventory): Finding[] {
  const taken = new Map<string, { address: string | undefined; port: string; owner: string; container: string; place: Place }[]>();
  return services.flatMap(({ value: { name, owner_node, exposure }, at }) =>
    exposure.flatMap(({ port, protocol, address, scope, route_of, container = name }, index) => {
      if (port === undefined || scope === 'container' || route_of !== undefined) return [];
      const key = `${owner_node} ${port}/${protocol === 'udp' ? 'udp' : 'tcp'}`;
      const claims = taken.get(key) ?? [];
      const place = at(['exposure', index]);
      // One listener may be told of twice in one contract.
      const other = claims.find((one) => overlaps(one.address, address) && (one.owner !== name || one.container !== container));
      taken.set(key, [...claims, { address, port: key, owner: name, container, place }]);
      if (!other) return [];
      const [host, what] = key.split(' ');
      return [
        finding(
          'port-collision',
          place,
          `${what} on ${host} is taken by ${other.owner} (${placeText(other.place)})`,
          'Give one of them another port or address.',
        ),
      ];
    }),
  );
}

/** A missing address is every address. */
function overlaps(one: string | undefined, other: string | undefined): boolean {
  const every = (address: string | undefined) => address === undefined || /^(0\.0\.0\.0|::|\*)$/.test(address);
  return every(one) || every(other) || one === other;
}

function duplicateNames({ hosts, services, networks, vips, backups }: Inventory): Finding[] {
  const lists = { host: hosts, service: services, network: networks, 'shared address': vips, 'backup job': backups };
  return Object.entries(lists).flatMap(([kind, list]) => {
    const first = new Map<string, Place>();
    return list.flatMap(({ value, at }) => {
      const key = value.name.normalize('NFC').toLowerCase();
      const known = first.get(key);
      const place = at(['name']);
      if (!known) first.set(key, place);
      return known
        ? [
            finding(
              'duplicate-name',
              place,
              `the ${kind} ${value.name} is written down at ${placeText(known)} already`,
              'Rename one of them.',
            ),
          ]
        : [];
    });
  });
}

function addresses({ hosts, vips, network }: Inventory): Claim[] {
  const claims: Claim[] = hosts.map(({ value, at }) => ({ key: value.address, owner: value.name, place: at(['address']) }));
  for (const { value, at } of vips) claims.push({ key: value.address, owner: `shared address ${value.name}`, place: at(['address']) });
  network?.value.devices.forEach(({ name, address }, index) => {
    claims.push({ key: address, owner: name, place: network.at(['devices', index, 'address']) });
  });
  network?.value.dhcp?.reservations.forEach(({ name, host, address }, index) => {
    claims.push({ key: address, owner: host ?? name, place: network.at(['dhcp', 'reservations', index, 'address']) });
  });
  return claims;
}

function macs({ hosts, network }: Inventory): Claim[] {
  const claims = hosts.flatMap(({ value, at }) =>
    value.mac ? [{ key: value.mac.toLowerCase(), owner: value.name, place: at(['mac']) }] : [],
  );
  network?.value.dhcp?.reservations.forEach(({ name, host, mac }, index) => {
    claims.push({ key: mac.toLowerCase(), owner: host ?? name, place: network.at(['dhcp', 'reservations', index, 'mac']) });
  });
  return claims;
}

function domains({ hosts, vips, services }: Inventory): Claim[] {
  const machine = new Map(hosts.flatMap(({ value }) => (value.domain ? [[value.domain.toLowerCase(), value.name] as const] : [])));
  return [
    ...hosts.flatMap(({ value, at }) =>
      value.domain ? [{ key: value.domain.toLowerCase(), owner: value.name, place: at(['domain']) }] : [],
    ),
    ...vips.flatMap(({ value, at }) =>
      value.domain ? [{ key: value.domain.toLowerCase(), owner: `shared address ${value.name}`, place: at(['domain']) }] : [],
    ),
    ...services.flatMap(({ value, at }) =>
      value.exposure.flatMap(({ domain }, index) => {
        // A page under its machine's own name is no second owner of that name.
        if (!domain || machine.get(domain.toLowerCase()) === value.owner_node) return [];
        return [{ key: domain.toLowerCase(), owner: `service ${value.name}`, place: at(['exposure', index, 'domain']) }];
      }),
    ),
  ];
}

function twice(code: Code, claims: readonly Claim[]): Finding[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const known = first.get(claim.key);
    if (!known) first.set(claim.key, claim);
    if (!known || known.owner === claim.owner) return [];
    return [
      finding(
        code,
        claim.place,
        `${claim.key} belongs to ${known.owner} (${placeText(known.place)}) and to ${claim.owner}`,
        'Only one can be right.',
      ),
    ];
  });
}
