import { type Asked, ok, type Reply, refuse } from './reply.ts';
import type { QueryRow } from './state.ts';

/** Pi-hole's words for what became of a question. */
export const STATUSES = (
  'UNKNOWN GRAVITY FORWARDED CACHE REGEX DENYLIST EXTERNAL_BLOCKED_IP EXTERNAL_BLOCKED_NULL EXTERNAL_BLOCKED_NXRA GRAVITY_CNAME ' +
  'REGEX_CNAME DENYLIST_CNAME RETRIED RETRIED_DNSSEC IN_PROGRESS DBBUSY SPECIAL_DOMAIN CACHE_STALE EXTERNAL_BLOCKED_EDE15'
).split(' ');
const BLOCKED = new Set(STATUSES.filter((status) => /GRAVITY|REGEX|DENYLIST|BLOCKED|SPECIAL/.test(status)));
const PAGE = 100;

export const isBlocked = ({ status }: QueryRow): boolean => BLOCKED.has(status);

/** `GET /queries` over rows oldest first; `disk` sees only what is older than the interval of the database. */
export function queriesReply(all: readonly QueryRow[], asked: Asked, diskLagSeconds: number, next: number): Reply {
  const { query } = asked;
  const status = query.get('status');
  if (status !== null && !STATUSES.includes(status)) return refuse(400, 'bad_request', 'Requested status is invalid', status);
  const largest = next - 1;
  const cursor = query.get('cursor');
  if (cursor !== null && Number(cursor) > largest)
    return refuse(400, 'bad_request', 'Requested cursor is invalid', 'Cursor larger than largest database index');
  const disk = query.get('disk') === 'true';
  const [from, until] = [Number(query.get('from') ?? 0), Number(query.get('until') ?? Number.POSITIVE_INFINITY)];
  const oldest = disk ? 0 : Date.now() / 1000 - 86_400;
  const newest = disk ? Date.now() / 1000 - diskLagSeconds : Number.POSITIVE_INFINITY;
  const inTime = all.filter(
    ({ time, id }) => time >= Math.max(from, oldest) && time <= Math.min(until, newest) && (cursor === null || id <= Number(cursor)),
  );
  const wanted = inTime.filter((row) => matches(row, query));
  const start = Number(query.get('start') ?? 0);
  const length = Number(query.get('length') ?? PAGE);
  const newestFirst = wanted.toReversed();
  const page = length < 0 ? newestFirst.slice(start) : newestFirst.slice(start, start + length);
  const outside = from > Date.now() / 1000;
  return ok({
    queries: page.map(shown),
    cursor: outside ? -1 : cursor === null ? largest : Number(cursor),
    recordsTotal: inTime.length,
    recordsFiltered: wanted.length,
    draw: 0,
  });
}

function matches(row: QueryRow, query: URLSearchParams): boolean {
  const like = (name: string, value: string | null): boolean => {
    const asked = query.get(name);
    if (asked === null) return true;
    const pattern = asked
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${pattern}$`, 'i').test(value ?? '');
  };
  const equal = (name: string, value: string | null): boolean => query.get(name) === null || query.get(name) === value;
  const upstream = query.get('upstream');
  const cached = row.status === 'CACHE' || row.status === 'CACHE_STALE';
  const sent =
    upstream === null ||
    (upstream === 'blocklist'
      ? isBlocked(row)
      : upstream === 'cache'
        ? cached
        : upstream === 'permitted'
          ? !isBlocked(row)
          : row.upstream === upstream);
  return (
    sent &&
    like('domain', row.domain) &&
    like('client_ip', row.client.ip) &&
    like('client_name', row.client.name) &&
    equal('type', row.type) &&
    equal('status', row.status) &&
    equal('reply', row.reply)
  );
}

function shown({ id, time, type, status, domain, upstream, reply, took, client, listId, cname }: QueryRow): object {
  return {
    ...{ id, time, type, status, dnssec: 'UNKNOWN', domain, upstream, reply: { type: reply, time: took } },
    ...{ client, list_id: listId, ede: { code: -1, text: null }, cname },
  };
}

/** `GET /queries/suggestions` */
export function suggestionsReply(rows: readonly QueryRow[]): Reply {
  const seen = <T>(values: readonly T[]): T[] => [...new Set(values)].slice(0, 30);
  const types = 'A AAAA ANY SRV SOA PTR TXT NAPTR MX DS RRSIG DNSKEY NS OTHER SVCB HTTPS'.split(' ');
  return ok({
    suggestions: {
      domain: seen(rows.map(({ domain }) => domain)),
      client_ip: seen(rows.map(({ client }) => client.ip)),
      client_name: seen(rows.flatMap(({ client }) => client.name ?? [])),
      upstream: ['blocklist', 'cache', ...seen(rows.flatMap(({ upstream }) => upstream ?? [])), 'permitted'],
      type: types,
      status: STATUSES,
      reply: 'UNKNOWN NODATA NXDOMAIN CNAME IP DOMAIN RRNAME SERVFAIL REFUSED NOTIMP OTHER DNSSEC NONE BLOB'.split(' '),
      dnssec: 'SECURE INSECURE BOGUS ABANDONED TRUNCATED UNKNOWN'.split(' '),
    },
  });
}
