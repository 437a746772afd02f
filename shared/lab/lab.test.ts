import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from './clock.ts';
import type { Lab } from './lab.ts';
import { labAt, MOMENTS } from './lab-at.ts';

function fingerprint(lab: Lab): string {
  const everything = [
    lab.series().map(({ name, labels, at }) => [name, labels, at(lab.now), at(lab.now - 31 * HOUR)]),
    [...lab.lines(lab.now - 2 * HOUR, lab.now)],
    [...lab.dns.queries(lab.now - HOUR, lab.now)],
    lab.machines.map(({ name }) => [lab.containers(name), lab.events(name, lab.now - DAY, lab.now), lab.images(name)]),
    [
      lab.dns.seats('primary'),
      lab.dns.lists('backup'),
      lab.library.photos,
      lab.library.albums,
      lab.library.queues(),
      lab.library.failedJobs(),
    ],
    [lab.alerts(), lab.silences(), lab.backups(), lab.commits, lab.annotations, lab.incidents, lab.dataVolumeUse()],
  ];
  return createHash('sha256').update(JSON.stringify(everything)).digest('hex');
}

test('the same instant and seed give the same lab, another seed another', () => {
  expect(fingerprint(labAt())).toBe(fingerprint(labAt()));
  expect(fingerprint(labAt(MOMENTS[0], 2))).not.toBe(fingerprint(labAt()));
});

test.each(MOMENTS)('the story holds at %s', (moment) => {
  const lab = labAt(moment);
  const { now, story } = lab;
  const volume = { host: 'nas', mountpoint: '/share/CACHEDEV1_DATA' };
  const free = (time: number): number => lab.sample('node_filesystem_avail_bytes', volume, time) as number;
  const size = lab.sample('node_filesystem_size_bytes', volume, now) as number;
  expect(size).toBe(218e9);
  expect(1 - free(now) / size).toBeCloseTo(0.91, 3);
  for (const day of [0, 1, 2, 3, 4]) expect((free(now - (day + 1) * DAY) - free(now - day * DAY)) / 1e9).toBeCloseTo(9, 1);
  for (const day of [5, 8, 12]) expect((free(now - (day + 1) * DAY) - free(now - day * DAY)) / 1e9).toBeCloseTo(1, 1);
  const perDay = (free(now - 6 * HOUR) - free(now)) * 4;
  expect(free(now) / perDay).toBeGreaterThan(1.8);
  expect(free(now) / perDay).toBeLessThan(2.6);

  const jellyfin = { host: 'gaming-pc', name: 'jellyfin' };
  const restarts = (time: number): number => lab.sample('container_restarts_total', jellyfin, time) as number;
  expect(restarts(now) - restarts(now - 6 * HOUR)).toBe(7);
  expect(restarts(story.jellyfinUpdate - MINUTE)).toBe(0);
  expect(lab.sample('container_spec_memory_limit_bytes', jellyfin, now)).toBe(2 ** 30);
  const kills = story.kills(now - 6 * HOUR, now);
  for (const [index, at] of kills.entries()) {
    if (index > 0) expect(Math.abs(at - (kills[index - 1] as number) - 40 * MINUTE)).toBeLessThan(4 * MINUTE);
    expect(lab.sample('container_memory_working_set_bytes', jellyfin, at - 1000)).toBeGreaterThan(0.97 * 2 ** 30);
  }

  expect(lab.dns.seats('primary')).toHaveLength(16);
  expect(lab.dns.seats('primary').filter(({ holder }) => holder === 'homepage')).toHaveLength(15);
  for (const seat of lab.dns.seats('primary')) expect(seat.validUntil).toBeGreaterThan(now);
  const apart = lab.dns.gravity('primary').updated - lab.dns.gravity('backup').updated;
  expect(apart / HOUR).toBeGreaterThan(23);
  expect(apart / HOUR).toBeLessThan(25);
  expect(lab.dns.gravity('primary').domains - lab.dns.gravity('backup').domains).toBe(1874);
  const failed = story.syncs(now - 6 * HOUR, now).filter(({ ok }) => !ok);
  expect(Math.abs(now - (failed[0]?.at ?? 0) - 3 * HOUR)).toBeLessThan(5 * MINUTE);

  expect(lab.library.queues().find(({ name }) => name === 'thumbnailGeneration')).toMatchObject({
    paused: true,
    waiting: 1284,
    failed: 37,
    active: 0,
  });
  expect(lab.library.queues().filter(({ paused }) => paused)).toHaveLength(1);
  expect(lab.library.failedJobs()).toHaveLength(37);
  expect(lab.library.failedJobs().every(({ reason }) => reason.includes('no space left'))).toBe(true);
  expect(now - story.thumbnailsPaused).toBe(50 * MINUTE);

  const late = lab.backups().filter((backup) => backup.late);
  expect(late.map(({ job }) => job)).toEqual(['vaultwarden']);
  const age = (now - (late[0]?.lastSuccess ?? 0)) / DAY;
  expect(age).toBeGreaterThanOrEqual(4);
  expect(age).toBeLessThan(5.01);

  expect(
    lab
      .alerts()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['BackupLate', 'ContainerOOM', 'ContainerRestarting', 'DiskWillFill', 'ImmichQueueStuck', 'PiholeSyncFailing']);
  expect(
    lab
      .alerts()
      .filter(({ silencedBy }) => silencedBy.length > 0)
      .map(({ name }) => name),
  ).toEqual(['BackupLate']);
  expect(lab.silences()).toHaveLength(1);
  expect(now - (lab.silences()[0]?.createdAt ?? 0)).toBeGreaterThan(7 * DAY);
});

