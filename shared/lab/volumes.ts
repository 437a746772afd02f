import type { Host } from '../inventory/host.ts';
import { DAY, HOUR } from './clock.ts';
import { around } from './flow.ts';
import { FIGURES, type Story } from './incidents.ts';
import { seedOf, wave } from './random.ts';

/** A file system of a machine. */
export interface Volume {
  host: string;
  mount: string;
  device: string;
  fstype: string;
  bytes: number;
  inodes: number;
  used: (time: number) => number;
  inodesUsed: (time: number) => number;
}

/** What of a volume a folder holds. */
export interface FolderUse {
  path: string;
  bytes: number;
}

interface Habit {
  device: string;
  fstype: string;
  share: number;
  /** Bytes a day. */
  growth: number;
}

const HABITS: Record<string, Habit> = {
  'rpi /': { device: '/dev/sda2', fstype: 'ext4', share: 0.38, growth: 45e6 },
  'gaming-pc C:': { device: 'C:', fstype: 'ntfs', share: 0.61, growth: 350e6 },
  'gaming-pc D:': { device: 'D:', fstype: 'ntfs', share: 0.44, growth: 1.1e9 },
  'nas /share/CACHEDEV2_DATA': { device: '/dev/mapper/cachedev2', fstype: 'ext4', share: 0.57, growth: 600e6 },
};
const DATA_VOLUME = '/share/CACHEDEV1_DATA';
const UNIT: Record<string, number> = { MB: 1e6, GB: 1e9, TB: 1e12, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** `218GB`, `4GiB` or `1g` in bytes. */
export function bytesOf(size: string): number {
  const [, number = '0', unit = ''] = size.match(/^([\d.]+)\s*(\w*)$/) ?? [];
  return Number(number) * (UNIT[unit] ?? { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[unit.toLowerCase()] ?? 1);
}

/** The file systems of a machine, as its inventory names them. */
export function volumesOf(host: Host, story: Story): Volume[] {
  return (host.resources?.disks ?? []).map((disk) => {
    const bytes = bytesOf(disk.size);
    const habit = HABITS[`${host.name} ${disk.mount}`] ?? { device: disk.name, fstype: 'ext4', share: 0.4, growth: 0 };
    const data = host.name === 'nas' && disk.mount === DATA_VOLUME;
    const inodes = Math.round(bytes / 16_384);
    const used = data ? (time: number) => dataUsed(story, time) : (time: number) => steady(habit, bytes, story, time, disk.mount);
    return {
      host: host.name,
      mount: disk.mount,
      device: data ? '/dev/mapper/cachedev1' : habit.device,
      fstype: data ? 'ext4' : habit.fstype,
      bytes,
      inodes,
      used,
      inodesUsed: (time) => Math.round((used(time) / bytes) * inodes * 0.31),
    };
  });
}

/** What lies on the data volume of the NAS; the parts add up to what is used. */
export function dataVolumeUse(story: Story, time: number): FolderUse[] {
  const used = dataUsed(story, time);
  const since = Math.max(0, Math.min(time, story.now + 3 * DAY) - story.lokiChange) / DAY;
  const parts = [
    { path: `${DATA_VOLUME}/Container/loki`, bytes: 60e9 + since * (FIGURES.growthSince - FIGURES.growthBefore) },
    { path: `${DATA_VOLUME}/Container/prometheus`, bytes: 6.4e9 },
    { path: `${DATA_VOLUME}/Container/grafana`, bytes: 0.2e9 },
    { path: `${DATA_VOLUME}/Container/container-station-data`, bytes: 7.8e9 },
  ];
  const rest = used - parts.reduce((sum, part) => sum + part.bytes, 0);
  return [...parts, { path: `${DATA_VOLUME}/photos`, bytes: rest }].map((part) => ({ ...part, bytes: Math.round(part.bytes) }));
}

/** 91 % now, 9 GB a day since the change, 1 GB before; evenings bring more than mornings. */
function dataUsed(story: Story, time: number): number {
  const now = FIGURES.volumeBytes * FIGURES.usedNow;
  const quick = ((Math.max(time, story.lokiChange) - story.now) / DAY) * FIGURES.growthSince;
  const slow = (Math.min(0, time - story.lokiChange) / DAY) * FIGURES.growthBefore;
  const breath = (at: number): number => 0.25e9 * around(story.clock.local(at).hour, 22, 5);
  return Math.min(FIGURES.volumeBytes, now + quick + slow + breath(time) - breath(story.now));
}

function steady(habit: Habit, bytes: number, story: Story, time: number, mount: string): number {
  const grown = ((time - story.now) / DAY) * habit.growth;
  return Math.round(bytes * habit.share + grown + habit.growth * 0.2 * wave(seedOf(`${mount} ${story.seed}`), time, 7 * HOUR));
}
