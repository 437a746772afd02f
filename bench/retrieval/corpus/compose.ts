import { type Placed, sentences } from './lab.ts';
import { type Random, random } from './random.ts';

const COMPANIONS: Record<string, { image: string; lines: readonly string[]; target?: string }> = {
  postgres: {
    image: 'postgres:16-alpine',
    lines: ['    environment:', '      POSTGRES_USER: app', `      POSTGRES_PASSWORD: \${DB_PASSWORD}`],
    target: '/var/lib/postgresql/data',
  },
  mariadb: { image: 'mariadb:11.4', lines: ['    environment:', `      MARIADB_ROOT_PASSWORD: \${DB_ROOT}`], target: '/var/lib/mysql' },
  mysql: {
    image: 'mysql:8.4',
    lines: ['    environment:', '      MYSQL_DATABASE: app', `      MYSQL_PASSWORD: \${DB_PASSWORD}`],
    target: '/var/lib/mysql',
  },
  mongo: { image: 'mongo:7', lines: ['    command: --wiredTigerCacheSizeGB 0.5'], target: '/data/db' },
  redis: { image: 'docker.io/valkey/valkey:8-alpine', lines: ['    command: valkey-server --save 60 1'] },
  gluetun: { image: 'qmcgaw/gluetun:v3.40.0', lines: ['    cap_add: [NET_ADMIN]', '    devices: [/dev/net/tun]'] },
  unbound: { image: 'mvance/unbound:1.22.0', lines: [] },
  mosquitto: { image: 'eclipse-mosquitto:2.0.21', lines: [], target: '/mosquitto/data' },
};
const EXTRA: Record<string, readonly string[]> = {
  jellyfin: ['    devices: [/dev/dri/renderD128]', '    group_add: ["104"]'],
  frigate: ['    shm_size: 384mb', '    devices: [/dev/bus/usb]', '    privileged: true'],
  homeassistant: ['    network_mode: host'],
  zigbee2mqtt: ['    devices:', '      - /dev/serial/by-id/usb-ITEAD_SONOFF_ZBDongle-E:/dev/ttyACM0'],
  ollama: ['    deploy: { resources: { reservations: { devices: [{ driver: nvidia, count: 1, capabilities: [gpu] }] } } }'],
  pihole: ['    cap_add: [NET_ADMIN]', '    dns: [127.0.0.1]'],
  scrutiny: ['    cap_add: [SYS_RAWIO]', '    devices: [/dev/sda, /dev/sdb, /dev/sdc, /dev/sdd, /dev/sde, /dev/sdf]'],
  tubearchivist: ['    depends_on: [es]'],
};
const VALUES: Record<string, string> = {
  ...{ TZ: 'Europe/Berlin', PUID: '3000', PGID: '3000', UMASK: '002', PAPERLESS_OCR_LANGUAGE: 'deu+eng', PAPERLESS_CONSUMER_POLLING: '60' },
  ...{
    SIGNUPS_ALLOWED: 'false',
    MEMORY: '6G',
    EULA: 'TRUE',
    TYPE: 'PAPER',
    VPN_SERVICE_PROVIDER: 'mullvad',
    SERVER_COUNTRIES: 'Switzerland',
  },
  ...{ FTLCONF_dns_upstreams: '127.0.0.1#5335', OLLAMA_KEEP_ALIVE: '30m', WATCHTOWER_SCHEDULE: '0 0 4 * * *', KC_DB: 'postgres' },
  ...{ SPEEDTEST_SCHEDULE: '25 */4 * * *', ND_SCANSCHEDULE: '1h', CRON_MIN: '7,37', BACKUP_CRON: '15 1 * * *', CLI_ARGS: '--lowvram' },
};

/** How a compose file is written: the habits differ between machines and years. */
export interface Habit {
  readonly route: 'traefik' | 'caddy' | 'none';
  readonly homepage: boolean;
  readonly comments: boolean;
  readonly long: boolean;
  readonly domain: string;
}

/** The habit of a stack, drawn from its name and machine. */
export function habit(it: Placed, salt = ''): Habit {
  const chance = random(`habit ${salt}${it.key} ${it.host}`);
  return {
    route: chance.pick(['traefik', 'caddy', 'caddy', 'none']),
    homepage: chance.chance(0.35),
    ...{ comments: chance.chance(0.4), long: chance.chance(0.5), domain: 'hearth.example.net' },
  };
}

