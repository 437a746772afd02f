import { type Corpus, type Product, products, rowsOf } from './data.ts';
import { type Random, random } from './random.ts';

/** Programs that the compose-only repository does not run. */
const ABSENT = new Set([
  'valheim',
  'evcc',
  'ghost',
  'wordpress',
  'mailserver',
  'grocy',
  'trilium',
  'scrypted',
  'fail2ban',
  'wgeasy',
  'lyrion',
  'romm',
  'dawarich',
  'mumble',
]);
const GENERIC = ['app', 'server', 'web', 'main'];
const DATABASES: Record<string, readonly string[]> = {
  postgres: ['image: postgres:15', `environment: { POSTGRES_PASSWORD: "\${DBPASS:?}" }`, 'volumes: [db:/var/lib/postgresql/data]'],
  mariadb: ['image: linuxserver/mariadb:10.11.8', `environment: { MYSQL_ROOT_PASSWORD: "\${DBPASS:?}" }`, 'volumes: [db:/config]'],
  mysql: ['image: mysql:8', `environment: { MYSQL_ROOT_PASSWORD: "\${DBPASS:?}" }`, 'volumes: [db:/var/lib/mysql]'],
  mongo: ['image: mongo:4.4', 'volumes: [db:/data/db]'],
  redis: ['image: redis:7-alpine', 'command: redis-server --appendonly yes'],
};

/** Services of one program as lines of a compose file; the main one is sometimes called only "app". */
function services(it: Product, chance: Random, names: ReadonlyMap<string, readonly string[]>, own: boolean): string[] {
  const name = own && chance.chance(0.3) ? chance.pick(GENERIC) : it.key;
  const [sub = it.key, tile = ''] = names.get(it.key) ?? [];
  const image = chance.chance(0.2) ? it.image : `${it.image}:${chance.chance(0.5) ? 'latest' : it.tag}`;
  const out = [`  ${name}:`, `    image: ${image}`];
  if (chance.chance(0.5) && name === it.key) out.push(`    container_name: ${it.key}`);
  out.push('    <<: *defaults');
  const env = it.env.map((key) => `      ${key}: \${${key}}`);
  if (env.length > 0) out.push('    environment:', ...env);
  if (it.folders.length > 0)
    out.push(
      '    volumes:',
      ...it.folders.map((folder) => `      - ${folder.endsWith('.sock') ? folder : `\${DATA:-/opt}/${it.key}${folder}`}:${folder}`),
    );
  if (it.port !== 0 && chance.chance(0.55)) out.push(`    ports: ["${it.port}:${it.port}"]`);
  else if (it.port !== 0) out.push(`    expose: [${it.port}]`);
  if (it.port !== 0 && chance.chance(0.6))
    out.push('    labels:', `      caddy: ${sub}.example.org`, `      caddy.reverse_proxy: "{{upstreams ${it.port}}}"`);
  if (tile && chance.chance(0.6)) out.push(...(out.includes('    labels:') ? [] : ['    labels:']), `      homepage.description: ${tile}`);
  for (const extra of it.companions) {
    const lines = DATABASES[extra];
    if (lines)
      out.push(
        `  ${own ? extra.replace(/postgres|mariadb|mysql|mongo/, 'db') : `${it.key}-${extra}`}:`,
        '    <<: *defaults',
        ...lines.map((line) => `    ${line}`),
      );
  }
  return out;
}

const HEAD =
  'x-defaults: &defaults\n  restart: unless-stopped\n  logging: { driver: json-file, options: { max-size: 10m } }\n\nservices:\n';

function file(list: readonly Product[], salt: string, names: ReadonlyMap<string, readonly string[]>): string {
  const chance = random(`flat ${salt}`);
  const own = list.length === 1;
  const volumes = list.some(({ companions }) => companions.some((name) => name !== 'redis' && DATABASES[name]))
    ? '\nvolumes:\n  db:\n'
    : '';
  const source = own && chance.chance(0.35) ? `# https://hub.docker.com/r/${list[0]?.image.split('/').slice(-2).join('/')}\n` : '';
  return `${source}${HEAD}${list.flatMap((it) => services(it, chance, names, own)).join('\n')}\n${volumes}`;
}

const GROUPS: Record<string, readonly string[]> = {
  'downloads/docker-compose.yml': ['gluetun', 'qbittorrent', 'sabnzbd', 'prowlarr', 'sonarr', 'radarr', 'lidarr', 'bazarr'],
  'observability/docker-compose.yml': ['prometheus', 'alertmanager', 'grafana', 'loki', 'alloy'],
  'smarthome/docker-compose.yml': ['homeassistant', 'zigbee2mqtt', 'mosquitto', 'nodered', 'esphome'],
  'voice/docker-compose.yml': ['whisper', 'piper'],
};

/** The repository "flat": two hundred compose files, hardly a sentence of prose; the hardest kind. */
export function composeOnly(): Corpus {
  const all = products().filter(({ key }) => !ABSENT.has(key));
  const names = new Map(rowsOf('names.psv').map(([key = '', ...rest]) => [key, rest]));
  const grouped = new Set(Object.values(GROUPS).flat());
  const corpus: Corpus = new Map([['README.md', '# flat\n\nOne folder, one stack. `make up S=name`.\n']]);
  for (const [path, keys] of Object.entries(GROUPS))
    corpus.set(
      path,
      file(
        all.filter(({ key }) => keys.includes(key)),
        path,
        names,
      ),
    );
  for (const it of all) {
    if (grouped.has(it.key)) continue;
    const chance = random(`flat place ${it.key}`);
    corpus.set(`${it.key}/docker-compose.yml`, file([it], it.key, names));
    if (chance.chance(0.45))
      corpus.set(`${it.key}/docker-compose.${chance.pick(['override', 'dev', 'nas', 'test'])}.yml`, override(it, chance));
  }
  return corpus;
}

/** What an override file says: hardly more than the service's name. */
function override(it: Product, chance: Random): string {
  const change = chance.pick([
    `mem_limit: ${chance.pick(['512m', '1g', '3g'])}`,
    `cpus: ${chance.int(1, 4)}`,
    `image: ${it.image}:${chance.pick(['edge', 'nightly', it.tag])}`,
    'profiles: [off]',
    'user: "1026:100"',
  ]);
  return `services:\n  ${it.key}:\n    ${change}\n`;
}
