import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BedHost } from './bed.ts';
import { run, until } from './programs.ts';

/** The image that everything in the test bed is made from: a static busybox and its names. */
export const IMAGE = 'busybox:testbed';

/** Lines that the container `logger` wrote. */
export const LOGGED = 200_000;

interface ContainerPlan {
  name: string;
  /** Compose project and service, as labels. */
  compose?: [project: string, service: string];
  options?: string[];
  /** A line for busybox's sh; a long sleep unless told. */
  command?: string;
  /** What `docker inspect` has to say before the bed is ready. */
  ready?: [format: string, value: string];
}

const SLEEP = 'trap exit TERM; sleep 1000000 & wait';
const state = (word: string): [string, string] => ['{{.State.Status}}', word];

/** What runs on each host: one of every state a container can be in, in five compose projects and outside of them. */
const PLANS: Record<string, readonly ContainerPlan[]> = {
  ash: [
    {
      name: 'jellyfin',
      compose: ['media', 'jellyfin'],
      options: ['-p', '8096:8096', '-e', 'JELLYFIN_API_KEY=canary-env-5f1d', '--health-cmd', 'true', '--health-interval', '1s'],
      ready: ['{{.State.Health.Status}}', 'healthy'],
    },
    {
      name: 'sonarr',
      compose: ['media', 'sonarr'],
      options: ['--restart', 'always'],
      command: 'echo no database >&2; exit 3',
      ready: ['{{ge .RestartCount 1}}', 'true'],
    },
    { name: 'radarr', compose: ['media', 'radarr'], command: 'echo done; exit 0', ready: state('exited') },
    { name: 'immich-server', compose: ['photos', 'immich-server'], options: ['-p', '127.0.0.1:2283:2283'] },
    {
      name: 'immich-ml',
      compose: ['photos', 'immich-ml'],
      options: ['-m', '16m', '--memory-swap', '16m'],
      command: 'exec tail /dev/zero',
      ready: ['{{.State.OOMKilled}} {{.State.ExitCode}}', 'true 137'],
    },
    {
      name: 'logger',
      command: `i=0; while [ $i -lt ${LOGGED} ]; do i=$((i+1)); echo "line $i of a long log"; done`,
      ready: state('exited'),
    },
    { name: 'terminal', options: ['-t'], command: `echo on a terminal; echo second line; ${SLEEP}` },
  ],
  birch: [
    { name: 'pihole', compose: ['dns', 'pihole'], options: ['-p', '53:53/udp', '-p', '8081:80'] },
    {
      name: 'grafana',
      compose: ['monitoring', 'grafana'],
      options: ['--health-cmd', 'echo database is locked; exit 1', '--health-interval', '1s', '--health-retries', '2'],
      ready: ['{{.State.Health.Status}}', 'unhealthy'],
    },
    { name: 'prometheus', compose: ['monitoring', 'prometheus'], options: ['-v', 'prometheus-data:/prometheus'] },
    { name: 'talker', command: 'i=0; while true; do i=$((i+1)); echo "tick $i"; echo "tock $i" >&2; sleep 1; done' },
    { name: 'backup', compose: ['monitoring', 'backup'], command: 'echo cannot reach the target >&2; exit 1', ready: state('exited') },
  ],
  cedar: [
    { name: 'vaultwarden', compose: ['passwords', 'vaultwarden'], options: ['-p', '8222:80'] },
    { name: 'busy', command: 'while true; do :; done', options: ['--cpus', '0.2'] },
    { name: 'paused', ready: state('paused') },
  ],
};

/**
 * Imports the image and makes the host's containers where they are missing, or all anew; resolves when each is in the state it is there
 * for.
 */
export async function fillHost({ name, socket }: BedHost, image: string, { anew = false } = {}): Promise<void> {
  const docker = (...args: string[]) => run('docker', ['-H', `unix://${socket}`, ...args]);
  if (!(await docker('images', '-q', IMAGE))) await docker('import', image, IMAGE);
  const old = anew ? (await docker('ps', '-aq')).split('\n').filter((id) => id !== '') : [];
  if (old.length > 0) await docker('rm', '-f', ...old);
  const there = new Set((await docker('ps', '-a', '--format', '{{.Names}}')).split('\n'));
  for (const plan of (PLANS[name] ?? []).filter((one) => !there.has(one.name))) {
    await docker(
      'run',
      '-d',
      '--name',
      plan.name,
      ...labels(plan.compose),
      ...(plan.options ?? []),
      IMAGE,
      'sh',
      '-c',
      plan.command ?? SLEEP,
    );
    if (plan.ready?.[1] === 'paused') await docker('pause', plan.name);
  }
  for (const { name: one, ready } of PLANS[name] ?? []) {
    if (ready)
      await until(`${one} on ${name} (${ready[1]})`, 120, async () => (await docker('inspect', '-f', ready[0], one)).trim() === ready[1]);
  }
}

function labels(compose: ContainerPlan['compose']): string[] {
  if (!compose) return [];
  const [project, service] = compose;
  const own = {
    project,
    service,
    oneoff: 'False',
    'container-number': '1',
    'config-hash': `hash-of-${service}`,
    'project.working_dir': `/opt/${project}`,
    'project.config_files': `/opt/${project}/compose.yaml`,
  };
  return Object.entries(own).flatMap(([key, value]) => ['--label', `com.docker.compose.${key}=${value}`]);
}

/** Packs busybox and its names as an image archive; gives the file. */
export async function packImage(folder: string): Promise<string> {
  const bin = join(folder, 'image', 'bin');
  mkdirSync(bin, { recursive: true });
  const busybox = (await run('sh', ['-c', 'command -v busybox'])).trim();
  cpSync(busybox, join(bin, 'busybox'), { dereference: true });
  for (const applet of (await run(busybox, ['--list'])).trim().split('\n')) {
    try {
      if (applet !== 'busybox') symlinkSync('busybox', join(bin, applet));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const archive = join(folder, 'image.tar');
  await run('tar', ['-C', join(folder, 'image'), '-cf', archive, 'bin']);
  return archive;
}