function environment(it: Placed, { long }: Habit): string[] {
  const names = it.env.length > 0 ? it.env : ['TZ'];
  const value = (name: string) => VALUES[name] ?? `\${${name}}`;
  return ['    environment:', ...names.map((name) => (long ? `      ${name}: "${value(name)}"` : `      - ${name}=${value(name)}`))];
}

function labels(it: Placed, { route, homepage, domain }: Habit): string[] {
  const out: string[] = [];
  if (route === 'traefik')
    out.push(
      'traefik.enable=true',
      `traefik.http.routers.${it.key}.rule=Host(\`${it.key}.${domain}\`)`,
      `traefik.http.services.${it.key}.loadbalancer.server.port=${it.port}`,
    );
  if (homepage)
    out.push(`homepage.group=${GROUPS[it.category] ?? 'Other'}`, `homepage.name=${it.name}`, `homepage.href=https://${it.key}.${domain}`);
  if (it.companions.includes('postgres')) out.push('dump=pg');
  return out.length === 0 ? [] : ['    labels:', ...out.map((line) => `      - ${line}`)];
}
const GROUPS: Record<string, string> = {
  ...{
    media: 'Media',
    arr: 'Downloads',
    home: 'Smart Home',
    security: 'Access',
    proxy: 'Network',
    network: 'Network',
    monitoring: 'Monitoring',
  },
  ...{
    notify: 'Monitoring',
    maintenance: 'Admin',
    dev: 'Development',
    automation: 'Admin',
    office: 'Documents',
    web: 'Web',
    money: 'Finance',
  },
  ...{ ai: 'AI', data: 'Data', backup: 'Backup', dashboard: 'Admin', chat: 'Communication', games: 'Games' },
};

/** The lines of one service of a compose file. */
export function service(it: Placed, style: Habit, chance: Random): string[] {
  const out = [`  ${it.key}:`, `    image: ${it.image}:${it.tag}`];
  if (chance.chance(0.7)) out.push(`    container_name: ${it.key}`);
  out.push(`    restart: ${chance.pick(['unless-stopped', 'unless-stopped', 'always', 'on-failure'])}`);
  if (style.comments) out.push(`    ${sentences('comment', 1, chance, [it], it)[0]}`);
  if (chance.chance(0.25)) out.push(`    mem_limit: ${chance.pick(['256m', '512m', '1g', '2g', '4g'])}`);
  if (it.companions.includes('gluetun')) out.push('    network_mode: service:gluetun');
  else if (it.port !== 0) out.push('    ports:', `      - "${it.hostPort}:${it.port}${it.port === 53 || it.port === 51820 ? '/udp' : ''}"`);
  out.push(...environment(it, style));
  if (it.folders.length > 0)
    out.push(
      '    volumes:',
      ...it.folders.map((folder) =>
        folder.endsWith('.sock') ? `      - ${folder}:${folder}:ro` : `      - ${it.dir}/${folder.split('/').at(-1)}:${folder}`,
      ),
    );
  out.push(...(EXTRA[it.key] ?? []), ...labels(it, style));
  if (it.companions.length > 0) out.push(`    depends_on: [${it.companions.map((name) => `${it.key}-${name}`).join(', ')}]`);
  for (const name of it.companions) {
    const extra = COMPANIONS[name];
    if (!extra) continue;
    out.push(`  ${it.key}-${name}:`, `    image: ${extra.image}`, '    restart: unless-stopped', ...extra.lines);
    if (extra.target) out.push('    volumes:', `      - ${it.dir}/${name}:${extra.target}`);
  }
  return out;
}

/** A whole compose file of one program. */
export function composeFile(it: Placed, style: Habit, salt = ''): string {
  const chance = random(`compose ${salt}${it.key} ${it.host}`);
  const head = chance.chance(0.3) ? [`name: ${it.key}`] : [];
  const net = style.route === 'none' ? [] : ['networks:', '  default:', `    name: ${style.route}`, '    external: true'];
  return [...head, 'services:', ...service(it, style, chance), ...net, ''].join('\n');
}
