import { HOUR, MINUTE, SECOND } from './clock.ts';
import { RESTART_PAUSE } from './containers.ts';
import { JELLYFIN_BEFORE, taggedImage } from './images.ts';
import type { Story } from './incidents.ts';
import type { Writer } from './log-line.ts';
import { habitual, iso, occasional, together } from './log-writers.ts';
import { atTelevision } from './machines.ts';
import { between, hexOf, pick, seedOf } from './random.ts';

const FILMS = ['The Long Ferry (2019)', 'Harbour Lights (2021)', 'A Winter Garden (2017)', 'Nine Bridges (2023)'] as const;

/** Jellyfin: what it plays, and since its update the transcodes that end in the middle of a line. */
export function jellyfinLog(story: Story): Writer {
  const stamp = (time: number): string => `[${iso(time).slice(11, 23)}]`;
  const film = (time: number): string => pick(FILMS, seedOf('film'), Math.floor(time / (3 * HOUR)));
  const transcoding = (time: number): boolean => story.transcodes.some((span) => time >= span.from && time < span.to);
  const starting = (time: number, version: string) => [
    {
      time: time + SECOND,
      level: 'info' as const,
      line: `${stamp(time + SECOND)} [INF] [1] Main: Jellyfin version: ${version.split(':')[1]}`,
    },
    {
      time: time + 3 * SECOND,
      level: 'info' as const,
      line: `${stamp(time + 3 * SECOND)} [INF] [1] Main: Startup complete 0:00:0${3 + (time % 5)}.1`,
    },
  ];
  const ffmpeg = (time: number): string =>
    `/usr/lib/jellyfin-ffmpeg/ffmpeg -analyzeduration 200M -i file:"/media/films/${film(time)}.mkv" -codec:v:0 libx264 -preset veryfast -vf "scale=trunc(min(max(iw\\,ih*a)\\,3840)/2)*2:-2,format=yuv420p" -f hls "/cache/transcodes/${hexOf(`${Math.floor(time / MINUTE)}`, 12)}.m3u8"`;
  return together(
    habitual(`jellyfin ${story.seed}`, [
      {
        everyMs: 10 * MINUTE,
        text: (_, time) =>
          `${stamp(time)} [INF] [18] Emby.Server.Implementations.ScheduledTasks.TaskManager: Clean Transcode Directory Completed after 0 minute(s) and 0 seconds`,
      },
      {
        everyMs: 6 * MINUTE,
        chance: (time) => (time < story.jellyfinUpdate ? atTelevision(story.clock.local(time)) : 0),
        text: (_, time) =>
          `${stamp(time)} [INF] [31] Emby.Server.Implementations.Session.SessionManager: Playback of "${film(time)}" on living-room-tv: DirectPlay`,
      },
      {
        everyMs: 90 * SECOND,
        chance: (time) => (transcoding(time) ? 0.8 : 0),
        text: (dice, time) =>
          `${stamp(time)} [INF] [44] MediaBrowser.Controller.MediaEncoding.TranscodingJob: frame=${Math.floor(dice(0) * 90000)} fps=${18 + Math.floor(dice(1) * 8)} speed=0.${7 + Math.floor(dice(2) * 3)}x`,
      },
    ]),
    occasional(
      (from, to) => [story.jellyfinUpdate].filter((time) => time >= from && time < to),
      (time) => [
        ...starting(time, taggedImage('jellyfin/jellyfin')),
        {
          time: time + 5 * SECOND,
          level: 'warn',
          line: `${stamp(time + 5 * SECOND)} [WRN] [1] MediaBrowser.MediaEncoding.Encoder.MediaEncoder: NVENC not available: driver too old for this FFmpeg (was used by ${JELLYFIN_BEFORE.split(':')[1]}). Falling back to software encoding`,
        },
      ],
    ),
    occasional(
      (from, to) => story.kills(Math.max(from, story.jellyfinUpdate), to),
      (time) => {
        const again = time + RESTART_PAUSE;
        return [
          {
            time: time - 50 * SECOND,
            level: 'warn',
            line: `${stamp(time - 50 * SECOND)} [WRN] [44] MediaBrowser.MediaEncoding.Transcoding.TranscodeManager: Memory pressure: working set ${between(962, 1004, seedOf('ws'), time)} MiB of 1024 MiB`,
          },
          {
            time: time - 200,
            level: 'info',
            line: `${stamp(time - 200)} [INF] [44] MediaBrowser.Controller.MediaEncoding.TranscodingJob: frame=${between(40000, 99999, seedOf('frame'), time)} fps=1`,
          },
          ...starting(again, taggedImage('jellyfin/jellyfin')),
          {
            time: again + 9 * SECOND,
            level: 'info',
            line: `${stamp(again + 9 * SECOND)} [INF] [27] MediaBrowser.MediaEncoding.Transcoding.TranscodeManager: ${ffmpeg(again)}`,
          },
          {
            time: again + 10 * SECOND,
            level: 'error',
            line: `${stamp(again + 10 * SECOND)} [ERR] [27] MediaBrowser.MediaEncoding.Transcoding.TranscodeManager: hevc_nvenc: Driver does not support the required nvenc API version. Required: 13.0 Found: 12.2`,
          },
        ];
      },
    ),
  );
}

/** The kernel of the machine that runs Docker on gaming-pc: who was killed, and what memory it had. */
export function dockerKernelLog(story: Story): Writer {
  return occasional(
    (from, to) => story.kills(Math.max(from, story.jellyfinUpdate), to),
    (time) => {
      const pid = between(2000, 32000, seedOf('pid'), time);
      return [
        { time: time - 3, level: 'warn', line: 'jellyfin invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0' },
        { time: time - 2, level: 'warn', line: 'memory: usage 1048576kB, limit 1048576kB, failcnt 4811' },
        {
          time,
          level: 'error',
          line: `Memory cgroup out of memory: Killed process ${pid} (ffmpeg) total-vm:3911204kB, anon-rss:688412kB, file-rss:0kB, UID:0`,
        },
        {
          time: time + 40,
          level: 'error',
          line: `Memory cgroup out of memory: Killed process ${pid - 1200} (jellyfin) total-vm:274911208kB, anon-rss:341090kB, file-rss:512kB, UID:0`,
        },
      ];
    },
  );
}
