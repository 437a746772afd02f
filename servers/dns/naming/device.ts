import type { ClientEntry, Device } from '../client/words.ts';

/** A device of the network as somebody asked for it. */
export interface Named {
  name: string;
  ips: string[];
  mac: string | undefined;
}

/** The device that was meant, or those it could be. */
export type Meant = { device: Named } | { candidates: string[] };

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;

/** Finds a device by address, hardware address or name: exact, then the beginning, then any part. Several hits are told, never guessed. */
export function meantDevice(asked: string, devices: readonly Device[], clients: readonly ClientEntry[]): Meant {
  const wanted = asked.trim().toLowerCase();
  const all = known(devices, clients);
  const by = (fits: (one: Named) => boolean): Named[] => all.filter(fits);
  const names = (one: Named): string => one.name.toLowerCase();
  const steps = [
    by((one) => one.ips.includes(wanted)),
    by((one) => one.mac?.toLowerCase() === wanted),
    by((one) => names(one) === wanted),
    by((one) => names(one).startsWith(wanted)),
    by((one) => wanted.length > 1 && names(one).includes(wanted)),
  ];
  const found = steps.find((hits) => hits.length > 0) ?? [];
  if (found.length === 1 && found[0]) return { device: found[0] };
  if (found.length > 1) return { candidates: found.map(({ name }) => name).slice(0, 10) };
  if (/^[\d.]+$|:/.test(wanted) && !MAC.test(wanted)) return { device: { name: wanted, ips: [wanted], mac: undefined } };
  return { candidates: all.map(({ name }) => name).slice(0, 10) };
}

function known(devices: readonly Device[], clients: readonly ClientEntry[]): Named[] {
  const seen = devices.map(({ hwaddr, ips }): Named => {
    const comment = clients.find(
      ({ client }) => client.toLowerCase() === hwaddr.toLowerCase() || ips.some(({ ip }) => ip === client),
    )?.comment;
    const name = ips.find((one) => one.name)?.name ?? comment ?? ips[0]?.ip ?? hwaddr;
    return { name, ips: ips.map(({ ip }) => ip), mac: hwaddr.startsWith('ip-') ? undefined : hwaddr };
  });
  const alone = clients.filter(
    ({ client }) => !seen.some(({ ips, mac, name }) => ips.includes(client) || mac === client || name === client),
  );
  return [
    ...seen,
    ...alone.map(({ client, name, comment }): Named => ({ name: name || comment || client, ips: [client], mac: undefined })),
  ];
}

/** Ids of the groups a device is in on one Pi-hole, and by which entry; without one the Default group. */
export function groupsOf(
  { ips, mac, name }: Named,
  clients: readonly ClientEntry[],
): { groups: readonly number[]; entry: string | undefined } {
  const same = (client: string, other: string | undefined): boolean => other !== undefined && client.toLowerCase() === other.toLowerCase();
  const entry =
    clients.find(({ client }) => ips.some((ip) => same(client, ip))) ??
    clients.find(({ client }) => same(client, mac)) ??
    clients.find(({ client }) => same(client, name)) ??
    clients.find(({ client }) => ips.some((ip) => inSubnet(ip, client)));
  return entry ? { groups: entry.groups, entry: entry.client } : { groups: [0], entry: undefined };
}

/** IPv4 only: an entry for an IPv6 subnet is not resolved. */
function inSubnet(ip: string, cidr: string): boolean {
  const [base = '', bits] = cidr.split('/');
  if (bits === undefined || base.includes(':') || ip.includes(':')) return false;
  const value = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value(ip) / size) === Math.floor(value(base) / size);
}
