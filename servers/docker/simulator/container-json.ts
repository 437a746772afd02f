import type { ContainerFact } from '../../../shared/lab/containers.ts';
import { imageFact } from '../../../shared/lab/images.ts';
import { hexOf } from '../../../shared/lab/random.ts';
import { humanDuration } from './human-duration.ts';
import type { Life, Simulated } from './simulated-engine.ts';

const NEVER = '0001-01-01T00:00:00Z';

/** An instant as the engine writes it, with nanoseconds. */
export const stamp = (time: number | undefined): string =>
  time === undefined ? NEVER : new Date(time).toISOString().replace('Z', '000000Z');

/** One entry of `GET /containers/json`. */
export function listJson({ fact, life }: Simulated, now: number): Record<string, unknown> {
  return {
    Id: fact.id,
    Names: [`/${fact.name}`],
    Image: fact.image,
    ImageID: imageFact(fact.host, fact.image, true).id,
    Command: `"/init ${fact.name}"`,
    Created: Math.floor(fact.created / 1_000),
    Ports: fact.ports.flatMap(({ container, host, protocol }) =>
      ['0.0.0.0', '::'].map((IP) => ({ IP, PrivatePort: container, PublicPort: host, Type: protocol })),
    ),
    Labels: labelsOf(fact),
    State: life.state,
    Status: statusOf(life, now),
    HostConfig: { NetworkMode: fact.networkMode },
    NetworkSettings: { Networks: networksOf(fact, life) },
    Mounts: mountsOf(fact),
  };
}

function statusOf({ state, startedAt, finishedAt = startedAt, exitCode, health }: Life, now: number): string {
  if (state === 'restarting') return `Restarting (${exitCode}) ${humanDuration(now - finishedAt)} ago`;
  if (state === 'exited') return `Exited (${exitCode}) ${humanDuration(now - finishedAt)} ago`;
  const up = `Up ${humanDuration(now - startedAt)}`;
  if (state === 'paused') return `${up} (Paused)`;
  if (!health) return up;
  return `${up} (${health === 'starting' ? 'health: starting' : health})`;
}

/** The answer of `GET /containers/{id}/json`. */
export function inspectJson(one: Simulated, now: number): Record<string, unknown> {
  const { fact, life } = one;
  const { privileged = false, cap_add: capAdd = null, pid = '', devices = [] } = fact.privileges;
  return {
    Id: fact.id,
    Created: stamp(fact.created),
    Path: '/init',
    Args: [fact.name],
    State: {
      Status: life.state,
      Running: life.state !== 'exited',
      Paused: life.state === 'paused',
      Restarting: life.state === 'restarting',
      OOMKilled: life.oomKilled,
      Dead: false,
      Pid: life.state === 'running' || life.state === 'paused' ? 1_000 + (Number.parseInt(fact.id.slice(0, 4), 16) % 30_000) : 0,
      ExitCode: life.exitCode,
      Error: '',
      StartedAt: stamp(life.startedAt),
      FinishedAt: stamp(life.finishedAt),
      ...(life.health ? { Health: healthOf(fact, life, now) } : {}),
    },
    Image: imageFact(fact.host, fact.image, true).id,
    Name: `/${fact.name}`,
    RestartCount: life.restarts,
    Driver: 'overlay2',
    Platform: 'linux',
    HostConfig: {
      NetworkMode: fact.networkMode,
      RestartPolicy: { Name: fact.restartPolicy === 'none' ? 'no' : fact.restartPolicy, MaximumRetryCount: 0 },
      Memory: fact.memoryLimit ?? 0,
      NanoCpus: 0,
      Privileged: privileged,
      CapAdd: capAdd,
      PidMode: pid,
      Devices: devices.map((path) => ({ PathOnHost: path, PathInContainer: path, CgroupPermissions: 'rwm' })),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    },
    Mounts: mountsOf(fact),
    Config: {
      Hostname: fact.id.slice(0, 12),
      User: '',
      Tty: false,
      Env: environmentOf(fact),
      Cmd: [fact.name],
      Entrypoint: ['/init'],
      Image: fact.image,
      WorkingDir: '/',
      Labels: labelsOf(fact),
      ...(fact.health
        ? { Healthcheck: { Test: ['CMD-SHELL', `/healthcheck ${fact.name}`], Interval: 60e9, Timeout: 5e9, Retries: 3 } }
        : {}),
    },
    NetworkSettings: {
      Ports: Object.fromEntries(
        fact.ports.map(({ container, host, protocol }) => [`${container}/${protocol}`, [{ HostIp: '0.0.0.0', HostPort: String(host) }]]),
      ),
      Networks: networksOf(fact, life),
    },
  };
}

