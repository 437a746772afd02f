import type { Inventory } from '../inventory/inventory.ts';
import type { Persistence, Service } from '../inventory/service.ts';
import { DAY, HOUR, MINUTE, SECOND } from './clock.ts';
import { JELLYFIN_BEFORE, taggedImage } from './images.ts';
import type { Story } from './incidents.ts';
import type { Machine } from './machines.ts';
import { hexOf, roll, seedOf } from './random.ts';
import { bytesOf } from './volumes.ts';

/** How a container ended the last time. */
export interface LastExit {
  at: number;
  code: number;
  oomKilled: boolean;
}

/** One container as its engine would describe it at an instant; all times in milliseconds. */
export interface ContainerFact {
  host: string;
  /** 64 hexadecimal digits; another one after a container was made anew. */
  id: string;
  name: string;
  /** Its name in the inventory. */
  service: string;
  project: string;
  composeFile: string;
  workingDir: string;
  image: string;
  state: 'running' | 'restarting';
  created: number;
  startedAt: number;
  restarts: number;
  lastExit?: LastExit;
  /** Absent where it has no health check. */
  health?: 'healthy' | 'unhealthy' | 'starting';
  restartPolicy: string;
  memoryLimit?: number;
  networkMode: string;
  address?: string;
  ports: readonly { container: number; host: number; protocol: 'tcp' | 'udp' }[];
  mounts: readonly { kind: Persistence['kind']; source: string; target: string }[];
  privileges: NonNullable<Service['privileges']>;
  /** Names of its secrets, never values. */
  secrets: readonly string[];
  dependsOn: readonly string[];
}

const HEALTH_START = 25 * SECOND;
/** Docker waits that long between a death and the next start. */
export const RESTART_PAUSE = 6 * SECOND;

/** Every container of a machine at an instant, as the inventory declares them and the story leaves them. */
export function containersOf(machine: Machine, inventory: Inventory, story: Story, at: number): ContainerFact[] {
  return inventory.services
    .map(({ value }) => value)
    .filter((service) => service.owner_node === machine.name && service.runtime.type === 'compose')
    .flatMap((service) => service.runtime.services.map((name, index) => containerFact(machine, service, name, index, story, at)));
}

function containerFact(machine: Machine, service: Service, name: string, index: number, story: Story, at: number): ContainerFact {
  const { project = name, file = '', images } = service.runtime;
  const life = lifeOf(machine, service, story, at);
  const hostNetwork = service.privileges?.network_mode;
  const limit = service.limits?.memory;
  const image = taggedImage(images[index] ?? images[0] ?? name);
  return {
    host: machine.name,
    id: hexOf(`${machine.name} ${name} ${life.created}`, 64),
    name,
    service: service.name,
    project,
    composeFile: file,
    workingDir: `${machine.host.deploy_root ?? ''}/${file.split('/').slice(0, -1).join('/')}`,
    image: service.name === 'jellyfin' && at < story.jellyfinUpdate ? JELLYFIN_BEFORE : image,
    ...life,
    ...(service.healthcheck.type === 'none' || service.healthcheck.type === 'metric' ? {} : { health: healthOf(service, life, story, at) }),
    restartPolicy: service.restart_policy,
    ...(limit ? { memoryLimit: bytesOf(limit) } : {}),
    networkMode: hostNetwork ?? `${project}_default`,
    ...(hostNetwork ? {} : { address: `172.${18 + (seedOf(project) % 12)}.0.${2 + (seedOf(name) % 200)}` }),
    ports: hostNetwork ? [] : portsOf(service, name),
    mounts: [
      ...service.persistence.filter(({ container }) => container === name).map(({ kind, source, target }) => ({ kind, source, target })),
      ...(service.privileges?.mounts ?? []).map((path) => ({ kind: 'bind' as const, source: path, target: path })),
    ],
    privileges: service.privileges ?? {},
    secrets: service.secrets.map((secret) => secret.name),
    dependsOn: service.depends_on.map((one) => one.service),
  };
}

type Life = Pick<ContainerFact, 'state' | 'created' | 'startedAt' | 'restarts' | 'lastExit'>;

/** When it was made and started, and what has killed it since. */
function lifeOf(machine: Machine, service: Service, story: Story, at: number): Life {
  const steady = Math.max(
    machine.booted + 3 * MINUTE,
    story.beginning - Math.round(roll(seedOf(`${machine.name} ${service.name}`), 1) * 6 * DAY) - HOUR,
  );
  const made = madeAnew(service, story).filter((time) => time <= at);
  const created = made.at(-1) ?? steady;
  if (service.name !== 'jellyfin' || at < story.jellyfinUpdate)
    return { state: 'running', created, startedAt: created + 2 * SECOND, restarts: 0 };
  const kills = story.kills(created, at + 1);
  const died = kills.at(-1);
  if (died === undefined) return { state: 'running', created, startedAt: created + 2 * SECOND, restarts: 0 };
  return {
    state: at < died + RESTART_PAUSE ? 'restarting' : 'running',
    created,
    startedAt: at < died + RESTART_PAUSE ? (kills.at(-2) ?? created) + RESTART_PAUSE : died + RESTART_PAUSE,
    restarts: kills.length,
    lastExit: { at: died, code: 137, oomKilled: true },
  };
}

/** Instants of the story at which a service's container was replaced. */
export function madeAnew(service: Pick<Service, 'name'>, story: Story): number[] {
  const changes: Record<string, number> = { loki: story.lokiChange, jellyfin: story.jellyfinUpdate, homepage: story.widgetChange };
  const change = changes[service.name];
  return change === undefined ? [] : [change];
}

function healthOf(service: Service, life: Life, story: Story, at: number): NonNullable<ContainerFact['health']> {
  if (at - life.startedAt < HEALTH_START || life.state === 'restarting') return 'starting';
  const failed = service.name === 'nebula-sync' && story.syncs(story.seatsFull, at).some((run) => !run.ok);
  return failed ? 'unhealthy' : 'healthy';
}

function portsOf(service: Service, container: string): ContainerFact['ports'] {
  return service.exposure
    .filter((one) => one.port !== undefined && one.scope !== 'container' && (one.container ?? container) === container)
    .map((one) => ({
      host: one.port as number,
      container: one.container_port ?? (one.port as number),
      protocol: one.protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
    }));
}
