import type { Inventory } from '../inventory/inventory.ts';
import { usualSeconds } from './backups.ts';
import { DAY, HOUR, lastRunOf } from './clock.ts';
import type { Story } from './incidents.ts';
import { dockerKernelLog, jellyfinLog } from './log-jellyfin.ts';
import type { LogLine, LogSource, Writer } from './log-line.ts';
import { homepageLog, immichLog, lokiLog, nasSystemLog, nebulaSyncLog, resticLog } from './log-story.ts';
import { sshdLog, suiteLog, USUAL_LOGS } from './log-usual.ts';

/** Which lines are wanted. */
export interface LogFilter {
  host?: string;
  service?: string;
  container?: string;
  unit?: string;
}

/** All logs of the lab. */
export interface LogBook {
  /** Every source that writes. */
  sources: () => readonly LogSource[];
  /** Lines in `[from, to)`, made hour by hour while they are read; oldest first, or newest first on request. */
  lines: (from: number, to: number, filter?: LogFilter, order?: 'oldest' | 'newest') => Generator<LogLine>;
}

interface Shelf {
  source: LogSource;
  write: Writer;
}

/** The logs of every container of the inventory, and of the machines themselves. */
export function logBook(inventory: Inventory, story: Story, assetIds: readonly string[]): LogBook {
  const shelves = [...containerShelves(inventory, story, assetIds), ...machineShelves(story)];
  return {
    sources: () => shelves.map(({ source }) => source),
    lines: function* (from, to, filter = {}, order = 'oldest') {
      const chosen = shelves.filter(({ source }) =>
        Object.entries(filter).every(([key, value]) => value === undefined || source[key as keyof LogSource] === value),
      );
      const first = Math.max(from, story.beginning);
      const hours = Math.ceil((to - first) / HOUR);
      for (let index = 0; index < hours; index += 1) {
        const start = order === 'oldest' ? first + index * HOUR : Math.max(first, to - (index + 1) * HOUR);
        const end = order === 'oldest' ? Math.min(to, start + HOUR) : to - index * HOUR;
        const lines = chosen.flatMap(({ source, write }) =>
          write(start, end).map((draft) => ({ stream: 'stdout' as const, ...draft, ...source })),
        );
        yield* lines.sort((a, b) => (order === 'oldest' ? a.time - b.time : b.time - a.time));
      }
    },
  };
}

function containerShelves(inventory: Inventory, story: Story, assetIds: readonly string[]): Shelf[] {
  return inventory.services.flatMap(({ value: service }) => {
    if (service.runtime.type !== 'compose') return [];
    return service.runtime.services.flatMap((container) => {
      const source = { host: service.owner_node, service: service.name, container };
      const key = `${service.owner_node}/${container} ${story.seed}`;
      const write =
        special(service.name, inventory, story, assetIds) ??
        (service.name.startsWith('mcp-') ? suiteLog : USUAL_LOGS[container])?.(story, key);
      return write ? [{ source, write }] : [];
    });
  });
}

function special(service: string, inventory: Inventory, story: Story, assetIds: readonly string[]): Writer | undefined {
  if (service === 'jellyfin') return jellyfinLog(story);
  if (service === 'nebula-sync') return nebulaSyncLog(story);
  if (service === 'homepage') return homepageLog(story);
  if (service === 'immich-server') return immichLog(story, assetIds);
  if (service === 'loki') return lokiLog(story);
  if (service !== 'restic-backup') return undefined;
  const jobs = inventory.backups.map(({ value: job }) => ({
    job: job.name,
    seconds: usualSeconds(job),
    starts(from: number, to: number): number[] {
      const found: number[] = [];
      for (let day = from; day < to + DAY; day += DAY) {
        const run = lastRunOf(job.schedule, Math.min(day, to - 1), story.clock);
        if (run >= from && run < to && run !== found.at(-1)) found.push(run);
      }
      return found;
    },
  }));
  return resticLog(story, jobs);
}

function machineShelves(story: Story): Shelf[] {
  return [
    { source: { host: 'rpi', unit: 'sshd' }, write: sshdLog(`rpi sshd ${story.seed}`) },
    { source: { host: 'gaming-pc', unit: 'kernel' }, write: dockerKernelLog(story) },
    { source: { host: 'nas', unit: 'qts' }, write: nasSystemLog(story) },
  ];
}
