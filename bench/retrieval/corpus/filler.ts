import { HOSTS, type Placed } from './lab.ts';
import type { Random } from './random.ts';

const fence = (lines: readonly string[]): string => `\`\`\`\n${lines.join('\n')}\n\`\`\`\n`;

/** A block of terminal output as people paste it into their notes. */
export function pasted(chance: Random, all: readonly Placed[]): string {
  const host = chance.pick(HOSTS);
  const list = chance.some(all, chance.int(4, 9));
  switch (chance.int(1, 5)) {
    case 1:
      return fence([
        '$ docker stats --no-stream',
        ...list.map(({ key }) => `${key.padEnd(18)} ${chance.int(0, 40)}.${chance.int(10, 99)}%  ${chance.int(20, 1900)}MiB`),
      ]);
    case 2:
      return fence([
        `jo@${host}:~$ df -h`,
        'Filesystem      Size  Used Avail Use%',
        ...['rpool/ROOT', 'fast/vm', 'tank/media', 'tank/documents', 'tmpfs'].map(
          (name) => `${name.padEnd(15)} ${chance.int(20, 900)}G  ${chance.int(1, 400)}G  ${chance.int(1, 400)}G  ${chance.int(1, 93)}%`,
        ),
      ]);
    case 3:
      return fence([
        '$ docker compose ps',
        ...list.map((it) => `${it.key.padEnd(18)} ${it.image}:${it.tag}  Up ${chance.int(2, 40)} days`),
      ]);
    case 4:
      return fence([
        '$ sudo journalctl -p 4 -n 6',
        ...list.slice(0, 6).map(({ key }) => `${host} ${key}[${chance.int(300, 9999)}]: ${chance.pick(LOGGED)}`),
      ]);
    default:
      return fence([
        `$ sensors  # ${host}`,
        ...['Tctl', 'Composite', 'Sensor 1', 'fan1', 'in0'].map((name) => `${name}: ${chance.int(20, 68)}.${chance.int(0, 9)}`),
      ]);
  }
}
const LOGGED = [
  ...['level=warn msg="slow query" took=1.2s', 'context deadline exceeded', 'accepted connection from 10.20.20.5', 'retrying in 5s'],
  ...[
    'deprecated option ignored',
    'worker finished job in 418 ms',
    'client closed request',
    'scheduled task done',
    'cache miss ratio 0.41',
  ],
  ...['config reloaded', 'token refreshed', 'unexpected EOF while reading body', 'rotated file', 'checkpoint complete: wrote 311 buffers'],
];

/** A table of upgrades, as some pages keep it. */
export function upgrades(chance: Random, it: Placed): string {
  const rows = Array.from(
    { length: chance.int(3, 9) },
    (_, at) =>
      `| 202${chance.int(3, 5)}-${String(at + 1).padStart(2, '0')} | ${chance.int(1, 9)}.${chance.int(0, 40)}.${chance.int(0, 9)} | ${chance.pick(UPGRADED)} |`,
  );
  return `\n## ${chance.pick(['Upgrade log', 'Versions', 'Changes'])}\n\n| when | ${it.key} | what |\n|---|---|---|\n${rows.join('\n')}\n`;
}
const UPGRADED = [
  ...[
    'fine',
    'one minute of migration',
    'had to log in again',
    'cache cleared by hand',
    'new variable, see stack',
    'skipped one',
    'rolled back and forward',
  ],
  ...[
    'page layout changed',
    'needed more memory for an hour',
    'nothing noticed',
    'plug-in disabled',
    'default port unchanged',
    'container renamed',
  ],
];

/** The body that shell scripts here share: options, a log function, a lock, and a loop over something. */
export function shellBody(chance: Random, call: string): string {
  const name = chance.pick(['items', 'targets', 'names', 'lines', 'entries']);
  return `log() { printf '%s %s\\n' "$(date -u +%FT%TZ)" "$*" >&2; }
dry_run=false
while getopts 'nvh' flag; do
  case "$flag" in
    n) dry_run=true ;;
    v) set -x ;;
    *) sed -n '2,4p' "$0"; exit 2 ;;
  esac
done
exec 9>"/run/lock/$(basename "$0").lock"
flock -n 9 || { log 'another run is going on'; exit 0; }
mapfile -t ${name} < <(${call} 2>/dev/null || true)
log "\${#${name}[@]} found"
for one in "\${${name}[@]}"; do
  [ -n "$one" ] || continue
  $dry_run && { log "would handle $one"; continue; }
  log "handled $one"
done
curl -fsS -m 10 --retry ${chance.int(2, 5)} "https://hc.hearth.example.net/ping/${chance.int(10_000, 99_999)}" >/dev/null
`;
}

/** The panels of a dashboard. */
export function panels(key: string): object[] {
  const exprs = {
    memory: 'container_memory_rss',
    cpu: 'rate(container_cpu_usage_seconds_total',
    in: 'rate(container_network_receive_bytes_total',
    out: 'rate(container_network_transmit_bytes_total',
    restarts: 'changes(container_start_time_seconds',
  };
  return Object.entries(exprs).map(([title, expr], at) => ({
    ...{ id: at + 1, title, type: 'timeseries', datasource: { type: 'prometheus', uid: 'near' } },
    gridPos: { x: (at % 2) * 12, y: Math.floor(at / 2) * 8, w: 12, h: 8 },
    fieldConfig: { defaults: { unit: title === 'memory' ? 'bytes' : 'short', min: 0 }, overrides: [] },
    targets: [{ expr: `${expr}{name="${key}"}${expr.includes('(') ? '[5m])' : ''}`, legendFormat: '{{host}}' }],
  }));
}
