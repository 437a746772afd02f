import { expect, test } from 'vitest';
import { DAY, HOUR, SECOND } from './clock.ts';
import { labAt } from './lab-at.ts';

const lab = labAt();
const { now, story } = lab;
const find = (host: string, name: string, at = now) => lab.containers(host, at).find((one) => one.name === name);

test('Jellyfin: new image, 20 deaths, the last one for memory', () => {
  expect(find('gaming-pc', 'jellyfin')).toMatchObject({
    state: 'running',
    restarts: 20,
    memoryLimit: 2 ** 30,
    lastExit: { code: 137, oomKilled: true },
    created: story.jellyfinUpdate,
  });
  const before = find('gaming-pc', 'jellyfin', story.jellyfinUpdate - HOUR);
  expect(before).toMatchObject({ image: 'jellyfin/jellyfin:10.10.7', restarts: 0 });
  expect(before?.id).not.toBe(find('gaming-pc', 'jellyfin')?.id);
  const death = story.kills(now - HOUR, now).at(-1) as number;
  expect(find('gaming-pc', 'jellyfin', death + SECOND)?.state).toBe('restarting');
});

test('everything else runs, and only nebula-sync is unhealthy', () => {
  const all = lab.machines.flatMap(({ name }) => lab.containers(name));
  expect(all.length).toBeGreaterThan(35);
  expect(all.filter(({ health }) => health === 'unhealthy').map(({ name }) => name)).toEqual(['nebula-sync']);
  expect(all.filter(({ restarts }) => restarts > 0).map(({ name }) => name)).toEqual(['jellyfin']);
  expect(all.filter(({ state }) => state !== 'running')).toEqual([]);
  for (const { startedAt, host } of all) expect(startedAt).toBeGreaterThan(lab.machines.find(({ name }) => name === host)?.booted ?? 0);
  expect(lab.containers('macbook')).toEqual([]);
});

test('ports are those of the inventory, and no two containers of a machine share one', () => {
  expect(find('gaming-pc', 'open-webui')?.ports).toEqual([{ host: 3000, container: 8080, protocol: 'tcp' }]);
  expect(find('rpi', 'pihole')).toMatchObject({ ports: [], networkMode: 'host' });
  for (const { name } of lab.machines) {
    const ports = lab.containers(name).flatMap((one) => one.ports.map(({ host, protocol }) => `${host}/${protocol}`));
    expect(new Set(ports).size).toBe(ports.length);
  }
});

test('events tell of the deaths and of what was deployed', () => {
  const events = lab.events('gaming-pc', now - 6 * HOUR, now);
  expect(events.filter(({ action }) => action === 'oom')).toHaveLength(7);
  expect(events.filter(({ action, exitCode }) => action === 'die' && exitCode === 137)).toHaveLength(7);
  const two = lab.machines.flatMap(({ name }) => lab.events(name, now - 14 * DAY, now));
  expect(
    two
      .filter(({ action }) => action === 'create')
      .map(({ container }) => container)
      .sort(),
  ).toEqual(['homepage', 'jellyfin', 'loki']);
  expect(two.filter(({ action }) => action === 'health_status: unhealthy').map(({ container }) => container)).toEqual(['nebula-sync']);
});

test('images: every container has its own, and the old Jellyfin is still there', () => {
  const images = lab.images('gaming-pc');
  expect(images.filter(({ inUse }) => !inUse).map(({ name, tag }) => `${name}:${tag}`)).toEqual(['jellyfin/jellyfin:10.10.7']);
  expect(images.find(({ name }) => name === 'lab/mcp-dns')?.digest).toBeUndefined();
  expect(new Set(images.map(({ id }) => id)).size).toBe(images.length);
});

test('the change of Loki stands in a commit, and each deployment in Grafana', () => {
  const loki = lab.commits.find(({ files }) => files.some(({ path }) => path === 'compose/nas/loki/loki.yaml'));
  expect(loki?.files[0]).toMatchObject({ removed: '  retention_period: 168h', added: '  retention_period: 2160h' });
  expect((now - (loki?.at ?? 0)) / DAY).toBeCloseTo(5, 1);
  expect(lab.annotations.map(({ service }) => service)).toEqual(['loki', 'jellyfin', 'homepage']);
  expect(lab.dataVolumeUse().reduce((sum, { bytes }) => sum + bytes, 0) / 218e9).toBeCloseTo(0.91, 3);
});
