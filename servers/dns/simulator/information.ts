import { missing, ok, type Reply, refuse } from './reply.ts';
import type { Device, Message, Tables } from './state.ts';

/** What the routes about the machine and the program tell from. */
export interface Known {
  name: string;
  tables: Tables;
  gravity: number;
  queries: number;
  clients: number;
  blocking: boolean;
  started: number;
  pid: number;
  destructive: boolean;
  versionsFile: boolean;
  version: string;
  messages: Message[];
  devices: Device[];
  /** Addresses of the machine; the shared one last where it holds it. */
  addresses: readonly string[];
  ftlLog: { time: number; text: string }[];
  dnsLog: { time: number; text: string }[];
  earliest: number;
  recentBlocked: string;
}

const DNSMASQ = (
  'dns_cache_inserted dns_cache_live_freed dns_queries_forwarded dns_auth_answered dns_local_answered dns_stale_answered dns_unanswered ' +
  'dnssec_max_crypto_use dnssec_max_sig_fail dnssec_max_work bootp pxe dhcp_ack dhcp_decline dhcp_discover dhcp_inform dhcp_nak dhcp_offer ' +
  'dhcp_release dhcp_request noanswer leases_allocated_4 leases_pruned_4 leases_allocated_6 leases_pruned_6 tcp_connections dhcp_leasequery ' +
  'dhcp_lease_unassigned dhcp_lease_actve dhcp_lease_unknown'
).split(' ');
const zeros = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 0]));
const RAM = { total: 4_000_000, free: 2_400_000, used: 800_000, available: 3_000_000, '%used': 20 };
const SWAP = { total: 0, free: 0, used: 0, '%used': 0 };
const LOAD = { raw: [0.5, 0.4, 0.3], percent: [12.5, 10, 7.5] };
const CPU = { nprocs: 4, '%cpu': 1.5, load: LOAD };

export function versionOf({ version }: Known): object {
  const hash = '8d1add8d';
  return {
    core: { local: { version: 'v6.2.2', branch: 'master', hash }, remote: { version: 'v6.2.2', hash } },
    web: { local: { version: 'v6.3', branch: 'master', hash }, remote: { version: 'v6.3', hash } },
    ftl: {
      local: { hash, branch: 'master', version: `v${version}`, date: '2025-11-27 18:02:19 +0000' },
      remote: { version: `v${version}`, hash },
    },
    docker: { local: null, remote: null },
  };
}

function systemOf({ started }: Known): object {
  const ftl = { '%mem': 0.066, '%cpu': 1.5 };
  return { uptime: Math.round((Date.now() - started) / 1000), memory: { ram: RAM, swap: SWAP }, procs: 200, cpu: CPU, ftl };
}

/** `/info/...` besides `client` and `login`. */
export function infoReply(name: string, known: Known): Reply | undefined {
  if (name === 'version')
    return known.versionsFile ? ok({ version: versionOf(known) }) : refuse(500, 'internal_error', 'Failed to read /etc/pihole/versions');
  if (name === 'system') return ok({ system: systemOf(known) });
  if (name === 'sensors') return ok({ sensors: { list: [], cpu_temp: null, hot_limit: 60, unit: 'C' } });
  if (name === 'host') {
    const none = { vendor: null };
    const uname = {
      domainname: '(none)',
      machine: 'aarch64',
      nodename: known.name,
      release: '6.12.0',
      sysname: 'Linux',
      version: '#1 SMP',
    };
    const board = { name: null, vendor: null, version: null };
    const dmi = { bios: none, board, product: { name: null, family: null, version: null }, sys: none };
    return ok({ host: { uname, model: null, dmi } });
  }
  if (name === 'database') {
    const now = Math.floor(Date.now() / 1000);
    const owner = { user: { uid: 1000, name: 'pihole', info: '' }, group: { gid: 1000, name: 'pihole' } };
    const file = { size: 90_112, type: 'Regular file', mode: 'rw-r-----', atime: now, mtime: now, ctime: now, owner };
    const rows = {
      queries: known.queries,
      earliest_timestamp: known.earliest,
      queries_disk: known.queries,
      earliest_timestamp_disk: known.earliest,
    };
    return ok({ ...file, ...rows, sqlite_version: '3.51.0' });
  }
  if (name === 'metrics') {
    const content = ['OTHER', 'A', 'AAAA'].map((type, index) => ({ type: [0, 1, 28][index], name: type, count: { valid: 5, stale: 0 } }));
    const cache = { size: 10_000, inserted: 1, evicted: 0, expired: 0, immortal: 10, content };
    const replies = { local: 5, forwarded: 1, optimized: 0, unanswered: 0, auth: 0, sum: 6 };
    const leases = zeros(['allocated_4', 'pruned_4', 'allocated_6', 'pruned_6']);
    const dhcp = { ...zeros('ack decline discover inform nak offer release request noanswer bootp pxe'.split(' ')), leases };
    return ok({ metrics: { dns: { cache, replies }, dhcp } });
  }
  if (name !== 'ftl') return undefined;
  const { tables } = known;
  const count = (type: string, kind: string) => {
    const own = tables.rules.filter((rule) => rule.type === type && rule.kind === kind);
    return { total: own.length, enabled: own.filter(({ enabled }) => enabled).length };
  };
  const database = {
    ...{ gravity: known.gravity, groups: tables.groups.length, lists: tables.lists.length, clients: tables.clients.length },
    domains: { allowed: count('allow', 'exact'), denied: count('deny', 'exact') },
    regex: { allowed: count('allow', 'regex'), denied: count('deny', 'regex') },
  };
  const clients = { total: known.clients, active: known.clients };
  const run = { pid: known.pid, uptime: Date.now() - known.started, '%mem': 0.066, '%cpu': 1.5, allow_destructive: known.destructive };
  return ok({ ftl: { database, privacy_level: 0, query_frequency: 0.1, clients, ...run, dnsmasq: zeros(DNSMASQ) } });
}

