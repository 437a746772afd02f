import { HOUR, MINUTE, SECOND } from './clock.ts';
import type { Story } from './incidents.ts';
import type { Writer } from './log-line.ts';
import { habitual, iso, logfmt, plain } from './log-writers.ts';
import { atDay } from './machines.ts';
import { hexOf } from './random.ts';

const PAGES = ['photos.home.arpa', 'media.home.arpa', 'start.home.arpa', 'vault.home.arpa', 'grafana.home.arpa', 'chat.home.arpa'] as const;
const PATHS = ['/', '/api/server/ping', '/api/assets', '/api/widgets', '/identity/connect/token', '/api/live/ws'] as const;

const of = <Item>(items: readonly Item[], dice: number): Item => items[Math.floor(dice * items.length)] as Item;

type Makers = Record<string, (story: Story, key: string) => Writer>;

const GO: (part: string, messages: readonly string[], everyMs: number) => (story: Story, key: string) => Writer =
  (part, messages, everyMs) => (_, key) =>
    habitual(key, [{ everyMs, text: (dice, time) => logfmt(time, 'info', of(messages, dice(0)), `caller=${part}`) }]);

/** What services write that nothing has happened to, by container name. */
export const USUAL_LOGS: Makers = {
  caddy: (story, key) =>
    habitual(key, [
      {
        everyMs: 8 * SECOND,
        chance: (time) => 0.15 + 0.85 * atDay(story.clock.local(time)),
        text: (dice, time) =>
          JSON.stringify({
            level: 'info',
            ts: time / 1000,
            logger: 'http.log.access',
            msg: 'handled request',
            request: {
              remote_ip: `192.0.2.${71 + Math.floor(dice(0) * 4)}`,
              proto: 'HTTP/2.0',
              method: dice(1) < 0.85 ? 'GET' : 'POST',
              host: of(PAGES, dice(2)),
              uri: of(PATHS, dice(3)),
            },
            duration: Number((0.002 + dice(4) * 0.08).toFixed(4)),
            size: Math.floor(dice(5) * 40000),
            status: dice(6) < 0.97 ? 200 : 304,
          }),
      },
    ]),
  pihole: (story, key) =>
    habitual(key, [
      {
        everyMs: HOUR,
        text: (dice, time) =>
          `[${plain(time)}.${Math.floor(dice(0) * 900 + 100)} 52M] INFO: Database size is ${(41 + (time - story.beginning) / (4 * 24 * HOUR)).toFixed(1)} MB`,
      },
      { everyMs: 20 * MINUTE, text: (_, time) => `[${plain(time)}.004 52/T84] INFO: Compiled ${time % 2 === 0 ? 3 : 4} regex filters` },
    ]),
  prometheus: GO(
    'head.go component=tsdb',
    ['Head GC completed', 'Creating checkpoint', 'WAL checkpoint complete', 'write block'],
    30 * MINUTE,
  ),
  alertmanager: GO('dispatch.go component=dispatcher', ['flushing'], 25 * MINUTE),
  grafana: GO('logger=cleanup', ['Completed cleanup jobs', 'Update check succeeded'], 10 * MINUTE),
  alloy: GO('component_id=loki.write.default', ['tail routine: started', 'opened log stream', 'flushed positions'], 12 * MINUTE),
  cloudflared: (_, key) =>
    habitual(key, [
      {
        everyMs: HOUR,
        text: (dice, time) => `${iso(time)} INF Registered tunnel connection connIndex=${Math.floor(dice(0) * 4)} protocol=quic`,
      },
    ]),
  vaultwarden: (story, key) =>
    habitual(key, [
      {
        everyMs: 20 * MINUTE,
        chance: (time) => atDay(story.clock.local(time)),
        text: (dice, time) => `[${plain(time)}.${Math.floor(100 + 900 * dice(0))}][response][INFO] (sync) GET /api/sync => 200 OK`,
      },
    ]),
  'uptime-kuma': (_, key) =>
    habitual(key, [{ everyMs: 15 * MINUTE, text: (_dice, time) => `${iso(time)} [MONITOR] INFO: all monitors up` }]),
  wireguard: (_, key) =>
    habitual(key, [
      { everyMs: 2 * HOUR, text: (dice) => `peer anna-phone: latest handshake ${10 + Math.floor(dice(0) * 100)} seconds ago` },
    ]),
  keepalived: (_, key) =>
    habitual(key, [{ everyMs: 6 * HOUR, text: (_dice, time) => `${new Date(time).toUTCString()}: Script chk_dns succeeded` }]),
  'immich-machine-learning': (_, key) =>
    habitual(key, [
      {
        everyMs: 20 * MINUTE,
        text: (dice, time) => `[${plain(time)}] INFO     Loading ${of(['visual', 'recognition', 'detection'], dice(0))} model to memory`,
      },
    ]),
  'immich-postgres': (_, key) =>
    habitual(key, [
      {
        everyMs: 5 * MINUTE,
        text: (dice, time) => `${plain(time)} UTC [27] LOG:  checkpoint complete: wrote ${Math.floor(dice(0) * 900)} buffers`,
      },
    ]),
  'immich-redis': (_, key) =>
    habitual(key, [{ everyMs: HOUR, text: (_dice, time) => `1:M ${plain(time)} * 100 changes in 300 seconds. Saving...` }]),
  'open-webui': (story, key) =>
    habitual(key, [
      {
        everyMs: 6 * MINUTE,
        chance: (time) => atDay(story.clock.local(time)),
        text: (_dice, time) => `${plain(time)} | INFO | uvicorn.access - 192.0.2.10 - "GET /api/models HTTP/1.1" 200`,
      },
    ]),
  glances: (_, key) => habitual(key, [{ everyMs: 2 * HOUR, text: () => 'Glances Web User Interface started on http://0.0.0.0:61208/' }]),
  'glances-exporter': (_, key) =>
    habitual(key, [{ everyMs: HOUR, text: (_dice, time) => JSON.stringify({ level: 'info', time, event: 'scraped' }) }]),
  'node-exporter': (_, key) =>
    habitual(key, [
      { everyMs: 12 * HOUR, text: (_dice, time) => logfmt(time, 'info', 'Listening on', 'caller=tls_config.go address=[::]:9100') },
    ]),
};

/** One of the five servers of the suite. */
export function suiteLog(story: Story, key: string): Writer {
  return habitual(key, [
    {
      everyMs: 9 * MINUTE,
      chance: (time) => atDay(story.clock.local(time)),
      text: (dice, time) =>
        JSON.stringify({ level: 'info', time: iso(time), event: 'call', outcome: 'ok', ms: Math.floor(4 + dice(0) * 60) }),
    },
  ]);
}

/** The Pi's own journal: logins with a key, and the usual strangers at no door at all. */
export function sshdLog(key: string): Writer {
  return habitual(key, [
    {
      everyMs: 45 * MINUTE,
      text: (dice) =>
        `Accepted publickey for pi from 192.0.2.20 port ${40000 + Math.floor(dice(0) * 20000)} ssh2: ED25519 SHA256:${hexOf(key, 43)}`,
    },
    { everyMs: 45 * MINUTE, text: () => 'pam_unix(sshd:session): session opened for user pi(uid=1000) by pi(uid=0)' },
    {
      everyMs: 9 * HOUR,
      level: 'warn',
      text: (dice) =>
        `Failed password for invalid user admin from 192.0.2.${200 + Math.floor(dice(0) * 20)} port ${30000 + Math.floor(dice(1) * 9000)} ssh2`,
    },
  ]);
}
