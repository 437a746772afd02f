/** Who asks: a device of the house with its address, hardware address and the groups that it is in. */
export interface DnsClient {
  name: string;
  address: string;
  mac: string;
  vendor: string;
  /** Names of groups. */
  groups: readonly string[];
  /** Queries on an ordinary day. */
  daily: number;
  /** Which names it asks for. */
  interests: readonly Interest[];
  /** Asleep now: it has asked nothing for a day. */
  asleep?: true;
}

/** Kinds of names. */
export type Interest = 'web' | 'phone' | 'television' | 'kids' | 'work' | 'server' | 'printer' | 'windows' | 'local';

/** Groups of both Pi-holes. */
export const GROUPS = [
  { id: 0, name: 'Default', comment: 'The default group' },
  { id: 1, name: 'kids', comment: 'stricter' },
  { id: 2, name: 'television', comment: 'living room' },
  { id: 3, name: 'unfiltered', comment: 'nothing is blocked' },
] as const;

const at = (last: number): string => `192.0.2.${last}`;
const mac = (last: number): string => `00:00:5e:00:53:${last.toString(16).padStart(2, '0')}`;

/** Devices besides the lab's own machines, whose addresses come from the inventory. */
export const CLIENTS: readonly DnsClient[] = [
  {
    name: 'living-room-tv',
    address: at(130),
    mac: mac(130),
    vendor: 'Example Televisions',
    groups: ['television'],
    daily: 1800,
    interests: ['television'],
  },
  { name: 'printer', address: at(131), mac: mac(131), vendor: 'Example Printers', groups: ['Default'], daily: 90, interests: ['printer'] },
  {
    name: 'anna-phone',
    address: at(71),
    mac: mac(71),
    vendor: 'Example Phones',
    groups: ['Default'],
    daily: 1500,
    interests: ['phone', 'web'],
  },
  {
    name: 'ben-phone',
    address: at(72),
    mac: mac(72),
    vendor: 'Example Phones',
    groups: ['Default'],
    daily: 1300,
    interests: ['phone', 'web'],
  },
  {
    name: 'kids-tablet',
    address: at(73),
    mac: mac(73),
    vendor: 'Example Tablets',
    groups: ['kids'],
    daily: 850,
    interests: ['kids', 'web'],
  },
  {
    name: 'work-laptop',
    address: at(74),
    mac: mac(74),
    vendor: 'Example Computers',
    groups: ['unfiltered'],
    daily: 1400,
    interests: ['work', 'web'],
  },
  {
    name: 'macbook',
    address: at(40),
    mac: mac(40),
    vendor: 'Apple',
    groups: ['Default'],
    daily: 900,
    interests: ['web', 'work'],
    asleep: true,
  },
  {
    name: 'gaming-pc',
    address: at(20),
    mac: mac(20),
    vendor: 'Example Boards',
    groups: ['Default'],
    daily: 2300,
    interests: ['windows', 'web', 'server'],
  },
  { name: 'rpi', address: at(10), mac: mac(10), vendor: 'Raspberry Pi', groups: ['Default'], daily: 1100, interests: ['server'] },
  { name: 'nas', address: at(30), mac: mac(30), vendor: 'QNAP', groups: ['Default'], daily: 2900, interests: ['local', 'server'] },
];