/** `/info/messages`, also the count and the deletion of one. */
export function messagesReply({ messages }: Known, method: string, id: string | undefined): Reply {
  if (method === 'DELETE') {
    const index = messages.findIndex((message) => String(message.id) === id);
    if (index < 0) return missing();
    messages.splice(index, 1);
    return { status: 204, type: 'text/html' };
  }
  if (id === 'count') return ok({ count: messages.length });
  return ok({ messages: messages.map((message) => ({ ...message, html: message.plain })) });
}

/** `/network/...` besides devices. */
export function networkReply(name: string, { addresses }: Known): Reply | undefined {
  if (name === 'gateway') {
    const local = addresses.slice(0, 1);
    return ok({ gateway: [{ family: 'inet', interface: 'eth0', address: '192.0.2.1', local }] });
  }
  if (name !== 'interfaces') return undefined;
  const stamp = { prefered: 4_294_967_295, valid: 4_294_967_295, cstamp: 1_795_162_576.7, tstamp: 1_795_162_576.7 };
  const inet = (address: string, label: string, scope: string, flags: string[], kind: string) => ({
    ...{
      family: 'inet',
      scope,
      flags,
      prefixlen: label === 'lo' ? 8 : 24,
      address,
      address_type: kind,
      local: address,
      local_type: kind,
      label,
    },
    ...stamp,
  });
  const inet6 = (address: string, scope: string, kind: string) => ({
    ...{ family: 'inet6', scope, flags: ['permanent'], prefixlen: 64, address, address_type: kind },
    ...stamp,
  });
  const bytes = { rx_bytes: { value: 116.6, unit: 'K' }, tx_bytes: { value: 116.6, unit: 'K' }, bits: 64 };
  const card = (name: string, speed: number | null, type: string, flags: string[], state: string, own: object[]) => ({
    ...{ name, speed, type, flags: ['up', ...flags, 'running', 'lower_up'], state, carrier: true, proto_down: false },
    ...{ address: '00:00:5e:00:53:0a', broadcast: 'ff:ff:ff:ff:ff:ff', stats: bytes, addresses: own },
  });
  const ethernet = addresses.map((address, index) =>
    inet(address, 'eth0', 'universe', index === 0 ? ['permanent'] : ['secondary', 'temporary', 'permanent'], 'private'),
  );
  const loop = [inet('127.0.0.1', 'lo', 'host', ['permanent'], 'loopback'), inet6('::1', 'host', 'loopback')];
  return ok({
    interfaces: [
      card('lo', null, 'loopback', ['loopback'], 'unknown', loop),
      card('eth0', 1000, 'ether', ['broadcast', 'multicast'], 'up', [...ethernet, inet6('fe80::1', 'link', 'link-local (LL)')]),
    ],
  });
}

export function devicesReply({ devices }: Known, query: URLSearchParams): Reply {
  const most = Number(query.get('max_devices') ?? 10);
  const now = Math.floor(Date.now() / 1000);
  return ok({
    devices: devices.slice(0, most).map((device) => ({
      ...device,
      ips: device.ips.slice(0, Number(query.get('max_addresses') ?? 3)).map((one) => ({ ...one, lastSeen: now, nameUpdated: now })),
    })),
  });
}

export function suggestedClientsReply({ devices }: Known): Reply {
  return ok({
    clients: devices.map(({ hwaddr, macVendor, lastQuery, ips }) => ({
      ...{ hwaddr, macVendor, lastQuery, addresses: ips.map(({ ip }) => ip).join(',') },
      names: ips.flatMap(({ name }) => name ?? []).join(',') || null,
    })),
  });
}

/** `/logs/...`: only what is newer than `nextID`. */
export function logsReply(file: string, { ftlLog, dnsLog, pid }: Known, query: URLSearchParams): Reply | undefined {
  const rows = file === 'ftl' ? ftlLog : file === 'dnsmasq' ? dnsLog : file === 'webserver' ? [] : undefined;
  if (!rows) return undefined;
  const log = rows
    .slice(Number(query.get('nextID') ?? 0))
    .map(({ time, text }) => ({ timestamp: time, message: text, prio: file === 'ftl' ? 'INFO' : null }));
  const path = { ftl: 'FTL.log', dnsmasq: 'pihole.log', webserver: 'webserver.log' }[file] ?? '';
  return ok({ log, nextID: rows.length, pid, file: `/var/log/pihole/${path}` });
}
