import { type Known, versionOf } from './information.ts';
import { ok, type Reply } from './reply.ts';

/** `GET /padd`: the one page that the terminal dashboard shows. */
export function paddReply(known: Known, queries: { total: number; blocked: number }): Reply {
  const traffic = { value: 1.2, unit: 'G' };
  const local = known.addresses[0] ?? '192.0.2.10';
  return ok({
    recent_blocked: known.recentBlocked,
    active_clients: known.clients,
    gravity_size: known.gravity,
    ...{ top_domain: known.recentBlocked, top_blocked: known.recentBlocked, top_client: 'localhost' },
    blocking: known.blocking ? 'enabled' : 'disabled',
    queries: { ...queries, percent_blocked: queries.total === 0 ? 0 : (100 * queries.blocked) / queries.total },
    cache: { size: 10_000, inserted: 4, evicted: 0 },
    system: {
      uptime: Math.round((Date.now() - known.started) / 1000),
      memory: {
        ram: { total: 4_000_000, free: 2_400_000, used: 800_000, available: 3_000_000, '%used': 20 },
        swap: { total: 0, free: 0, used: 0, '%used': 0 },
      },
      procs: 200,
      cpu: { nprocs: 4, '%cpu': 1.5, load: { raw: [0.5, 0.4, 0.3], percent: [12.5, 10, 7.5] } },
      ftl: { '%mem': 0.067, '%cpu': 1.5 },
    },
    node_name: known.name,
    host_model: null,
    iface: {
      v4: { addr: local, rx_bytes: traffic, tx_bytes: traffic, num_addrs: known.addresses.length, name: 'eth0', gw_addr: '192.0.2.1' },
      v6: { addr: '2001:db8::2', num_addrs: 2, name: 'eth0', gw_addr: '2001:db8::1' },
    },
    version: versionOf(known),
    config: {
      ...{ dhcp_active: false, dhcp_start: '', dhcp_end: '', dhcp_ipv6: false, dns_domain: 'lan', dns_port: 53, dns_num_upstreams: 1 },
      ...{ dns_dnssec: false, dns_revServer_active: false, privacy_level: 0 },
    },
    '%mem': 0.067,
    '%cpu': 1.5,
    pid: known.pid,
    sensors: { cpu_temp: null, hot_limit: 60, unit: 'C' },
  });
}

const ROUTES: Record<string, string> = {
  get:
    'auth/sessions auth/app auth/totp auth dns/blocking clients/_suggestions clients/{client} domains/{type}/{kind}/{domain} search/{domain} ' +
    'groups/{name} lists/{list} info/client info/login info/system info/database info/sensors info/host info/ftl info/version info/messages/count ' +
    'info/messages info/metrics logs/dnsmasq logs/ftl logs/webserver history/clients history/database/clients history/database history ' +
    'queries/suggestions queries stats/summary stats/upstreams stats/top_domains stats/top_clients stats/recent_blocked stats/query_types ' +
    'stats/database/summary stats/database/top_domains stats/database/top_clients stats/database/query_types stats/database/upstreams ' +
    'config network/gateway network/interfaces network/devices network/routes dhcp/leases teleporter endpoints docs padd',
  post:
    'auth dns/blocking clients clients:batchDelete domains:batchDelete domains/{type}/{kind} groups groups:batchDelete lists lists:batchDelete ' +
    'action/gravity action/restartdns action/flush/logs action/flush/arp action/flush/network teleporter',
  put: 'clients/{client} domains/{type}/{kind}/{domain} groups/{name} lists/{list} config/{element}/{value}',
  patch: 'config',
  delete:
    'auth auth/session/{id} clients/{client} domains/{type}/{kind}/{domain} groups/{name} lists/{list} info/messages/{id} config/{element}/{value} ' +
    'network/devices/{id} dhcp/leases/{ip}',
};

/** `GET /endpoints` */
export function endpointsReply(): Reply {
  const split = (route: string) => /^([^{]*?)((?:\/\{.*)?)$/.exec(route);
  return ok({
    endpoints: Object.fromEntries(
      Object.entries(ROUTES).map(([method, routes]) => [
        method,
        routes.split(' ').map((route) => ({ uri: `/api/${split(route)?.[1]}`, parameters: split(route)?.[2] ?? '' })),
      ]),
    ),
  });
}
