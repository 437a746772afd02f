import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from './clock.ts';
import { labAt } from './lab-at.ts';
import { logLabels } from './log-line.ts';

const lab = labAt();
const { now, story } = lab;
const lines = (from: number, to: number, filter = {}) => [...lab.lines(from, to, filter)];

test('a window has the same lines whoever asks, sorted, and none outside', () => {
  const day = lines(now - 5 * HOUR, now);
  const part = lines(now - 3 * HOUR - 1234, now - 2 * HOUR);
  const key = ({ time, host, container, unit, line }: (typeof day)[number]) => `${time} ${host} ${container ?? unit} ${line}`;
  expect(part.map(key).sort()).toEqual(
    day
      .filter(({ time }) => time >= now - 3 * HOUR - 1234 && time < now - 2 * HOUR)
      .map(key)
      .sort(),
  );
  expect(day.every(({ time }, index) => index === 0 || time >= (day[index - 1]?.time ?? 0))).toBe(true);
  const newest = [...lab.lines(now - 5 * HOUR, now, {}, 'newest')];
  expect(newest).toHaveLength(day.length);
  expect(newest.every(({ time }, index) => index === 0 || time <= (newest[index - 1]?.time ?? 0))).toBe(true);
});

test('reading a few lines does not write two weeks', () => {
  const some = lab.lines(story.beginning, now, {}, 'newest');
  const first = [some.next(), some.next(), some.next()];
  expect(first.every(({ done }) => !done)).toBe(true);
});

test('Jellyfin says why it dies, at the instants at which it dies', () => {
  const kills = story.kills(now - 6 * HOUR, now);
  const kernel = lines(now - 6 * HOUR, now, { unit: 'kernel' }).filter(({ line }) => line.includes('(jellyfin)'));
  expect(kernel.map(({ time }) => time - 40)).toEqual(kills);
  const own = lines(now - 6 * HOUR, now, { service: 'jellyfin' });
  expect(own.filter(({ line }) => line.includes('Startup complete'))).toHaveLength(7);
  expect(own.filter(({ line }) => line.includes('nvenc')).length).toBe(7);
  expect(
    lines(story.jellyfinUpdate - 2 * DAY, story.jellyfinUpdate, { service: 'jellyfin' }).filter(({ level }) => level === 'error'),
  ).toEqual([]);
});

test('nebula-sync is refused since three hours, and no earlier', () => {
  const refused = lines(now - DAY, now, { service: 'nebula-sync' }).filter(
    ({ line }) => line.includes('api_seats_exceeded') && line.includes('429'),
  );
  expect(refused).toHaveLength(4);
  expect(now - (refused[0]?.time ?? 0)).toBeLessThan(3.1 * HOUR);
});

test('37 thumbnails failed for want of space, and then the queue was paused', () => {
  const own = lines(now - 2 * HOUR, now, { service: 'immich-server' });
  expect(own.filter(({ line }) => line.includes('ENOSPC: no space left on device'))).toHaveLength(37);
  expect(own.filter(({ line }) => line.includes('paused')).map(({ time }) => now - time)).toEqual([50 * MINUTE]);
});

test('the backup of Vaultwarden fails each night since its last success', () => {
  const failed = lines(now - 6 * DAY, now, { service: 'restic-backup' }).filter(({ line }) => line.includes('database is locked'));
  expect(failed).toHaveLength(4);
  const saved = lines(now - 6 * DAY, now, { service: 'restic-backup' }).filter(({ line }) => line.includes('job vaultwarden: snapshot'));
  expect(saved.at(-1)?.time).toBe(story.vaultwardenBackup);
});

test('the two weeks stay small, and quiet services write no errors', () => {
  const day = lines(now - 8 * DAY, now - 7 * DAY);
  expect(day.length).toBeGreaterThan(3000);
  expect(day.length).toBeLessThan(30_000);
  expect(day.filter(({ level }) => level === 'error')).toEqual([]);
});

test('every container whose logs the inventory names writes, or is one that has nothing to say', () => {
  const silent = lab.inventory.services
    .filter(({ value }) => value.observability.logs)
    .flatMap(({ value }) => value.runtime.services.map((container) => `${value.owner_node}/${container}`))
    .filter((name) => !lab.sources().some((source) => `${source.host}/${source.container}` === name));
  expect(silent).toEqual(['nas/sysctl-init']);
  expect(logLabels({ host: 'nas', container: 'loki', service: 'loki' })).toEqual({ host: 'nas', container: 'loki' });
});
