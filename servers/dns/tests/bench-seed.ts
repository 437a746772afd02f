import type { List, QueryRow, Rule, Seed } from '../simulator/state.ts';

/** Lists of the bench by their address. */
export const LISTS = {
  ads: 'file:///srv/lists/ads.txt',
  telemetry: 'file:///srv/lists/telemetry.txt',
  allow: 'file:///srv/lists/allow.txt',
};

const HOLD: Record<string, readonly string[]> = {
  [LISTS.ads]: ['ad1.ads.example', 'ad2.ads.example', 'ad5.ads.example', 'doubleclick.fake', '||abpblocked.fake^'],
  [LISTS.telemetry]: ['telemetry.fake', 'doubleclick.fake'],
  [LISTS.allow]: ['ad5.ads.example'],
};

/** A Pi-hole like the one the recordings were made with: three lists, some rules, devices and questions of the last minutes. */
export function benchSeed(): Seed {
  const now = Math.floor(Date.now() / 1000);
  const list = (id: number, address: string, type: List['type'], comment: string | null): List => ({
    ...{ id, address, type, comment, groups: [0], enabled: true, added: now - 900, modified: now - 900, updated: now - 900 },
    ...{ number: HOLD[address]?.length ?? 0, abp: 0, status: 1 },
  });
  const rule = (id: number, domain: string, type: Rule['type'], kind: Rule['kind'], comment: string | null): Rule => ({
    ...{ id, domain, type, kind, comment, groups: [0], enabled: true, added: now - 800, modified: now - 800 },
  });
  return {
    tables: {
      groups: [
        { id: 0, name: 'Default', comment: 'The default group', enabled: true, added: now - 1000, modified: now - 1000 },
        { id: 1, name: 'grown', comment: 'c', enabled: true, added: now - 900, modified: now - 900 },
      ],
      rules: [
        rule(1, 'ok.fake', 'deny', 'exact', 'keep'),
        rule(2, 'deny.fake', 'deny', 'exact', 'x'),
        rule(3, 'allowed.fake', 'allow', 'exact', null),
        rule(4, '^evil[0-9]+\\.', 'deny', 'regex', 'rx'),
      ],
      lists: [list(1, LISTS.ads, 'block', 'test ads'), list(2, LISTS.telemetry, 'block', 'telemetry'), list(3, LISTS.allow, 'allow', null)],
      clients: [{ id: 1, client: '127.0.0.8', name: '', comment: 'kid tablet', groups: [0, 1], added: now - 700, modified: now - 700 }],
    },
    lists: (address) => (HOLD[address] ? { domains: HOLD[address] } : undefined),
    queries: questions(now),
    devices: [device(1, '127.0.0.1', 'localhost', now), device(2, '127.0.0.9', null, now), device(3, '127.0.0.8', null, now)],
    messages: [{ id: 1, timestamp: now - 60, type: 'LOAD', plain: 'Long-term load (15min avg) larger than number of processors: 9.1 > 4' }],
    upstream: (name) => (name.endsWith('.example') || name.endsWith('.fake') ? { address: '198.51.100.7' } : undefined),
    hosts: [],
    cnames: [],
    gravity: { updated: now - 600 },
  };
}

function device(id: number, ip: string, name: string | null, now: number) {
  const times = { firstSeen: now - 900, lastQuery: now - 30, numQueries: 29 };
  return { id, hwaddr: `ip-${ip}`, interface: 'lo', ...times, macVendor: '', ips: [{ ip, name }] };
}

function questions(now: number): QueryRow[] {
  const rows: Omit<QueryRow, 'id' | 'time'>[] = [
    row('A', 'FORWARDED', 'example.com', '127.0.0.1', null),
    row('PTR', 'CACHE', '1.0.0.127.in-addr.arpa', '127.0.0.1', null),
    row('A', 'GRAVITY', 'doubleclick.fake', '127.0.0.8', -3),
    row('A', 'GRAVITY', 'ad1.ads.example', '127.0.0.1', -3),
    row('A', 'GRAVITY', 'ad2.ads.example', '127.0.0.8', -3),
    row('A', 'GRAVITY_CNAME', 'cname.fake', '127.0.0.1', -3, 'ad1.ads.example'),
    row('A', 'REGEX', 'evil5.org', '127.0.0.1', 4),
    row('AAAA', 'FORWARDED', 'example.org', '127.0.0.9', null),
    row('A', 'FORWARDED', 'ad5.ads.example', '127.0.0.1', -5),
    row('A', 'SPECIAL_DOMAIN', 'mask.icloud.com', '127.0.0.1', null),
  ];
  // The log holds more than a hundred rows, so that pages and old ones exist.
  return Array.from({ length: 40 }, (_, index) => ({
    ...(rows[index % rows.length] as QueryRow),
    id: index,
    time: now - 500 + index * 10,
  }));
}

function row(type: string, status: string, domain: string, ip: string, listId: number | null, cname: string | null = null) {
  const upstream = status === 'FORWARDED' || status === 'GRAVITY_CNAME' ? '127.0.0.1#5399' : null;
  const client = { ip, name: ip === '127.0.0.1' ? 'localhost' : null };
  return { type, status, domain, upstream, reply: type === 'PTR' ? 'NXDOMAIN' : 'IP', took: 0.0012, client, listId, cname };
}
