import type { Host } from '../inventory/host.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { DAY, HOUR, type LocalTime } from './clock.ts';
import { around } from './flow.ts';
import type { Story } from './incidents.ts';
import { bytesOf } from './volumes.ts';

/** How busy a machine is over the day, as shares of one of its cores, and bytes per second. */
export interface Habits {
  bootDaysAgo: number;
  user: number;
  system: number;
  iowait: number;
  /** Added to `user`. */
  work: (time: LocalTime) => number;
  /** Share of memory in use without the day's rhythm. */
  memory: number;
  memoryRhythm: (time: LocalTime) => number;
  network: { device: string; receive: number; send: number; rhythm: (time: LocalTime) => number };
  disks: readonly { device: string; read: number; write: number; rhythm: (time: LocalTime) => number }[];
  sensors: readonly { chip: string; sensor: string; celsius: number; perWork: number }[];
  kernel: string;
  machine: string;
}

/** A machine of the lab as the simulators meet it. */
export interface Machine {
  host: Host;
  name: string;
  address: string;
  memoryBytes: number;
  cores: number;
  booted: number;
  /** Away at `now`, which is normal where the inventory calls the host sleepy. */
  asleep: boolean;
  habits: Habits;
}

/** The nightly backup, 1 while it runs. */
export const atBackup = ({ hour }: LocalTime): number => (hour >= 3 && hour < 4 ? 1 : 0);
/** Photos come in after dinner. */
export const atUpload = ({ hour }: LocalTime): number => around(hour, 20.5, 1.6);
/** Somebody watches; on weekends for longer. */
export const atTelevision = ({ hour, weekday }: LocalTime): number => around(hour, 21.2, weekday === 6 || weekday === 0 ? 2.2 : 1.5);
/** The house is awake. */
export const atDay = ({ hour }: LocalTime): number => Math.min(1, around(hour, 8, 2.5) * 0.6 + around(hour, 18.5, 4.5));

const MB = 1e6;

const HABITS: Record<string, Habits> = {
  rpi: {
    bootDaysAgo: 41,
    user: 0.07,
    system: 0.035,
    iowait: 0.006,
    work: (time) => 0.05 * atDay(time) + 0.12 * atBackup(time),
    memory: 0.52,
    memoryRhythm: (time) => 0.03 * atDay(time) + 0.05 * atBackup(time),
    network: { device: 'eth0', receive: 60e3, send: 75e3, rhythm: (time) => 180e3 * atDay(time) + 3 * MB * atBackup(time) },
    disks: [{ device: 'sda', read: 15e3, write: 110e3, rhythm: (time) => 4 * MB * atBackup(time) + 60e3 * atDay(time) }],
    sensors: [{ chip: 'thermal_thermal_zone0', sensor: 'temp1', celsius: 50, perWork: 40 }],
    kernel: '6.12.47+rpt-rpi-v8',
    machine: 'aarch64',
  },
  'gaming-pc': {
    bootDaysAgo: 17,
    user: 0.045,
    system: 0.02,
    iowait: 0.002,
    work: (time) => 0.22 * atUpload(time) + 0.08 * atTelevision(time) + 0.03 * atDay(time),
    memory: 0.41,
    memoryRhythm: (time) => 0.08 * atUpload(time),
    network: { device: 'Ethernet', receive: 90e3, send: 120e3, rhythm: (time) => 4 * MB * atUpload(time) + 1.6 * MB * atTelevision(time) },
    disks: [
      { device: 'C:', read: 90e3, write: 400e3, rhythm: (time) => 2.5 * MB * atUpload(time) },
      { device: 'D:', read: 2e3, write: 5e3, rhythm: (time) => 30 * MB * atBackup(time) },
    ],
    sensors: [
      { chip: 'amdcpu_0', sensor: 'core_tctl_tdie', celsius: 47, perWork: 48 },
      { chip: 'gpu_nvidia_0', sensor: 'gpu_core', celsius: 41, perWork: 20 },
    ],
    kernel: '10.0.26200',
    machine: 'x86_64',
  },
  nas: {
    bootDaysAgo: 23,
    user: 0.13,
    system: 0.06,
    iowait: 0.02,
    work: (time) => 0.06 * atDay(time) + 0.05 * atUpload(time) + 0.2 * atBackup(time),
    memory: 0.63,
    memoryRhythm: (time) => 0.05 * atBackup(time),
    network: { device: 'eth0', receive: 240e3, send: 110e3, rhythm: (time) => 24 * MB * atBackup(time) + 4 * MB * atUpload(time) },
    disks: [
      { device: 'nvme0n1', read: 80e3, write: 620e3, rhythm: (time) => 18 * MB * atBackup(time) + 3.5 * MB * atUpload(time) },
      { device: 'sda', read: 12e3, write: 20e3, rhythm: (time) => 26 * MB * atBackup(time) + 1.6 * MB * atTelevision(time) },
    ],
    sensors: [{ chip: 'platform_qts', sensor: 'cpu', celsius: 46, perWork: 32 }],
    kernel: '5.10.60-qnap',
    machine: 'aarch64',
  },
};

const QUIET: Habits = {
  bootDaysAgo: 20,
  user: 0.05,
  system: 0.02,
  iowait: 0.002,
  work: () => 0,
  memory: 0.4,
  memoryRhythm: () => 0,
  network: { device: 'eth0', receive: 10e3, send: 10e3, rhythm: () => 0 },
  disks: [],
  sensors: [],
  kernel: '6.12',
  machine: 'x86_64',
};

/** Every machine of the inventory; one that nobody described lives quietly. */
export function machinesOf(inventory: Inventory, story: Story): Machine[] {
  return inventory.hosts.map(({ value: host }) => {
    const habits = HABITS[host.name] ?? QUIET;
    return {
      host,
      name: host.name,
      address: host.address,
      memoryBytes: bytesOf(host.resources?.memory ?? '8GiB'),
      cores: host.resources?.cores ?? 4,
      booted: story.now - habits.bootDaysAgo * DAY - 5 * HOUR,
      asleep: host.sleepy,
      habits,
    };
  });
}
