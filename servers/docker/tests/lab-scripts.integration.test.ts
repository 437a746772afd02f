import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repository } from './repository.ts';

const { inventory, files } = repository();
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scripts-'));
  for (const folder of ['bin', 'cache', 'textfile', 'secrets', 'lab/vaultwarden', 'photos/backups', 'proc/sys'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'secrets/offsite_key'), 'id of the bucket\nkey of the bucket\n');
  writeFileSync(join(root, 'photos/backups/today.sql.gz'), '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A program that writes its words down and ends as told. */
function stub(name: string, body = ''): void {
  const path = join(root, 'bin', name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>"${root}/calls"\n${body}\n`);
  chmodSync(path, 0o755);
}

const calls = (): string[] => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : []);

/** Runs the script with its fixed paths led into a throw-away folder. */
function backupJob(name: string): number | null {
  let text = files.get('compose/rpi/backup/backup-job') ?? '';
  const moved = {
    '/cache/': 'cache/',
    '/textfile/': 'textfile/',
    '/run/secrets/': 'secrets/',
    '/opt/homelab/data': 'lab',
    '/share/CACHEDEV1_DATA/photos': 'photos',
  };
  for (const [from, to] of Object.entries(moved)) text = text.replaceAll(from, `${root}/${to}`);
  writeFileSync(join(root, 'backup-job'), text);
  return spawnSync('sh', [join(root, 'backup-job'), name], { env: { PATH: `${join(root, 'bin')}:${process.env.PATH}` }, timeout: 20_000 })
    .status;
}

const metric = (name: string): string | undefined => {
  const path = join(root, `textfile/backup-${name}.prom`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

test.each(inventory.backups.map(({ value }) => value.name))('the job %s saves, forgets, and leaves the time of its success', (name) => {
  for (const program of ['restic', 'ssh', 'sqlite3']) stub(program);
  expect(backupJob(name)).toBe(0);
  const restic = calls().filter((line) => line.startsWith('restic'));
  expect(restic.some((line) => / (backup --tag|copy --from-repo) /.test(line))).toBe(true);
  expect(restic.at(-1)).toContain(' forget ');
  const seconds = Number(
    new RegExp(`^backup_last_success_timestamp_seconds\\{backup="${name}"\\} (\\d+)$`, 'm').exec(metric(name) ?? '')?.[1],
  );
  expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(600);
});

test.each(['backup', 'forget'])('a run that fails at %s leaves the former time', (word) => {
  stub('ssh');
  stub('restic', `case "$*" in *" ${word} "*) exit 3;; esac`);
  expect(backupJob('photos')).toBe(3);
  expect(metric('photos')).toBeUndefined();
});

test('the passwords are copied by SQLite first, and nothing is saved when that fails', () => {
  stub('restic');
  stub('sqlite3', 'exit 5');
  expect(backupJob('vaultwarden')).toBe(5);
  expect(calls().map((line) => line.split(' ')[0])).toEqual(['sqlite3']);
  expect(metric('vaultwarden')).toBeUndefined();
});

test("without today's dump the database job fails", () => {
  stub('restic');
  rmSync(join(root, 'photos/backups/today.sql.gz'));
  expect(backupJob('immich-database')).not.toBe(0);
  expect(calls()).toEqual([]);
});

test('a job that nobody knows is refused; checking looks at every repository and claims no success', () => {
  stub('restic');
  expect(backupJob('nonsense')).toBe(2);
  expect(metric('nonsense')).toBeUndefined();
  expect(backupJob('check')).toBe(0);
  const targets = new Set(inventory.backups.flatMap(({ value }) => (value.target.host ? [value.target.path] : [])));
  expect(calls().filter((line) => line.endsWith(' check'))).toHaveLength(targets.size);
  expect(metric('check')).toBeUndefined();
});

test('sysctl-init sets what is wrong, leaves what is right, and says that it is well only then', () => {
  const service = (parse(files.get('compose/nas/sysctl/compose.yaml') ?? '') as { services: Record<string, { command: string[] }> })
    .services['sysctl-init'];
  const script = String(service?.command[0])
    .replaceAll('$$', '$')
    .replace('sleep 60 & wait $!', 'exit')
    .replaceAll('/proc/sys', `${root}/proc/sys`);
  const values: Record<string, string> = {
    'net/ipv4/ip_nonlocal_bind': '0',
    'fs/inotify/max_user_instances': '128',
    'fs/inotify/max_user_watches': '524288',
  };
  for (const [path, value] of Object.entries(values)) {
    mkdirSync(join(root, 'proc/sys', path, '..'), { recursive: true });
    writeFileSync(join(root, 'proc/sys', path), `${value}\n`);
  }
  // Runs what stands behind the two dashes, as the real one does in process 1's namespaces.
  stub('nsenter', 'while [ "$1" != -- ]; do shift; done; shift; "$@"');
  const well = join(root, 'well');
  const run = (sysctl: string) => {
    stub('sysctl', sysctl);
    return spawnSync('sh', ['-c', script.replaceAll('/dev/shm/well', well)], {
      env: { PATH: `${join(root, 'bin')}:${process.env.PATH}` },
      encoding: 'utf8',
      timeout: 20_000,
    });
  };
  expect(run('exit 1').stdout).toContain('not set: net.ipv4.ip_nonlocal_bind=1 fs.inotify.max_user_instances=1024');
  expect(existsSync(well)).toBe(false);
  rmSync(join(root, 'calls'));
  expect(run('').status).toBe(0);
  expect(calls().filter((line) => line.startsWith('sysctl'))).toEqual([
    'sysctl -w net.ipv4.ip_nonlocal_bind=1',
    'sysctl -w fs.inotify.max_user_instances=1024',
  ]);
  expect(existsSync(well)).toBe(true);
});
