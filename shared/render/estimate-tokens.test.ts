import { readFileSync } from 'node:fs';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';
import { sparkline } from './sparkline.ts';
import { table } from './table.ts';

let state = 7;
const next = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const draw = (alphabet: string, length: number) => Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
const times = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n');
const hex = (length: number) => draw('0123456789abcdef', length);
const names = ['pihole', 'grafana', 'immich-server', 'caddy', 'node-exporter', 'jellyfin'];

const TEXTS: Record<string, string> = {
  prose:
    'The backup of the photos runs every night at three on the storage box; every quarter a restore is tried and its result written down. ' +
    'If the disk fills, look at the snapshots first: they keep deleted files for thirty days, and nobody notices until the pool is at 95 %. ',
  german:
    'Die Datensicherung der Fotos läuft jede Nacht um drei Uhr; die Überprüfung der Wiederherstellung erfolgt vierteljährlich. Grüße aus München.',
  russian: 'Резервное копирование фотографий выполняется каждую ночь в три часа на сетевом хранилище.',
  chinese: '照片备份每天凌晨三点在网络存储上运行，每季度进行一次恢复验证。数据库容器重新启动失败，请检查磁盘空间和网络连接。',
  japanese: '写真のバックアップは毎晩三時にネットワークストレージで実行されます。コンテナの再起動に失敗しました。',
  korean: '사진 백업은 매일 새벽 세 시에 네트워크 저장소에서 실행됩니다. 복원 검증은 분기마다 수행됩니다.',
  table: table(
    Array.from({ length: 40 }, (_, i) => ({
      name: names[i % 6],
      state: i % 7 ? 'running' : 'exited (137)',
      up: `${i}d ${i % 24}h`,
      port: 3_000 + i * 7,
      load: i * 0.137,
    })),
    ['name', 'state', 'up', 'port', 'load'],
    { max: 30, next: 'ask for one host' },
  ),
  yaml: times(
    12,
    (i) =>
      `  ${names[i % 6]}:\n    image: ghcr.io/example/${names[i % 6]}:v1.${i}.0\n    restart: unless-stopped\n    ports: ["${8_000 + i}:80"]\n    environment:\n      TZ: Europe/Berlin`,
  ),
  logs: times(
    30,
    (i) =>
      `2026-11-20T08:1${i % 10}:0${i % 7}.${draw('0123456789', 3)}Z level=${['info', 'warn', 'error'][i % 3]} msg="connection to upstream refused" host=nas.example path=/api/v1/query dur=${next(900)}ms req=${hex(8)}`,
  ),
  'access log': times(
    30,
    (i) =>
      `192.0.2.${next(255)} - - [20/Nov/2026:08:1${i % 10}:00 +0100] "GET /index.php?id=${next(9_999)} HTTP/1.1" 200 ${next(99_999)} "-" "Mozilla/5.0"`,
  ),
  json: JSON.stringify(
    Array.from({ length: 30 }, (_, i) => ({
      id: hex(12),
      name: names[i % 6],
      running: i % 2 === 0,
      restarts: next(90),
      startedAt: `2026-11-${10 + (i % 20)}T08:10:00Z`,
    })),
  ),
  promql: 'sum by (instance) (rate(node_cpu_seconds_total{mode!="idle",instance=~"rpi:9100|nas:9100"}[5m])) / 100 > 0.85',
  numbers: times(60, () => `${(next(100_000) / 100).toFixed(2)} ${next(1_000_000)}`),
  addresses: times(60, () => `192.0.2.${next(255)}:${next(65_535)}`),
  digests: times(20, () => `sha256:${hex(64)}`),
  settings: times(10, () => 'POSTGRES_PASSWORD DOCKER_HOST IMMICH_MACHINE_LEARNING_URL GF_SECURITY_ADMIN_USER'),
  sparklines: times(20, (i) => `cpu rpi${i} ${sparkline(Array.from({ length: 24 }, () => next(100)))} max ${next(100)} %`),
  photos: times(40, () => `IMG_2026${draw('0123456789', 4)}_${draw('0123456789', 6)}.HEIC|4032x3024|Berlin`),
  code: readFileSync(new URL('./table.ts', import.meta.url), 'utf8'),
};

for (const [name, text] of Object.entries(TEXTS)) {
  test(`${name}: at most a tenth under, at most twice over what o200k counts`, () => {
    const long = text.length < 1_000 ? `${text}\n`.repeat(Math.ceil(1_000 / text.length)) : text;
    const ratio = estimateTokens(long) / encode(long).length;
    expect(ratio).toBeGreaterThanOrEqual(0.9);
    expect(ratio).toBeLessThanOrEqual(2);
  });
}

test('an empty text costs nothing, a word one', () => {
  expect(estimateTokens('')).toBe(0);
  expect(estimateTokens('disk')).toBe(1);
});
