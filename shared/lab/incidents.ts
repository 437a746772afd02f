import { type Clock, DAY, HOUR, lastRunOf, MINUTE, SECOND } from './clock.ts';
import { roll, seedOf } from './random.ts';

/** A span of time; `to` is Infinity while it goes on. */
export interface Span {
  from: number;
  to: number;
}

/** Every instant and figure of the lab's story, in milliseconds since 1970 unless a name says otherwise. */
export interface Story {
  now: number;
  seed: number;
  clock: Clock;
  /** The quiet days begin here; there is nothing before. */
  beginning: number;
  /** Retention of Loki goes from 168h to 2160h. */
  lokiChange: number;
  jellyfinUpdate: number;
  /** Jellyfin transcodes in software after its update. */
  transcodes: readonly Span[];
  /** Jellyfin's deaths for memory in a span, oldest first. */
  kills: (from: number, to: number) => number[];
  /** A list is added on the primary Pi-hole. */
  listAdded: number;
  /** The widget of the start page begins to log in at each poll. */
  widgetChange: number;
  /** Since then all 16 seats are taken. */
  seatsFull: number;
  /** Runs of nebula-sync in a span: hourly, lists and gravity once a day. */
  syncs: (from: number, to: number) => SyncRun[];
  /** Last gravity run on the primary (daily) and on the backup (with the daily full sync) before an instant. */
  gravityOf: (role: 'primary' | 'backup', at: number) => number;
  thumbnailsFail: Span;
  thumbnailsPaused: number;
  vaultwardenBackup: number;
  silenceMade: number;
  silenceEnds: number;
}

/** One run of nebula-sync. */
export interface SyncRun {
  at: number;
  full: boolean;
  ok: boolean;
}

/** Figures that the story fixes. */
export const FIGURES = {
  days: 14,
  volumeBytes: 218e9,
  usedNow: 0.91,
  growthBefore: 1e9,
  growthSince: 9e9,
  jellyfinLimit: 1_073_741_824,
  seats: 16,
  thumbnailsWaiting: 1284,
  thumbnailsFailed: 37,
  backupLateDays: 4,
} as const;

const MINUTES_AGO: readonly [number, number][] = [
  [1555, 1340],
  [1190, 1010],
  [700, 520],
  [300, Number.NEGATIVE_INFINITY],
];
const SYNC_MINUTE = 2 * MINUTE;
const DAILY_SYNC = 3 * HOUR + SYNC_MINUTE;
const DAILY_GRAVITY = 3 * HOUR + 10 * MINUTE;

/** The story as it stands at `now`; after it everything goes on as it is. */
export function storyAt(now: number, seed: number, clock: Clock): Story {
  const jitter = seedOf(`kills ${seed}`);
  const transcodes = MINUTES_AGO.map(([from, to]) => ({ from: now - from * MINUTE, to: now - to * MINUTE }));
  const killsOf = (span: Span, from: number, to: number): number[] => {
    const found: number[] = [];
    for (let index = 0; ; index += 1) {
      const at = span.from + (25 + 40 * index) * MINUTE + Math.round((roll(jitter ^ index, span.from - now) - 0.5) * 3 * MINUTE);
      if (at >= Math.min(to, span.to)) return found;
      if (at >= from) found.push(at);
    }
  };
  const seatsFull = now - (3 * HOUR + 9 * MINUTE);
  const daily = (back: number, at: number): number => now - back - Math.ceil((now - back - at) / DAY) * DAY;
  return {
    now,
    seed,
    clock,
    beginning: now - FIGURES.days * DAY,
    lokiChange: now - 5 * DAY,
    jellyfinUpdate: now - 26 * HOUR,
    transcodes,
    kills: (from, to) => transcodes.flatMap((span) => killsOf(span, from, to)),
    listAdded: yesterday(now, clock),
    widgetChange: now - (3 * HOUR + 25 * MINUTE),
    seatsFull,
    syncs(from, to) {
      const first = now - SYNC_MINUTE + Math.ceil((from - now + SYNC_MINUTE) / HOUR) * HOUR;
      const runs: SyncRun[] = [];
      for (let at = first; at < to; at += HOUR) runs.push({ at, full: (now - DAILY_SYNC - at) % DAY === 0, ok: at < seatsFull });
      return runs;
    },
    gravityOf(role, at) {
      if (role === 'primary') return daily(DAILY_GRAVITY, at) + 40 * SECOND;
      return daily(DAILY_SYNC, Math.min(at, now - DAILY_SYNC - 1)) + 75 * SECOND;
    },
    thumbnailsFail: { from: now - 68 * MINUTE, to: now - 50 * MINUTE },
    thumbnailsPaused: now - 50 * MINUTE,
    vaultwardenBackup: lastRunOf('0 3 * * *', now - FIGURES.backupLateDays * DAY - 100 * SECOND, clock) + 100 * SECOND,
    silenceMade: now - 8 * DAY,
    silenceEnds: now + 6 * DAY,
  };
}

