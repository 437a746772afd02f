import { path } from '@homelab/shared/upstream/address.ts';
import {
  BlockingAnswer,
  ClientsAnswer,
  DevicesAnswer,
  GroupsAnswer,
  HistoryAnswer,
  InterfacesAnswer,
  ListsAnswer,
  LogAnswer,
  MaxSeatsAnswer,
  MessagesAnswer,
  QueriesAnswer,
  RecordsAnswer,
  RulesAnswer,
  SearchAnswer,
  SeatsAnswer,
  SummaryAnswer,
  TopClientsAnswer,
  TopDomainsAnswer,
  UpstreamsAnswer,
  VersionAnswer,
} from './answers.ts';
import type { Node } from './node.ts';
import { type Device, listOf, type Query, queryOf, type Tables } from './words.ts';

/** Blocking as one Pi-hole has it; seconds until it turns back, undefined without a timer. */
export interface Blocking {
  on: boolean;
  /** `failure` or `unknown`: Pi-hole does not know it itself. */
  odd: boolean;
  seconds: number | undefined;
}

export async function readBlocking(node: Node, signal: AbortSignal): Promise<Blocking> {
  const { blocking, timer } = await node.ask(BlockingAnswer, { path: '/dns/blocking', signal });
  return { on: blocking === 'enabled', odd: blocking === 'failure' || blocking === 'unknown', seconds: timer ?? undefined };
}

/** Figures of the last 24 hours; `gravity.domains` is undefined where the gravity database cannot be read. */
export async function readSummary(node: Node, signal: AbortSignal) {
  const { queries, clients, gravity } = await node.ask(SummaryAnswer, { path: '/stats/summary', signal });
  return {
    ...{ queries: queries.total, blocked: queries.blocked, percent: queries.percent_blocked, clients: clients.active },
    gravity: {
      domains: gravity.domains_being_blocked < 0 ? undefined : gravity.domains_being_blocked,
      updated: gravity.last_update > 0 ? new Date(gravity.last_update * 1000) : undefined,
    },
  };
}

/** Who sits on the API's seats. */
export async function readSeats(node: Node, signal: AbortSignal) {
  const { sessions } = await node.ask(SeatsAnswer, { path: '/auth/sessions', signal });
  const { config } = await node.ask(MaxSeatsAnswer, { path: '/config/webserver/api/max_sessions', signal });
  return {
    most: config.webserver.api.max_sessions,
    taken: sessions.map(({ id, current_session, last_active, login_at, remote_addr, user_agent }) => ({
      ...{ id, ours: current_session, address: remote_addr, agent: user_agent ?? undefined },
      ...{ since: new Date(login_at * 1000), active: new Date(last_active * 1000) },
    })),
  };
}

/** All tables of the gravity database, one request after the other. */
export async function readTables(node: Node, signal: AbortSignal): Promise<Tables> {
  const { groups } = await node.table(GroupsAnswer, { path: '/groups', signal });
  const { domains } = await node.table(RulesAnswer, { path: '/domains', signal });
  const { lists } = await node.table(ListsAnswer, { path: '/lists', signal });
  const { clients } = await node.table(ClientsAnswer, { path: '/clients', signal });
  return { groups, rules: domains, lists: lists.map(listOf), clients };
}

/** Rules and lists that hold a name, whatever their groups: a hit is no verdict. */
export async function readSearch(node: Node, domain: string, signal: AbortSignal) {
  const { search } = await node.table(SearchAnswer, { path: path`/search/${domain}`, query: { N: 100 }, signal });
  return { rules: search.domains, lists: search.gravity.map(({ domain: entry, ...list }) => ({ entry, list: listOf(list) })) };
}
export type Found = Awaited<ReturnType<typeof readSearch>>;

/** What of the query log is wanted; times inclusive. `*` is the wildcard in `domain` and `client`. */
export interface LogFilter {
  from?: Date;
  until?: Date;
  domain?: string;
  clientIp?: string;
  clientName?: string;
  type?: string;
  status?: string;
  upstream?: string;
  length: number;
  start?: number;
  cursor?: number;
}

