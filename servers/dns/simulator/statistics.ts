import { isBlocked, STATUSES } from './query-log.ts';
import { type Asked, ok, type Reply, refuse } from './reply.ts';
import type { QueryRow } from './state.ts';

const TYPES = 'A AAAA ANY SRV SOA PTR TXT NAPTR MX DS RRSIG DNSKEY NS SVCB HTTPS OTHER'.split(' ');
const REPLIES = 'UNKNOWN NODATA NXDOMAIN CNAME IP DOMAIN RRNAME SERVFAIL REFUSED NOTIMP OTHER DNSSEC NONE BLOB'.split(' ');
const SLOT = 600;
const SLOTS = 145;

/** What the statistics are made from: the rows of the last 24 h, and the gravity count. */
export interface Figures {
  rows: readonly QueryRow[];
  gravity: { count: number; updated: number };
  /** Kept over a flush of the log, as the real one does. */
  uniqueBefore: number;
}

export function counted<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

const filled = (names: readonly string[], counts: Map<string, number>) =>
  Object.fromEntries(names.map((name) => [name, counts.get(name) ?? 0]));
const sorted = (counts: Map<string, number>) => [...counts].sort((a, b) => b[1] - a[1]);

export function summaryReply({ rows, gravity, uniqueBefore }: Figures): Reply {
  const blocked = rows.filter(isBlocked).length;
  const status = filled(
    STATUSES,
    counted(rows, (row) => row.status),
  );
  return ok({
    queries: {
      total: rows.length,
      blocked,
      percent_blocked: rows.length === 0 ? 0 : (100 * blocked) / rows.length,
      unique_domains: Math.max(new Set(rows.map(({ domain }) => domain)).size, uniqueBefore),
      forwarded: status.FORWARDED ?? 0,
      cached: status.CACHE ?? 0,
      frequency: rows.length / 86_400,
      types: typesOf(rows),
      status,
      replies: filled(
        REPLIES,
        counted(rows, (row) => row.reply),
      ),
    },
    clients: { active: clientsOf(rows).length, total: clientsOf(rows).length },
    gravity: { domains_being_blocked: gravity.count, last_update: gravity.updated },
  });
}

const typesOf = (rows: readonly QueryRow[]) =>
  filled(
    TYPES,
    counted(rows, (row) => row.type),
  );

function clientsOf(rows: readonly QueryRow[]): { ip: string; name: string; count: number }[] {
  const names = new Map(rows.map(({ client }) => [client.ip, client.name ?? '']));
  return sorted(counted(rows, ({ client }) => client.ip)).map(([ip, count]) => ({ name: names.get(ip) ?? '', ip, count }));
}

function totals(rows: readonly QueryRow[]) {
  return { total_queries: rows.length, blocked_queries: rows.filter(isBlocked).length };
}

/** `/stats/...` from memory. */
export function statsReply(name: string, { rows }: Figures, { query }: Asked): Reply | undefined {
  const count = Number(query.get('count') ?? 10);
  const chosen = query.get('blocked') === 'true' ? rows.filter(isBlocked) : rows;
  if (name === 'query_types') return ok({ types: typesOf(rows) });
  if (name === 'top_domains') {
    const domains = sorted(counted(chosen, ({ domain }) => domain)).slice(0, count);
    return ok({ domains: domains.map(([domain, number]) => ({ domain, count: number })), ...totals(rows) });
  }
  if (name === 'top_clients') return ok({ clients: clientsOf(chosen).slice(0, count), ...totals(rows) });
  if (name === 'recent_blocked')
    return ok({
      blocked: rows
        .filter(isBlocked)
        .toReversed()
        .slice(0, Number(query.get('count') ?? 1))
        .map(({ domain }) => domain),
    });
  if (name !== 'upstreams') return undefined;
  const one = (ip: string, label: string, port: number, number: number, response = 0) => ({
    ...{ ip, name: label, port, count: number, statistics: { response, variance: 0 } },
  });
  const servers = sorted(
    counted(
      rows.filter(({ upstream }) => upstream !== null),
      ({ upstream }) => upstream ?? '',
    ),
  );
  const upstreams = [
    one('blocklist', 'blocklist', -1, rows.filter(isBlocked).length),
    one('cache', 'cache', -1, rows.filter(({ status }) => status === 'CACHE').length),
    ...servers.map(([server, number]) => one(server.split('#')[0] ?? '', '', Number(server.split('#')[1]), number, 0.0063)),
  ];
  return ok({ upstreams, total_queries: rows.length, forwarded_queries: rows.filter(({ upstream }) => upstream !== null).length });
}