/** An instant of yesterday's calendar day that lies between the last full sync and now. */
function yesterday(now: number, clock: Clock): number {
  const today = clock.local(now).day;
  const candidates = [20, 23, 25, 26.5].map((hours) => now - hours * HOUR);
  return candidates.find((time) => clock.local(time).day === today - 1) ?? now - 25 * HOUR;
}

/** One thing that is wrong in the lab, for those who check answers against the truth. */
export interface Incident {
  id: 'nas-volume' | 'jellyfin-memory' | 'pihole-seats' | 'thumbnails-stuck' | 'backup-hidden';
  since: number;
  hosts: readonly string[];
  services: readonly string[];
  /** Alerts that it raises. */
  alerts: readonly string[];
  /** The incident that it follows from. */
  causedBy?: Incident['id'];
  summary: string;
}

/** What is wrong, the most important first. */
export function incidentsOf(story: Story): Incident[] {
  return [
    {
      id: 'nas-volume',
      since: story.lokiChange,
      hosts: ['nas'],
      services: ['loki', 'nas-smb'],
      alerts: ['DiskWillFill'],
      summary:
        'Loki keeps logs for 90 days instead of seven: the data volume grows by 9 GB a day, stands at 91 % and is full in about two days',
    },
    {
      id: 'thumbnails-stuck',
      since: story.thumbnailsPaused,
      hosts: ['gaming-pc', 'nas'],
      services: ['immich-server'],
      alerts: ['ImmichQueueStuck'],
      causedBy: 'nas-volume',
      summary: 'The thumbnail queue is paused by hand with 1,284 waiting after 37 jobs failed for want of space on the NAS volume',
    },
    {
      id: 'jellyfin-memory',
      since: story.jellyfinUpdate,
      hosts: ['gaming-pc'],
      services: ['jellyfin'],
      alerts: ['ContainerOOM', 'ContainerRestarting'],
      summary: 'Jellyfin needs more than its 1 GiB since its update and is killed about every 40 minutes while it transcodes',
    },
    {
      id: 'pihole-seats',
      since: story.seatsFull,
      hosts: ['rpi', 'nas'],
      services: ['homepage', 'pihole-primary', 'nebula-sync', 'pihole-backup'],
      alerts: ['PiholeSyncFailing'],
      summary:
        'A widget takes a new seat at each poll, 16 of 16 are taken, nebula-sync gets 429 and the backup lacks the list of yesterday',
    },
    {
      id: 'backup-hidden',
      since: story.vaultwardenBackup,
      hosts: ['rpi'],
      services: ['vaultwarden', 'restic-backup', 'alertmanager'],
      alerts: ['BackupLate'],
      summary: 'A silence of last week hides that the passwords have not been saved for four days',
    },
  ];
}
