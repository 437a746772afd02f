import type { Corpus } from './data.ts';
import { HOSTS, type Placed } from './lab.ts';
import { type Random, random } from './random.ts';

const KEYS: Record<string, readonly string[]> = {
  server: ['bind_address', 'port', 'base_url', 'trusted_proxies', 'max_body_mb', 'read_timeout_s', 'idle_timeout_s', 'workers', 'compress'],
  auth: ['mode', 'session_hours', 'cookie_secure', 'allow_registration', 'oidc_issuer', 'admin_group', 'lockout_after', 'remember_days'],
  storage: ['path', 'tmp_path', 'quota_gb', 'dedupe', 'chunk_mb', 'keep_versions', 'fsync', 'umask'],
  jobs: ['enabled', 'schedule', 'parallel', 'retry', 'backoff_s', 'nice', 'notify_on_failure', 'timeout_min'],
  logging: ['level', 'format', 'file', 'rotate_mb', 'keep_files', 'access_log', 'slow_ms'],
  cache: ['driver', 'host', 'ttl_s', 'max_entries', 'prefix', 'warm_at_start'],
  mail: ['host', 'port', 'from', 'starttls', 'user', 'digest', 'max_per_hour'],
  features: ['thumbnails', 'search_index', 'webhooks', 'public_links', 'telemetry', 'experimental', 'sharing', 'comments', 'previews'],
};
const WORDS = [
  'auto',
  'internal',
  'strict',
  'weekly',
  'json',
  'none',
  'local',
  'info',
  'warn',
  '/data',
  '/tmp',
  'balanced',
  'sqlite',
  'valkey',
];

/** A settings file in the style of programs that read one: sections, keys, plausible values, the program's own folder and port. */
export function settings(it: Placed): string {
  const chance = random(`settings ${it.key}`);
  const value = (key: string): string => {
    if (key === 'port') return String(it.port);
    if (key === 'path') return it.dir;
    if (key === 'base_url') return `https://${it.key}.hearth.example.net`;
    if (key === 'schedule') return `"${chance.int(0, 59)} ${chance.int(0, 23)} * * *"`;
    return chance.pick([String(chance.int(1, 900)), chance.chance(0.5) ? 'true' : 'false', chance.pick(WORDS)]);
  };
  const sections = chance.some(Object.entries(KEYS), chance.int(4, 7));
  return sections
    .map(
      ([name, keys]) =>
        `${name}:\n${chance
          .some(keys, chance.int(4, keys.length))
          .map((key) => `  ${key}: ${value(key)}`)
          .join('\n')}\n`,
    )
    .join('');
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function report(month: string, chance: Random, all: readonly Placed[]): string {
  const power = HOSTS.map((host) => [host, chance.int(2, 48), chance.int(10, 62)]);
  const busy = chance.some(all, 30).map((it) => [it.name, it.host, chance.int(40, 4000), chance.int(0, 14), chance.int(0, 6)]);
  const disks = ['tank/photos', 'tank/documents', 'tank/media', 'tank/apps', 'tank/dumps', 'fast/db', 'fast/vm'].map((name) => [
    name,
    chance.int(10, 9000),
    chance.int(-20, 400),
  ]);
  return `# Report ${month}

Made by the monthly job, not by a person.

## Power

${table(['machine', 'kWh', 'W at rest'], power)}

## Programs

${table(['program', 'machine', 'MB', 'restarts', 'alarms'], busy)}

## Datasets

${table(['dataset', 'GB', 'change'], disks)}
`;
}

/** Generated monthly reports: large tables that name many programs and answer hardly any question. */
export function reports(all: readonly Placed[]): Corpus {
  const months = Array.from({ length: 34 }, (_, at) => new Date(Date.UTC(2023, at, 1)).toISOString().slice(0, 7));
  return new Map(months.map((month) => [`docs/reports/${month}.md`, report(month, random(`report ${month}`), all)]));
}
