import type { Inventory } from '../inventory/inventory.ts';
import { DAY, type LocalTime } from './clock.ts';
import { type ContainerFact, containersOf } from './containers.ts';
import { flow, level } from './flow.ts';
import { FIGURES, type Story } from './incidents.ts';
import { atBackup, atDay, atTelevision, atUpload, type Machine } from './machines.ts';
import { roll, seedOf, wave } from './random.ts';
import type { Declare, Labels } from './series.ts';

/** Cores in use, and the share of the memory limit, of containers whose life is not the usual one. */
interface Appetite {
  cores: number;
  work?: (time: LocalTime) => number;
  memory: number;
  memoryWork?: (time: LocalTime) => number;
}

const APPETITES: Record<string, Appetite> = {
  'immich-server': { cores: 0.04, work: (time) => 0.9 * atUpload(time), memory: 0.24, memoryWork: (time) => 0.22 * atUpload(time) },
  'immich-machine-learning': {
    cores: 0.01,
    work: (time) => 1.6 * atUpload(time),
    memory: 0.18,
    memoryWork: (time) => 0.4 * atUpload(time),
  },
  'immich-postgres': { cores: 0.03, work: (time) => 0.25 * atUpload(time), memory: 0.46, memoryWork: (time) => 0.08 * atUpload(time) },
  jellyfin: { cores: 0.02, work: (time) => 0.25 * atTelevision(time), memory: 0.3, memoryWork: (time) => 0.2 * atTelevision(time) },
  'restic-backup': { cores: 0.001, work: (time) => 0.45 * atBackup(time), memory: 0.06, memoryWork: (time) => 0.55 * atBackup(time) },
  pihole: { cores: 0.02, work: (time) => 0.04 * atDay(time), memory: 0.27 },
  prometheus: { cores: 0.11, memory: 0.66, memoryWork: (time) => 0.05 * atDay(time) },
  loki: { cores: 0.09, work: (time) => 0.05 * atDay(time), memory: 0.58 },
};

/** cadvisor's series of the containers of one machine. */
export function declareContainers(machine: Machine, target: Labels, inventory: Inventory, story: Story, declare: Declare): void {
  for (const container of containersOf(machine, inventory, story, story.now)) {
    const life = lifetimes(machine, container, inventory, story);
    const seed = seedOf(`${machine.name}/${container.name} ${story.seed}`);
    const labels = { name: container.name, ...target };
    const appetite = APPETITES[container.name] ?? { cores: 0.003 + 0.012 * roll(seed, 1), memory: 0.25 + 0.3 * roll(seed, 2) };
    const transcodes = container.service === 'jellyfin' ? story.transcodes.map((span) => ({ ...span, perSecond: 3.2 })) : [];
    const cpu = flow({ base: appetite.cores, rhythm: appetite.work ?? (() => 0), noise: 0.5, spells: transcodes }, seed, story.clock);
    const traffic = flow(
      { base: 800 + 6000 * roll(seed, 3), rhythm: (time) => 9000 * (appetite.work?.(time) ?? 0.2 * atDay(time)) },
      seed + 1,
      story.clock,
    );
    const limit = container.memoryLimit;

    declare('container_last_seen', labels, (time) => Math.floor(time / 1000));
    declare('container_start_time_seconds', labels, (time) => Math.floor(life(time).startedAt / 1000));
    declare('container_restarts_total', labels, (time) => life(time).restarts);
    declare('container_oom_events_total', labels, (time) => life(time).restarts);
    declare('container_cpu_usage_seconds_total', labels, (time) => Math.max(0, cpu.total(life(time).startedAt, time)));
    if (limit !== undefined) {
      const share = level(appetite.memory, 0.02, seed + 2, story.clock, appetite.memoryWork);
      declare('container_spec_memory_limit_bytes', labels, () => limit);
      declare('container_memory_working_set_bytes', labels, (time) =>
        container.service === 'jellyfin' && time >= story.jellyfinUpdate
          ? hungryJellyfin(story, life(time).startedAt, time, seed)
          : Math.round(limit * Math.min(0.94, share(time))),
      );
    }
    if (container.networkMode !== 'host' && container.networkMode !== 'none') {
      declare('container_network_receive_bytes_total', labels, (time) =>
        Math.max(0, Math.round(traffic.total(life(time).startedAt, time))),
      );
      declare('container_network_transmit_bytes_total', labels, (time) =>
        Math.max(0, Math.round(0.7 * traffic.total(life(time).startedAt, time))),
      );
    }
  }
}

type Life = Pick<ContainerFact, 'startedAt' | 'restarts'>;

/** Start and restarts of one container at any instant; only the story's own containers need more than one look. */
function lifetimes(machine: Machine, container: ContainerFact, inventory: Inventory, story: Story): (time: number) => Life {
  const only = { ...inventory, services: inventory.services.filter(({ value }) => value.name === container.service) };
  const look = (time: number): Life => {
    const found = containersOf(machine, only, story, time).find(({ name }) => name === container.name) ?? container;
    return { startedAt: Math.min(found.startedAt, time), restarts: found.restarts };
  };
  if (container.service === 'jellyfin') return look;
  const before = look(story.beginning);
  const since = container.startedAt;
  return (time) => (time < since ? before : { startedAt: since, restarts: 0 });
}

/** Since its update it takes what a transcode wants until the limit ends it; between transcodes it idles. */
function hungryJellyfin(story: Story, startedAt: number, time: number, seed: number): number {
  const idle = FIGURES.jellyfinLimit * (0.34 + 0.015 * wave(seed, time, 180_000));
  const transcode = story.transcodes.find((span) => time >= span.from && time < span.to);
  if (!transcode) return Math.round(idle);
  const next = story.kills(time, time + DAY / 12)[0];
  const begun = Math.max(startedAt, transcode.from);
  const full = next === undefined || next > transcode.to ? begun + 40 * 60_000 : next;
  const part = Math.min(1, Math.max(0, (time - begun) / (full - begun)));
  return Math.round(idle + (FIGURES.jellyfinLimit * 0.995 - idle) * part ** 1.4);
}
