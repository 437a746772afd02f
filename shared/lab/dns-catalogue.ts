import type { Interest } from './dns-clients.ts';

/** A name that is asked for, and where it stands in the lists or rules. */
export interface DnsName {
  name: string;
  interests: readonly Interest[];
  /** Addresses of the block lists that hold it. */
  lists?: readonly string[];
  /** The answer on the wire where it is not blocked. */
  answer: string;
  /** It points to another name, which is what is blocked. */
  cname?: string;
}

/** A list as the primary holds it. */
export interface DnsList {
  id: number;
  address: string;
  type: 'block' | 'allow';
  comment: string;
  groups: readonly string[];
  domains: number;
  enabled: boolean;
  /** Days before now; the list of yesterday takes its time from the story. */
  addedDaysAgo: number | 'yesterday';
}

export interface DnsRule {
  id: number;
  domain: string;
  type: 'allow' | 'deny';
  kind: 'exact' | 'regex';
  comment: string;
  groups: readonly string[];
  enabled: boolean;
  addedDaysAgo: number;
}

const LISTS_HOST = 'https://lists.example.net';

/** The list that the backup lacks. */
export const NEW_LIST = `${LISTS_HOST}/smart-tv.txt`;
/** Blocked on the primary since yesterday, answered by the backup. */
export const DIFFERING_NAME = 'telemetry.smart-tv.example';

export const LISTS: readonly DnsList[] = [
  {
    id: 1,
    address: `${LISTS_HOST}/ads.txt`,
    type: 'block',
    comment: 'ads',
    groups: ['Default', 'kids', 'television'],
    domains: 168_412,
    enabled: true,
    addedDaysAgo: 410,
  },
  {
    id: 2,
    address: `${LISTS_HOST}/malware.txt`,
    type: 'block',
    comment: 'malware',
    groups: ['Default', 'kids', 'television'],
    domains: 92_103,
    enabled: true,
    addedDaysAgo: 410,
  },
  {
    id: 3,
    address: `${LISTS_HOST}/tracking.txt`,
    type: 'block',
    comment: 'tracking',
    groups: ['Default', 'kids', 'television'],
    domains: 41_220,
    enabled: true,
    addedDaysAgo: 288,
  },
  {
    id: 4,
    address: `${LISTS_HOST}/social.txt`,
    type: 'block',
    comment: 'social networks',
    groups: ['kids'],
    domains: 2_310,
    enabled: true,
    addedDaysAgo: 150,
  },
  {
    id: 5,
    address: `${LISTS_HOST}/allowed-shops.txt`,
    type: 'allow',
    comment: 'shops that break',
    groups: ['Default'],
    domains: 31,
    enabled: true,
    addedDaysAgo: 120,
  },
  {
    id: 6,
    address: NEW_LIST,
    type: 'block',
    comment: 'what the television sends home',
    groups: ['Default', 'television'],
    domains: 1_874,
    enabled: true,
    addedDaysAgo: 'yesterday',
  },
];

export const RULES: readonly DnsRule[] = [
  {
    id: 1,
    domain: 'clicks.shop.example',
    type: 'allow',
    kind: 'exact',
    comment: 'order mails',
    groups: ['Default'],
    enabled: true,
    addedDaysAgo: 95,
  },
  {
    id: 2,
    domain: 'video.social.example',
    type: 'deny',
    kind: 'exact',
    comment: 'homework first',
    groups: ['kids'],
    enabled: true,
    addedDaysAgo: 60,
  },
  {
    id: 3,
    domain: '(\\.|^)casino\\.example$',
    type: 'deny',
    kind: 'regex',
    comment: 'all of it',
    groups: ['Default', 'kids'],
    enabled: true,
    addedDaysAgo: 200,
  },
  {
    id: 4,
    domain: '^metrics?\\d*\\.',
    type: 'deny',
    kind: 'regex',
    comment: 'too broad, kept off',
    groups: ['Default'],
    enabled: false,
    addedDaysAgo: 33,
  },
];

/** Names that point somewhere else inside the house. */
export const CNAMES = [{ name: 'files.home.arpa', target: 'nas.home.arpa' }] as const;

const ADS = `${LISTS_HOST}/ads.txt`;
const TRACKING = `${LISTS_HOST}/tracking.txt`;
const name = (text: string, interests: readonly Interest[], last: number, lists?: readonly string[], cname?: string): DnsName => ({
  name: text,
  interests,
  answer: `198.51.100.${last}`,
  ...(lists ? { lists } : {}),
  ...(cname ? { cname } : {}),
});

/** What is asked for. */
export const NAMES: readonly DnsName[] = [
  name('news.example', ['web'], 10),
  name('www.search.example', ['web', 'work'], 11),
  name('mail.example', ['phone', 'web', 'work'], 12),
  name('weather.example', ['phone', 'kids'], 13),
  name('static.cdn.example', ['web', 'phone', 'kids', 'television'], 14),
  name('shop.example', ['web', 'phone'], 15),
  name('clicks.shop.example', ['phone'], 16, [TRACKING]),
  name('ads.banner.example', ['web', 'phone', 'kids'], 17, [ADS]),
  name('pixel.tracker.example', ['web', 'phone'], 18, [TRACKING]),
  name('stats.news.example', ['web'], 19, [TRACKING], 'pixel.tracker.example'),
  name('app.crashlog.example', ['phone', 'kids'], 20, [TRACKING]),
  name('video.social.example', ['kids', 'phone'], 21),
  name('social.example', ['phone', 'kids'], 22, [`${LISTS_HOST}/social.txt`]),
  name('games.kids.example', ['kids'], 23),
  name('ads.games.example', ['kids'], 24, [ADS]),
  name('api.stream.example', ['television'], 25),
  name('images.stream.example', ['television'], 26),
  name('time.smart-tv.example', ['television'], 27),
  name(DIFFERING_NAME, ['television'], 28, [NEW_LIST]),
  name('ads.smart-tv.example', ['television'], 29, [ADS, NEW_LIST]),
  name('update.smart-tv.example', ['television'], 30),
  name('intranet.work.example', ['work'], 31),
  name('meet.work.example', ['work'], 32),
  name('telemetry.os.example', ['windows'], 33, [TRACKING]),
  name('update.os.example', ['windows'], 34),
  name('store.games.example', ['windows'], 35),
  name('registry.images.example', ['server'], 36),
  name('api.tunnel.example', ['server'], 37),
  name('storage.example.net', ['server'], 38),
  name('ntp.example', ['server', 'printer', 'television'], 39),
  name('ink.printer.example', ['printer'], 40),
  name('lucky.casino.example', ['web'], 41),
];
