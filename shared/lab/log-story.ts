import { HOUR, MINUTE, SECOND } from './clock.ts';
import { FIGURES, type Story } from './incidents.ts';
import type { Writer } from './log-line.ts';
import { habitual, iso, logfmt, occasional, plain, together } from './log-writers.ts';
import { failedJobs } from './queues.ts';
import { hexOf, roll, seedOf } from './random.ts';

/** nebula-sync: rules and records each hour, lists and gravity once a day, and the refusals of the last three hours. */
export function nebulaSyncLog(story: Story): Writer {
  return occasional(
    (from, to) => story.syncs(Math.max(from, story.beginning), to).map(({ at }) => at),
    (at) => {
      const run = story.syncs(at, at + 1)[0];
      const say = (time: number, level: 'info' | 'error', text: string) => ({
        time,
        level,
        line: `${iso(time).slice(0, 19)}Z ${level === 'error' ? 'ERR' : 'INF'} ${text}`,
      });
      const begin = say(
        at,
        'info',
        `Running ${run?.full ? 'full sync (lists, gravity)' : 'sync (rules, records)'} primary=http://192.0.2.10:8081 replicas=1`,
      );
      if (run?.ok) return [begin, say(at + (run.full ? 75 : 4) * SECOND, 'info', 'Sync completed')];
      return [
        begin,
        say(
          at + 400,
          'error',
          'Sync failed error="authenticate: http://192.0.2.10:8081/api/auth: unexpected status code: 429" key=api_seats_exceeded message="API seats exceeded"',
        ),
      ];
    },
  );
}

/** Homepage: quiet until its widget finds no seat. */
export function homepageLog(story: Story): Writer {
  return habitual(`homepage ${story.seed}`, [
    { everyMs: 12 * MINUTE, text: (_, time) => `[${iso(time)}] info: Docker stats refreshed` },
    {
      everyMs: MINUTE,
      level: 'error',
      stream: 'stderr',
      chance: (time) => (time > story.seatsFull && (time - story.seatsFull) % (30 * MINUTE) < 15 * MINUTE ? 1 : 0),
      text: (_, time) =>
        `[${iso(time)}] error: <customapi> HTTP Error 429 calling http://192.0.2.10:8081/api/auth {"error":{"key":"api_seats_exceeded"}}`,
    },
  ]);
}

/** Immich's jobs: thumbnails until the volume refuses them and somebody pauses the queue. */
export function immichLog(story: Story, assetIds: readonly string[]): Writer {
  const stamp = (time: number, level: string, part: string): string => `[Nest] 17  - ${plain(time)}     ${level} [Microservices:${part}]`;
  const jobs = failedJobs(story, assetIds, story.thumbnailsFail.to);
  return together(
    habitual(`immich ${story.seed}`, [
      { everyMs: 7 * MINUTE, text: (_, time) => `${stamp(time, 'LOG', 'JobService')} Queue statistics updated` },
      {
        everyMs: 40 * SECOND,
        chance: (time) => (Math.abs(story.clock.local(time).hour - 20.5) < 1.5 ? 0.7 : 0.02),
        text: (dice, time) => `${stamp(time, 'LOG', 'MediaService')} Successfully generated thumbnails for asset ${hexOf(`${dice(0)}`, 8)}`,
      },
    ]),
    occasional(
      (from, to) => jobs.map(({ at }) => at).filter((at) => at >= from && at < to),
      (at) => {
        const job = jobs.find((one) => one.at === at);
        return [
          {
            time: at,
            level: 'error',
            stream: 'stderr',
            line: `${stamp(at, 'ERROR', 'JobService')} Unable to run job handler (AssetGenerateThumbnails): Error: ${job?.reason}`,
          },
        ];
      },
    ),
    occasional(
      (from, to) => [story.thumbnailsPaused].filter((time) => time >= from && time < to),
      (time) => [
        { time, level: 'info', line: `${stamp(time, 'LOG', 'QueueService')} Queue thumbnailGeneration paused by user ben@example.net` },
      ],
    ),
  );
}

