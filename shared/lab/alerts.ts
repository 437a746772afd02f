import type { Inventory } from '../inventory/inventory.ts';
import { backupsAt } from './backups.ts';
import { DAY, HOUR, MINUTE } from './clock.ts';
import { FIGURES, type Story } from './incidents.ts';
import { uuidOf } from './random.ts';
import type { Labels } from './series.ts';
import { dataVolumeUse } from './volumes.ts';

/** One alert that fires. */
export interface AlertFact {
  name: string;
  /** Without `alertname`. */
  labels: Labels;
  summary: string;
  /** Path of a page in the repository. */
  runbook: string;
  startsAt: number;
  /** What its rule's expression gives. */
  value: number;
  /** Ids of silences that hide it. */
  silencedBy: readonly string[];
}

export interface SilenceFact {
  id: string;
  matchers: readonly { name: string; value: string; isRegex: boolean; isEqual: boolean }[];
  createdBy: string;
  comment: string;
  createdAt: number;
  startsAt: number;
  endsAt: number;
}

/** `DiskWillFill` looks that far ahead. */
const AHEAD_DAYS = 4;
/** `DiskFull` begins when that share is left; the volume has 9 % and is not there yet. */
const DISK_FULL_BELOW = 0.05;

/** Silences in force at an instant: one, of last week. */
export function silencesAt(story: Story, at: number): SilenceFact[] {
  if (at < story.silenceMade || at >= story.silenceEnds) return [];
  const equal = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: true });
  return [
    {
      id: uuidOf(`silence ${story.seed}`),
      matchers: [equal('alertname', 'BackupLate'), equal('backup', 'vaultwarden')],
      createdBy: 'ben',
      comment: 'moving the restic repository, back tomorrow',
      createdAt: story.silenceMade,
      startsAt: story.silenceMade,
      endsAt: story.silenceEnds,
    },
  ];
}

/** Alerts that fire at an instant, the oldest first. */
export function alertsAt(inventory: Inventory, story: Story, at: number): AlertFact[] {
  const runbook = (page: string): string => `runbooks/${page}.md`;
  const container = { host: 'gaming-pc', name: 'jellyfin', severity: 'warning' };
  const used = dataVolumeUse(story, at).reduce((sum, { bytes }) => sum + bytes, 0);
  const free = FIGURES.volumeBytes - used;
  const freeNow = FIGURES.volumeBytes * (1 - FIGURES.usedNow);
  const fillsSince = story.now - ((AHEAD_DAYS * FIGURES.growthSince - freeNow) / FIGURES.growthSince) * DAY + HOUR;
  const transcode = story.transcodes.find((span) => at >= span.from && at < span.to + HOUR);
  const kills = story.kills(at - HOUR, at).length;
  const seatsGap = (story.gravityOf('primary', at) - story.gravityOf('backup', at)) / 1000;
  const firing: AlertFact[] = [
    {
      name: 'DiskWillFill',
      labels: { host: 'nas', mountpoint: '/share/CACHEDEV1_DATA', severity: 'warning' },
      summary: '/share/CACHEDEV1_DATA on nas will be full within four days',
      runbook: runbook('disk-filling'),
      startsAt: fillsSince,
      value: free - AHEAD_DAYS * FIGURES.growthSince,
      silencedBy: [],
    },
    ...(free < FIGURES.volumeBytes * DISK_FULL_BELOW
      ? [
          {
            name: 'DiskFull',
            labels: { host: 'nas', mountpoint: '/share/CACHEDEV1_DATA', severity: 'critical' },
            summary: '/share/CACHEDEV1_DATA on nas is nearly full',
            runbook: runbook('disk-filling'),
            startsAt: story.now + ((freeNow - FIGURES.volumeBytes * DISK_FULL_BELOW) / FIGURES.growthSince) * DAY,
            value: free / FIGURES.volumeBytes,
            silencedBy: [],
          },
        ]
      : []),
    ...(transcode && kills > 0
      ? [
          { name: 'ContainerOOM', summary: 'jellyfin on gaming-pc was killed for memory', page: 'container-oom', value: kills },
          {
            name: 'ContainerRestarting',
            summary: 'jellyfin on gaming-pc restarts again and again',
            page: 'container-restart-loop',
            value: kills,
          },
        ].map(({ name, summary, page, value }) => ({
          name,
          labels: container,
          summary,
          runbook: runbook(page),
          startsAt: transcode.from + 30 * MINUTE,
          value,
          silencedBy: [],
        }))
      : []),
    {
      name: 'PiholeSyncFailing',
      labels: { host: 'nas', pihole: 'pihole-backup', severity: 'warning' },
      summary: 'the gravity of pihole-backup is older than that of pihole-primary',
      runbook: runbook('pihole-sync-failing'),
      startsAt: story.seatsFull + 30 * MINUTE,
      value: seatsGap,
      silencedBy: [],
    },
    {
      name: 'ImmichQueueStuck',
      labels: { host: 'gaming-pc', queue: 'thumbnailGeneration', severity: 'warning' },
      summary: 'thumbnailGeneration has work waiting and does none',
      runbook: runbook('immich-jobs-stuck'),
      startsAt: story.thumbnailsPaused + 20 * MINUTE,
      value: FIGURES.thumbnailsWaiting,
      silencedBy: [],
    },
    ...backupsAt(inventory, story, at)
      .filter(({ late }) => late)
      .map((fact) => ({
        name: 'BackupLate',
        labels: { host: 'rpi', backup: fact.job, severity: 'critical' },
        summary: `the backup ${fact.job} is late`,
        runbook: runbook('backup-late'),
        startsAt: fact.lastSuccess + fact.lateAfter,
        value: (at - fact.lastSuccess) / 1000,
        silencedBy: silencesAt(story, at).map(({ id }) => id),
      })),
  ];
  return firing.filter(({ startsAt }) => startsAt <= at).sort((a, b) => a.startsAt - b.startsAt);
}
