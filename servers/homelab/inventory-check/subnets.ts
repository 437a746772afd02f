import { addressNumber, cidrSpan, isWithin, type Span } from '@homelab/shared/inventory/address.ts';
import type { Inventory, Place } from '@homelab/shared/inventory/inventory.ts';
import { type Finding, finding, placeText } from './finding.ts';
import type { Prepared } from './subject.ts';

interface Placed {
  name: string;
  address: string;
  network: string | undefined;
  place: Place;
  /** DHCP itself gives it this address. */
  reserved: boolean;
}

/** Addresses outside their subnet, subnets over each other, and addresses that DHCP could hand to somebody else. */
export function subnetFaults({ inventory }: Prepared): Finding[] {
  const spans = inventory.networks.flatMap(({ value, at }) => {
    const span = cidrSpan(value.cidr);
    return span ? [{ name: value.name, cidr: value.cidr, span, place: at(['cidr']) }] : [];
  });
  const all = placed(inventory);
  const outside = all.flatMap(({ name, address, network, place }) => {
    const net = spans.find((one) => one.name === network);
    const number = addressNumber(address);
    if (!net || !number || isWithin(number, net.span)) return [];
    return [
      finding(
        'outside-subnet',
        place,
        `${address} of ${name} is not in ${net.name} (${net.cidr})`,
        'Correct the address, its network or the subnet.',
      ),
    ];
  });
  const overlapping = spans.flatMap((one, index) => {
    const other = spans.slice(0, index).find(({ span }) => meet(span, one.span));
    return other
      ? [
          finding(
            'subnet-overlap',
            one.place,
            `${one.name} (${one.cidr}) and ${other.name} (${other.cidr}, ${placeText(other.place)}) overlap`,
            'Part them.',
          ),
        ]
      : [];
  });
  return [...outside, ...overlapping, ...handedOut(inventory, all)];
}

function handedOut({ network }: Inventory, all: readonly Placed[]): Finding[] {
  return (network?.value.dhcp?.ranges ?? []).flatMap((range, index) => {
    const [first, last] = [addressNumber(range.from), addressNumber(range.to)];
    if (!first || !last) return [];
    const span: Span = { family: first.family, first: first.value, last: last.value };
    return all.flatMap(({ name, address, reserved, place }) => {
      const number = addressNumber(address);
      if (!number || reserved || !isWithin(number, span)) return [];
      const at = network?.at(['dhcp', 'ranges', index]);
      return [
        finding(
          'dhcp-overlap',
          place,
          `${address} of ${name} is in a range that DHCP hands out (${placeText(at)})`,
          'Reserve it or shorten the range.',
        ),
      ];
    });
  });
}

function placed({ hosts, vips, network }: Inventory): Placed[] {
  const reservations = network?.value.dhcp?.reservations ?? [];
  const reserved = (address: string) => reservations.some((one) => one.address === address);
  return [
    ...hosts.map(({ value, at }) => ({
      name: value.name,
      address: value.address,
      network: value.network,
      place: at(['address']),
      reserved: reserved(value.address),
    })),
    ...vips.map(({ value, at }) => ({
      name: value.name,
      address: value.address,
      network: value.network,
      place: at(['address']),
      reserved: reserved(value.address),
    })),
    ...(network?.value.devices ?? []).map((device, index) => ({
      name: device.name,
      address: device.address,
      network: device.network,
      place: network?.at(['devices', index, 'address']) as Place,
      reserved: reserved(device.address),
    })),
    // A reservation of a host that is told already is not told again.
    ...reservations.flatMap((one, index) =>
      hosts.some(({ value }) => value.address === one.address)
        ? []
        : [
            {
              name: one.name,
              address: one.address,
              network: one.network,
              place: network?.at(['dhcp', 'reservations', index, 'address']) as Place,
              reserved: true,
            },
          ],
    ),
  ];
}

function meet(one: Span, other: Span): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}