/** Loki: quiet; its start after the change shows the new period. */
export function lokiLog(story: Story): Writer {
  return together(
    habitual(`loki ${story.seed}`, [
      {
        everyMs: 10 * MINUTE,
        text: (_, time) => logfmt(time, 'info', 'compaction of tables done', 'caller=compactor.go component=compactor'),
      },
      {
        everyMs: 10 * MINUTE,
        text: (dice, time) =>
          logfmt(
            time,
            'info',
            `applying retention: period ${time < story.lokiChange ? '168h0m0s' : '2160h0m0s'}, ${time < story.lokiChange ? 900 + Math.floor(dice(0) * 300) : 0} chunks marked for deletion`,
            'caller=retention.go',
          ),
      },
      {
        everyMs: 3 * MINUTE,
        text: (dice, time) => logfmt(time, 'info', 'flushing stream', `caller=flush.go user=fake chunks=${1 + Math.floor(dice(0) * 9)}`),
      },
    ]),
    occasional(
      (from, to) => [story.lokiChange].filter((time) => time >= from && time < to),
      (time) => [
        {
          time: time + 4 * SECOND,
          level: 'info',
          line: logfmt(time + 4 * SECOND, 'info', 'Loki started', 'caller=loki.go retention_period=2160h'),
        },
      ],
    ),
  );
}

/** restic: every job of the night, and the one that does not get past its copy step. */
export function resticLog(
  story: Story,
  jobs: readonly { job: string; starts: (from: number, to: number) => number[]; seconds: number }[],
): Writer {
  return together(
    ...jobs.map(({ job, starts, seconds }) =>
      occasional(
        starts,
        (time) => {
          const begin = { time, level: 'info' as const, line: `${iso(time)} job ${job}: begin` };
          if (job === 'vaultwarden' && time > story.vaultwardenBackup)
            return [
              begin,
              {
                time: time + 9 * SECOND,
                level: 'error' as const,
                stream: 'stderr' as const,
                line: `${iso(time + 9 * SECOND)} job vaultwarden: copy step failed: Error: stepping, database is locked (5)`,
              },
              {
                time: time + 9 * SECOND + 5,
                level: 'error' as const,
                line: `${iso(time + 9 * SECOND)} job vaultwarden: not run, nothing was saved`,
              },
            ];
          const files = 40 + Math.floor(roll(seedOf(job), time) * 400);
          return [
            begin,
            {
              time: time + seconds * SECOND - 300,
              level: 'info' as const,
              line: `processed ${files} files, ${(files * 1.7).toFixed(1)} MiB in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
            },
            {
              time: time + seconds * SECOND,
              level: 'info' as const,
              line: `${iso(time + seconds * SECOND)} job ${job}: snapshot ${hexOf(`${job} ${time}`, 8)} saved`,
            },
          ];
        },
        HOUR,
      ),
    ),
  );
}

/** The NAS itself: it warns when less than a tenth is free, and then refuses what comes over SMB into the reserve. */
export function nasSystemLog(story: Story): Writer {
  const tenth = story.now - ((FIGURES.volumeBytes * (FIGURES.usedNow - 0.9)) / FIGURES.growthSince) * 24 * HOUR;
  return together(
    occasional(
      (from, to) => [tenth].filter((time) => time >= from && time < to),
      (time) => [
        {
          time,
          level: 'warn',
          line: '[Storage & Snapshots] Volume DataVol1: free space is below 10 percent. Snapshot space stays reserved',
        },
      ],
    ),
    occasional(
      (from, to) => [story.thumbnailsFail.from].filter((time) => time >= from && time < to),
      (time) => [
        {
          time: time + SECOND,
          level: 'error',
          line: 'smbd: share photos: write refused, no space left on device (reserve for snapshots reached on /share/CACHEDEV1_DATA)',
        },
      ],
    ),
    habitual(`qts ${story.seed}`, [{ everyMs: 2 * HOUR, text: () => 'smbd: session opened for user immich from 192.0.2.20' }]),
  );
}