test('each incident raises its alerts, and no alert is without an incident', () => {
  const lab = labAt();
  expect([...new Set(lab.alerts().map(({ name }) => name))].sort()).toEqual(lab.incidents.flatMap(({ alerts }) => alerts).sort());
});

test('two days on the volume is full, and Jellyfin goes on dying', () => {
  const lab = labAt();
  const later = lab.now + 3 * DAY;
  expect(lab.sample('node_filesystem_avail_bytes', { host: 'nas', mountpoint: '/share/CACHEDEV1_DATA' }, later)).toBe(0);
  expect(lab.alerts(later).map(({ name }) => name)).toContain('DiskFull');
  expect(lab.containers('gaming-pc', later).find(({ name }) => name === 'jellyfin')?.restarts).toBeGreaterThan(80);
});

test('every host, service, container, mount and page that the lab names exists', () => {
  const lab = labAt();
  const hosts = lab.inventory.hosts.map(({ value }) => value.name);
  const services = lab.inventory.services.map(({ value }) => value);
  const names = services.map(({ name }) => name);
  for (const { labels } of lab.series()) if (labels.host) expect(hosts).toContain(labels.host);
  for (const incident of lab.incidents) {
    for (const host of incident.hosts) expect(hosts).toContain(host);
    for (const service of incident.services) expect(names).toContain(service);
    for (const alert of incident.alerts) expect(services.flatMap(({ observability }) => observability.alerts)).toContain(alert);
  }
  for (const source of lab.sources()) {
    expect(hosts).toContain(source.host);
    if (source.service) expect(services.find(({ name }) => name === source.service)?.runtime.services).toContain(source.container);
  }
  for (const host of hosts) {
    for (const container of lab.containers(host)) {
      const service = services.find(({ name }) => name === container.service);
      expect(service?.owner_node).toBe(host);
      expect(service?.runtime.services).toContain(container.name);
      expect(service?.runtime.images.some((image) => container.image.startsWith(`${image}:`))).toBe(true);
      expect(container.image).not.toMatch(/:latest$/);
      for (const { source } of container.mounts) {
        expect([...(service?.persistence.map((one) => one.source) ?? []), ...(service?.privileges?.mounts ?? [])]).toContain(source);
      }
    }
    for (const volume of lab.volumes(host)) {
      expect(lab.machines.find(({ name }) => name === host)?.host.resources?.disks.map(({ mount }) => mount)).toContain(volume.mount);
    }
  }
  const pages = services.flatMap(({ runbooks }) => runbooks);
  for (const { runbook } of lab.alerts()) expect(pages).toContain(runbook);
});

test('what the inventory calls the metrics of a service has a series', () => {
  const lab = labAt();
  const missing = lab.inventory.services.flatMap(({ value: { observability } }) => {
    const [, name = '', selector = ''] = observability.metrics?.match(/^(\w+)(?:\{(.*)\})?$/) ?? [];
    const labels = Object.fromEntries([...selector.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label, value]));
    return name && lab.series(name, labels).length === 0 ? [observability.metrics] : [];
  });
  expect(missing).toEqual([]);
});