/** `/stats/database/...`: all but the summary wrong in the ways this version is. */
export function longTermReply(name: string, rows: readonly QueryRow[], { query }: Asked): Reply | undefined {
  const range = rangeOf(query);
  if (!range) return refuse(400, 'bad_request', 'You need to specify both "from" and "until" in the request.');
  const inside = rows.filter(({ time }) => time >= range[0] && time <= range[1]);
  const blocked = inside.filter(isBlocked);
  const distinct = (key: (row: QueryRow) => string) => ({
    total_queries: new Set(inside.map(key)).size,
    blocked_queries: new Set(blocked.map(key)).size,
  });
  const chosen = query.get('blocked') === 'true' ? blocked : inside;
  if (name === 'summary')
    return ok({
      sum_queries: inside.length,
      sum_blocked: blocked.length,
      percent_blocked: inside.length === 0 ? 0 : (100 * blocked.length) / inside.length,
      total_clients: clientsOf(inside).length,
    });
  if (name === 'query_types') {
    const right = typesOf(inside);
    return ok({ types: Object.fromEntries(TYPES.map((type, index) => [type, right[TYPES[index + 1] ?? 'OTHER'] ?? 0])) });
  }
  if (name === 'top_domains') {
    const counts = counted(chosen, ({ domain }) => domain);
    return ok({ domains: [...counts].slice(0, 10).map(([domain, count]) => ({ domain, count })), ...distinct(({ domain }) => domain) });
  }
  if (name === 'top_clients')
    return ok({
      clients: clientsOf(chosen).map(({ ip, name: own, count }) => ({ ip, name: own, count })),
      ...distinct(({ client }) => client.ip),
    });
  if (name !== 'upstreams') return undefined;
  const forwarded = inside.filter(({ upstream }) => upstream !== null).length;
  const statistics = { response: 0, variance: 0 };
  return ok({
    upstreams: [
      { ip: '1', name: '', port: 4_294_967_295, count: forwarded, statistics },
      { ip: 'cache', name: 'cache', port: -1, count: inside.length - forwarded - blocked.length, statistics },
      { ip: 'blocklist', name: 'blocklist', port: -1, count: blocked.length },
    ],
    forwarded_queries: forwarded,
    total_queries: inside.length,
  });
}

function rangeOf(query: URLSearchParams): [number, number] | undefined {
  const [from, until] = [query.get('from'), query.get('until')];
  return from === null || until === null ? undefined : [Number(from), Number(until)];
}

/** `/history`, `/history/clients`, `/history/database`, `/history/database/clients`. */
export function historyReply(parts: readonly string[], { rows }: Figures, all: readonly QueryRow[], { query }: Asked): Reply | undefined {
  const now = Math.floor(Date.now() / 1000 / SLOT) * SLOT + SLOT / 2;
  const slots = Array.from({ length: SLOTS }, (_, index) => now - (SLOTS - 1 - index) * SLOT);
  const slotOf = (time: number) => Math.floor(time / SLOT) * SLOT + SLOT / 2;
  if (parts[1] === 'database') {
    const range = rangeOf(query);
    if (!range) return refuse(400, 'bad_request', 'You need to specify both "from" and "until" in the request.');
    const inside = all.filter(({ time }) => time >= range[0] && time <= range[1]);
    const bySlot = Map.groupBy(inside, ({ time }) => slotOf(time) - SLOT / 2);
    if (parts[2] !== 'clients')
      return ok({
        history: [...bySlot].map(([timestamp, own]) => ({
          ...{
            timestamp,
            total: own.length,
            cached: own.filter(({ status }) => status === 'CACHE').length,
            blocked: own.filter(isBlocked).length,
          },
        })),
      });
    const ids = clientsOf(inside).map(({ ip }) => ip);
    const data = (own: QueryRow[]) => Object.fromEntries([...counted(own, ({ client }) => String(ids.indexOf(client.ip) + 1))]);
    return ok({
      history: [...bySlot].map(([timestamp, own]) => ({ timestamp, data: data(own) })),
      clients: Object.fromEntries(clientsOf(inside).map(({ ip, name }) => [ip, { name }])),
    });
  }
  const bySlot = Map.groupBy(rows, ({ time }) => slotOf(time));
  if (parts[1] !== 'clients')
    return ok({
      history: slots.map((timestamp) => {
        const own = bySlot.get(timestamp) ?? [];
        const status = (word: string) => own.filter((row) => row.status === word).length;
        return {
          timestamp,
          total: own.length,
          cached: status('CACHE'),
          blocked: own.filter(isBlocked).length,
          forwarded: status('FORWARDED'),
        };
      }),
    });
  const clients = clientsOf(rows);
  const top = clients.slice(0, Math.max(1, Number(query.get('N') ?? 10) - 1));
  const others = clients.slice(top.length).reduce((sum, { count }) => sum + count, 0);
  return ok({
    history: slots.map((timestamp) => {
      const own = counted(bySlot.get(timestamp) ?? [], ({ client }) => client.ip);
      const shown = top.map(({ ip }) => [ip, own.get(ip) ?? 0] as const);
      const all = [...own.values()].reduce((sum, count) => sum + count, 0);
      return { timestamp, data: { ...Object.fromEntries(shown), others: all - shown.reduce((sum, [, count]) => sum + count, 0) } };
    }),
    clients: {
      ...Object.fromEntries(top.map(({ ip, name, count }) => [ip, { name, total: count }])),
      // Named only when a number was asked for, though each slot counts them.
      ...(query.has('N') ? { others: { name: 'other clients', total: others } } : {}),
    },
  });
}