/** A page of the query log, newest first, and the cursor that keeps later pages in line. */
export async function readQueries(
  node: Node,
  filter: LogFilter,
  signal: AbortSignal,
): Promise<{ rows: Query[]; cursor: number; total: number }> {
  const { from, until, clientIp, clientName, ...rest } = filter;
  const query = {
    ...rest,
    from: from && Math.floor(from.getTime() / 1000),
    until: until && Math.ceil(until.getTime() / 1000),
    client_ip: clientIp,
    client_name: clientName,
  };
  const answer = await node.ask(QueriesAnswer, { path: '/queries', query, signal });
  return { rows: answer.queries.map(queryOf), cursor: answer.cursor ?? -1, total: answer.recordsFiltered };
}

export async function readMessages(node: Node, signal: AbortSignal) {
  const { messages } = await node.ask(MessagesAnswer, { path: '/info/messages', signal });
  return messages.map(({ id, timestamp, type, plain }) => ({ id, at: new Date(timestamp * 1000), type, text: plain }));
}

/** FTL's version; undefined where its file of versions is missing, which is not a fault of the resolver. */
export async function readVersion(node: Node, signal: AbortSignal): Promise<string | undefined> {
  const answer = await node.ask(VersionAnswer, { path: '/info/version', signal }).catch(() => undefined);
  return answer?.version.ftl.local.version ?? undefined;
}

export async function readDevices(node: Node, signal: AbortSignal): Promise<Device[]> {
  const { devices } = await node.ask(DevicesAnswer, { path: '/network/devices', query: { max_devices: 999, max_addresses: 25 }, signal });
  return devices;
}

/** The addresses of the machine; in a container's own network those of the container. */
export async function readAddresses(node: Node, signal: AbortSignal): Promise<string[]> {
  const { interfaces } = await node.ask(InterfacesAnswer, { path: '/network/interfaces', signal });
  return interfaces.flatMap(({ addresses }) => (addresses ?? []).map(({ address }) => address));
}

/** Ten-minute slots of the last 24 hours. */
export async function readHistory(node: Node, signal: AbortSignal) {
  const { history } = await node.ask(HistoryAnswer, { path: '/history', signal });
  return history.map(({ timestamp, total, blocked }) => ({ at: new Date(timestamp * 1000), total, blocked }));
}

/** The most asked names or most asking devices of the last 24 hours. */
export async function readTop(node: Node, what: 'domains' | 'blocked' | 'clients', count: number, signal: AbortSignal) {
  if (what === 'clients') {
    const { clients, total_queries } = await node.ask(TopClientsAnswer, { path: '/stats/top_clients', query: { count }, signal });
    return { total: total_queries, rows: clients.map(({ ip, name, count: number }) => ({ name: name || ip, count: number })) };
  }
  const query = { count, ...(what === 'blocked' ? { blocked: true } : {}) };
  const { domains, total_queries } = await node.ask(TopDomainsAnswer, { path: '/stats/top_domains', query, signal });
  return { total: total_queries, rows: domains.map(({ domain, count: number }) => ({ name: domain, count: number })) };
}

/** Local records: addresses of names, and names that point to names. */
export async function readRecords(node: Node, signal: AbortSignal) {
  const { config } = await node.ask(RecordsAnswer, { path: '/config/dns', signal });
  return {
    hosts: config.dns.hosts.flatMap((line) => {
      const [address = '', ...names] = line.trim().split(/\s+/);
      return names.map((name) => ({ name, type: address.includes(':') ? ('AAAA' as const) : ('A' as const), value: address }));
    }),
    cnames: config.dns.cnameRecords.map((line) => ({
      name: line.split(',')[0] ?? '',
      type: 'CNAME' as const,
      value: line.split(',')[1] ?? '',
    })),
  };
}

export async function readUpstreams(node: Node, signal: AbortSignal) {
  const { upstreams } = await node.ask(UpstreamsAnswer, { path: '/stats/upstreams', signal });
  return upstreams
    .filter(({ port }) => port > 0)
    .map(({ ip, port, count, statistics }) => ({ server: `${ip}#${port}`, count, ms: statistics.response * 1000 }));
}

export async function readLog(node: Node, file: 'ftl' | 'dnsmasq' | 'webserver', signal: AbortSignal) {
  const { log } = await node.ask(LogAnswer, { path: path`/logs/${file}`, signal });
  return log.map(({ timestamp, message }) => ({ at: new Date(timestamp * 1000), text: message }));
}
