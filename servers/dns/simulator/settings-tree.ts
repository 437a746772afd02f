/** Settings as `GET /config` gives them: the values of a fresh Pi-hole, with the ones a home changes. */
export function settingsTree(given: {
  hosts: string[];
  cnames: string[];
  upstreams: string[];
  blocking: boolean;
  port: number;
  sudo: boolean;
  destructive: boolean;
  maxSessions: number;
  timeout: number;
}) {
  const off = { active: false, address: '' };
  const overwrite = { force4: false, IPv4: '', force6: false, IPv6: '' };
  return {
    dns: {
      upstreams: given.upstreams,
      ...{ CNAMEdeepInspect: true, blockESNI: true, EDNS0ECS: true, ignoreLocalhost: false, showDNSSEC: true, analyzeOnlyAandAAAA: false },
      ...{ piholePTR: 'PI.HOLE', replyWhenBusy: 'ALLOW', blockTTL: 2, hosts: given.hosts, domainNeeded: false, expandHosts: false },
      ...{ bogusPriv: true, dnssec: false, interface: 'lo', hostRecord: '', listeningMode: 'BIND', queryLogging: true },
      ...{ cnameRecords: given.cnames, port: given.port, localise: true, revServers: [], domain: { name: 'lan', local: true } },
      cache: { size: 10000, optimizer: 3600, upstreamBlockedTTL: 86400 },
      blocking: { active: given.blocking, mode: 'NULL', edns: 'TEXT' },
      specialDomains: { mozillaCanary: true, iCloudPrivateRelay: true, designatedResolver: true },
      reply: { host: { ...overwrite }, blocking: { ...overwrite } },
      rateLimit: { count: 1000, interval: 60 },
    },
    dhcp: {
      ...{ active: false, start: '', end: '', router: '', netmask: '', leaseTime: '', ipv6: false, rapidCommit: false, multiDNS: false },
      ...{ logging: false, ignoreUnknownClients: false, hosts: [] },
    },
    ntp: {
      ...{ ipv4: { ...off }, ipv6: { ...off } },
      sync: { active: false, server: 'pool.ntp.org', interval: 3600, count: 8, rtc: { set: false, device: '', utc: true } },
    },
    resolver: { resolveIPv4: true, resolveIPv6: true, networkNames: false, refreshNames: 'IPV4_ONLY' },
    database: { DBimport: true, maxDBdays: 91, DBinterval: 60, useWAL: true, network: { parseARPcache: true, expire: 91 } },
    webserver: {
      ...{
        domain: 'pi.hole',
        acl: '',
        port: '80o,443os',
        threads: 50,
        headers: ['X-Frame-Options: DENY'],
        serve_all: false,
        advancedOpts: [],
      },
      session: { timeout: given.timeout, restore: true },
      tls: { cert: '/etc/pihole/tls.pem', validity: 47 },
      paths: { webroot: '/var/www/html', webhome: '/admin/', prefix: '' },
      interface: { boxed: true, theme: 'default-auto' },
      api: {
        ...{ max_sessions: given.maxSessions, prettyJSON: false, pwhash: '$BALLOON-SHA256$v=1$simulated', password: '********' },
        ...{
          totp_secret: '********',
          app_pwhash: '$BALLOON-SHA256$v=1$simulated-app',
          app_sudo: given.sudo,
          cli_pw: true,
          excludeClients: [],
        },
        ...{ excludeDomains: [], maxHistory: 86400, maxClients: 10, client_history_global_max: true },
        ...{ allow_destructive: given.destructive, temp: { limit: 60, unit: 'C' } },
      },
    },
    files: {
      ...{ pid: '/run/pihole-FTL.pid', database: '/etc/pihole/pihole-FTL.db', gravity: '/etc/pihole/gravity.db', gravity_tmp: '/var/lib' },
      ...{ macvendor: '/etc/pihole/macvendor.db', pcap: '' },
      log: { ftl: '/var/log/pihole/FTL.log', dnsmasq: '/var/log/pihole/pihole.log', webserver: '/var/log/pihole/webserver.log' },
    },
    misc: {
      ...{ privacylevel: 0, delay_startup: 0, nice: -10, addr2line: true, etc_dnsmasq_d: false, dnsmasq_lines: [], extraLogging: false },
      ...{ readOnly: false, normalizeCPU: true, hide_dnsmasq_warn: false, check: { load: true, shmem: 90, disk: 90 } },
    },
    debug: {},
  };
}

type Tree = { [key: string]: Tree | unknown };

/** The part of a tree below a path, wrapped in its keys again; an unknown path gives an empty object. */
export function partOf(tree: object, path: readonly string[]): object {
  const [key, ...rest] = path;
  if (key === undefined) return tree;
  const value = (tree as Tree)[key];
  if (value === undefined) return {};
  return { [key]: rest.length > 0 && typeof value === 'object' && value !== null ? partOf(value, rest) : value };
}

/** The same with `?detailed`: each leaf with its type, default and flags. */
export function detailed(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, detailed(child)]));
  const words: Record<string, string[]> = { NULL: ['NULL', 'IP_NODATA_AAAA', 'IP', 'NX', 'NODATA'], TEXT: ['NONE', 'CODE', 'TEXT'] };
  const choice = typeof value === 'string' ? words[value] : undefined;
  return {
    description: 'simulated',
    allowed: choice ? choice.map((item) => ({ item, description: 'simulated' })) : typeof value === 'boolean' ? 'true or false' : '',
    type: choice ? 'enum (string)' : typeof value === 'boolean' ? 'boolean' : typeof value,
    value,
    default: value,
    modified: false,
    flags: { restart_dnsmasq: false, session_reset: false, env_var: false },
  };
}