const CHECK_MS = 60_000;

function healthOf(fact: ContainerFact, { health = 'starting', startedAt }: Life, now: number): Record<string, unknown> {
  const failing = health === 'unhealthy';
  const said = failing ? 'last sync failed: /api/auth answered 429 api_seats_exceeded' : `${fact.name} is well`;
  const last = startedAt + Math.floor((now - startedAt) / CHECK_MS) * CHECK_MS;
  const runs = [4, 3, 2, 1, 0].map((back) => last - back * CHECK_MS).filter((at) => at > startedAt);
  return {
    Status: health,
    FailingStreak: failing ? Math.max(3, runs.length) : 0,
    Log: runs.map((at) => ({ Start: stamp(at), End: stamp(at + 40), ExitCode: failing ? 1 : 0, Output: `${said}\n` })),
  };
}

function labelsOf(fact: ContainerFact): Record<string, string> {
  const prefix = 'com.docker.compose.';
  const name = fact.composeFile.split('/').at(-1);
  return {
    [`${prefix}project`]: fact.project,
    [`${prefix}service`]: fact.name,
    [`${prefix}container-number`]: '1',
    [`${prefix}oneoff`]: 'False',
    [`${prefix}version`]: '2.40.0',
    [`${prefix}config-hash`]: hexOf(`config ${fact.id}`, 64),
    [`${prefix}image`]: imageFact(fact.host, fact.image, true).id,
    [`${prefix}project.working_dir`]: fact.workingDir,
    [`${prefix}project.config_files`]: `${fact.workingDir}/${name}`,
    'org.opencontainers.image.version': fact.image.split(':').at(-1) ?? '',
  };
}

function networksOf(fact: ContainerFact, life: Life): Record<string, unknown> {
  const up = life.state === 'running' || life.state === 'paused';
  return {
    [fact.networkMode]: {
      IPAddress: up ? (fact.address ?? '') : '',
      NetworkID: hexOf(`network ${fact.host} ${fact.networkMode}`, 64),
      Aliases: [fact.name],
    },
  };
}

/** Docker knows a CIFS share as a volume of the local driver. */
export function volumeName(fact: ContainerFact, source: string): string {
  return `${fact.project}_${source.replace(/^\/\/[^/]+\//, '').replace(/\W+/g, '_')}`;
}

function mountsOf(fact: ContainerFact): Record<string, unknown>[] {
  return fact.mounts.map(({ kind, source, target }) => {
    if (kind === 'bind') return { Type: 'bind', Source: source, Destination: target, Mode: 'rw', RW: true, Propagation: 'rprivate' };
    const Name = kind === 'volume' ? source : volumeName(fact, source);
    return {
      Type: 'volume',
      Name,
      Source: `/var/lib/docker/volumes/${Name}/_data`,
      Destination: target,
      Driver: 'local',
      Mode: 'z',
      RW: true,
    };
  });
}

/** Its settings, with made-up secrets in them as a careless compose file has them. */
function environmentOf(fact: ContainerFact): string[] {
  return [
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'TZ=Europe/Berlin',
    `APP_VERSION=${fact.image.split(':').at(-1)}`,
    ...fact.secrets.map((name) => `${name}=${secretOf(fact, name)}`),
  ];
}

/** The made-up value of a secret, for tests that look for it where it must not be. */
export function secretOf({ host, name: container }: Pick<ContainerFact, 'host' | 'name'>, name: string): string {
  return name.endsWith('_FILE') ? `/run/secrets/${name.toLowerCase()}` : `sim-${hexOf(`secret ${host} ${container} ${name}`, 24)}`;
}
