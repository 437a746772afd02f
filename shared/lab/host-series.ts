import { MINUTE } from './clock.ts';
import { type Flow, flow, level, type Spell } from './flow.ts';
import type { Story } from './incidents.ts';
import type { Machine } from './machines.ts';
import { roll, seedOf } from './random.ts';
import type { Declare, Labels } from './series.ts';
import { type Volume, volumesOf } from './volumes.ts';

/** Share of each core of `gaming-pc` that a software transcode takes. */
const TRANSCODE_LOAD = 0.3;

/** node_exporter's series of one machine, under the labels of its target. */
export function declareHost(machine: Machine, target: Labels, story: Story, declare: Declare): void {
  const { host, habits, cores, booted, memoryBytes } = machine;
  const { clock } = story;
  const seed = (text: string): number => seedOf(`${machine.name} ${text} ${story.seed}`);
  const spells: Spell[] = machine.name === 'gaming-pc' ? story.transcodes.map((span) => ({ ...span, perSecond: TRANSCODE_LOAD })) : [];
  const put = (name: string, at: (time: number) => number | undefined, labels: Labels = {}): void =>
    declare(name, { ...labels, ...target }, at);
  const fixed = (name: string, value: number, labels: Labels = {}): void => put(name, () => value, labels);

  const user: Flow[] = [];
  for (let core = 0; core < cores; core += 1) {
    const lean = 0.85 + 0.3 * roll(seed('core'), core);
    const modes = {
      user: flow({ base: habits.user * lean, rhythm: (time) => habits.work(time) * lean, noise: 0.5, spells }, seed(`user ${core}`), clock),
      system: flow(
        { base: habits.system * lean, rhythm: (time) => 0.2 * habits.work(time) * lean, noise: 0.4 },
        seed(`system ${core}`),
        clock,
      ),
      iowait: flow({ base: habits.iowait * lean, rhythm: (time) => 0.06 * habits.work(time), noise: 0.5 }, seed(`iowait ${core}`), clock),
    };
    user.push(modes.user);
    for (const [mode, one] of Object.entries(modes)) {
      put('node_cpu_seconds_total', (time) => one.total(booted, time), { cpu: String(core), mode });
    }
    const busy = Object.values(modes);
    const idle = (time: number): number => (time - booted) / 1000 - busy.reduce((sum, one) => sum + one.total(booted, time), 0);
    put('node_cpu_seconds_total', idle, { cpu: String(core), mode: 'idle' });
  }

  const work = (time: number, over: number): number => {
    const spent = user.reduce((sum, one) => sum + one.total(time - over, time), 0);
    return spent / (over / 1000);
  };
  for (const minutes of [1, 5, 15]) {
    const jitter = level(0, 0.08 * cores ** 0.5, seed(`load ${minutes}`), clock);
    put(`node_load${minutes}`, (time) => round(Math.max(0.02, 1.15 * work(time, minutes * MINUTE) + 0.06 * cores + jitter(time)), 2));
  }

  const memory = level(habits.memory, 0.012, seed('memory'), clock, habits.memoryRhythm);
  fixed('node_memory_MemTotal_bytes', memoryBytes);
  put('node_memory_MemAvailable_bytes', (time) => Math.round(memoryBytes * (1 - memory(time))));
  const swap = host.os.family === 'windows' ? 4 * 2 ** 30 : 2 ** 30;
  fixed('node_memory_SwapTotal_bytes', swap);
  fixed('node_memory_SwapFree_bytes', Math.round(swap * 0.93));

  for (const volume of volumesOf(host, story)) declareVolume(volume, put, fixed);

  for (const disk of habits.disks) {
    const labels = { device: disk.device };
    const read = flow({ base: disk.read, rhythm: disk.rhythm, noise: 0.6 }, seed(`read ${disk.device}`), clock);
    const write = flow({ base: disk.write, rhythm: (time) => 0.8 * disk.rhythm(time), noise: 0.6 }, seed(`write ${disk.device}`), clock);
    put('node_disk_read_bytes_total', (time) => Math.round(read.total(booted, time)), labels);
    put('node_disk_written_bytes_total', (time) => Math.round(write.total(booted, time)), labels);
    put('node_disk_io_time_seconds_total', (time) => (read.total(booted, time) + write.total(booted, time)) / 95e6, labels);
  }

  const { device, receive, send, rhythm } = habits.network;
  const incoming = flow({ base: receive, rhythm, noise: 0.6 }, seed('receive'), clock);
  const outgoing = flow({ base: send, rhythm: (time) => 0.4 * rhythm(time), noise: 0.6 }, seed('send'), clock);
  put('node_network_receive_bytes_total', (time) => Math.round(incoming.total(booted, time)), { device });
  put('node_network_transmit_bytes_total', (time) => Math.round(outgoing.total(booted, time)), { device });
  fixed('node_network_receive_errs_total', 0, { device });
  fixed('node_network_transmit_errs_total', 0, { device });

  for (const { chip, sensor, celsius, perWork } of habits.sensors) {
    const drift = level(celsius, 1.2, seed(`${chip} ${sensor}`), clock);
    put('node_hwmon_temp_celsius', (time) => round(drift(time) + (perWork * work(time, 4 * MINUTE)) / cores, 1), { chip, sensor });
  }

  fixed('node_boot_time_seconds', Math.round(booted / 1000));
  put('node_time_seconds', (time) => time / 1000);
  const drift = level(0, 0.0015, seed('clock'), clock);
  put('node_timex_offset_seconds', drift);
  fixed('node_uname_info', 1, {
    nodename: machine.name,
    sysname: { linux: 'Linux', windows: 'Windows', darwin: 'Darwin' }[host.os.family as 'linux'] ?? host.os.family,
    release: habits.kernel,
    machine: habits.machine,
  });
  // The engine of gaming-pc runs in its own virtual machine, whose kernel counts there.
  if (host.os.family === 'linux') fixed('node_vmstat_oom_kill', 0);
  if (target.job === 'node') fixed('node_textfile_scrape_error', 0);
  else put('glances_reading_age_seconds', (time) => round(1 + 3 * roll(seed('age'), Math.floor(time / 5000)), 1));
}

type Put = (name: string, at: (time: number) => number | undefined, labels?: Labels) => void;

function declareVolume(volume: Volume, put: Put, fixed: (name: string, value: number, labels?: Labels) => void): void {
  const labels = { device: volume.device, fstype: volume.fstype, mountpoint: volume.mount };
  fixed('node_filesystem_size_bytes', volume.bytes, labels);
  put('node_filesystem_avail_bytes', (time) => Math.max(0, Math.round(volume.bytes - volume.used(time))), labels);
  put('node_filesystem_free_bytes', (time) => Math.max(0, Math.round(volume.bytes - volume.used(time))), labels);
  fixed('node_filesystem_readonly', 0, labels);
  if (volume.fstype === 'ntfs') return;
  fixed('node_filesystem_files', volume.inodes, labels);
  put('node_filesystem_files_free', (time) => volume.inodes - volume.inodesUsed(time), labels);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
