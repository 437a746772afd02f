import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from './clock.ts';
import { labAt, MOMENTS } from './lab-at.ts';
import { SCRAPE_MS } from './series.ts';

const lab = labAt();
const { now } = lab;

test('a figure does not depend on the span that asks', () => {
  for (const series of lab.series().filter((_, index) => index % 7 === 0)) {
    const long = lab.range(series.name, series.labels, now - DAY, now, HOUR);
    const short = lab.range(series.name, series.labels, now - 3 * HOUR, now, 30 * MINUTE);
    for (const sample of long) {
      expect(series.at(sample.time)).toBe(sample.value);
      const same = short.find(({ time }) => time === sample.time);
      if (same) expect(same.value).toBe(sample.value);
    }
  }
});

test.each(MOMENTS)('counters grow, but where their container began anew (%s)', (moment) => {
  const there = labAt(moment);
  for (const { name, labels, type, at } of there.series()) {
    if (type !== 'counter') continue;
    const resets: number[] = [];
    for (let time = there.now - 28 * HOUR; time <= there.now; time += 4 * MINUTE)
      if ((at(time) as number) < (at(time - 4 * MINUTE) as number)) resets.push(time);
    if (!['jellyfin', 'homepage'].includes(labels.name ?? '')) expect([name, labels, resets]).toEqual([name, labels, []]);
    expect(Number.isFinite(at(there.now))).toBe(true);
  }
});

test('restarts of Jellyfin show in its processor time', () => {
  const at = (time: number): number => lab.sample('container_cpu_usage_seconds_total', { name: 'jellyfin' }, time) as number;
  for (const kill of lab.story.kills(now - 6 * HOUR, now)) expect(at(kill + 10_000)).toBeLessThan(at(kill - 10_000));
});

test('all time of a core is in one of its modes', () => {
  for (const host of ['rpi', 'gaming-pc', 'nas']) {
    const busy = lab.series('node_cpu_seconds_total', { host, cpu: '0' });
    const spent = busy.reduce((sum, { at }) => sum + (at(now) as number) - (at(now - HOUR) as number), 0);
    expect(spent).toBeCloseTo(3600, 3);
  }
});

test('the day has its rhythm', () => {
  const rate = (name: string, labels: Record<string, string>, time: number): number => {
    const found = lab.series(name, labels);
    return found.reduce((sum, { at }) => sum + (at(time) as number) - (at(time - 20 * MINUTE) as number), 0) / 1200;
  };
  const { day } = lab.story.clock.local(now);
  const at = (daysAgo: number, hour: number): number => lab.story.clock.instant(day - daysAgo, hour, 0);
  for (const daysAgo of [2, 6, 11]) {
    const written = (hour: number) =>
      rate('node_disk_written_bytes_total', { host: 'nas', device: 'nvme0n1' }, at(daysAgo, hour) + 25 * MINUTE);
    expect(written(3)).toBeGreaterThan(8 * written(13));
    const received = (hour: number) => rate('node_network_receive_bytes_total', { host: 'nas' }, at(daysAgo, hour) + 25 * MINUTE);
    expect(received(3)).toBeGreaterThan(8 * received(13));
  }
  for (const daysAgo of [3, 6, 11]) {
    const user = (hour: number) => rate('node_cpu_seconds_total', { host: 'gaming-pc', mode: 'user' }, at(daysAgo, hour));
    expect(user(21)).toBeGreaterThan(2.5 * user(5));
  }
});

test('nothing is beyond the threshold of an alert that does not fire', () => {
  for (const { host, mount, bytes, used } of lab.machines.flatMap(({ name }) => lab.volumes(name)))
    if (host !== 'nas' || mount !== '/share/CACHEDEV1_DATA') expect(used(now) / bytes).toBeLessThan(0.8);
  for (let time = now - 3 * DAY; time <= now; time += 30 * MINUTE) {
    for (const { name } of lab.machines.filter(({ asleep }) => !asleep)) {
      const idle = lab.series('node_cpu_seconds_total', { host: name, mode: 'idle' });
      const share = idle.reduce((sum, { at }) => sum + (at(time) as number) - (at(time - 15 * MINUTE) as number), 0) / (900 * idle.length);
      expect([name, share > 0.15]).toEqual([name, true]);
    }
    for (const { at } of lab.series('node_hwmon_temp_celsius')) expect(at(time)).toBeLessThan(80);
    for (const { labels, at } of lab.series('container_memory_working_set_bytes')) {
      const limit = lab.sample(
        'container_spec_memory_limit_bytes',
        { host: labels.host as string, name: labels.name as string },
        time,
      ) as number;
      if (labels.name !== 'jellyfin') expect([labels.name, (at(time) as number) / limit < 0.9]).toEqual([labels.name, true]);
    }
  }
  for (const { at } of lab.series('up')) expect(at(now)).toBe(1);
  for (const { at } of lab.series('monitor_cert_days_remaining')) expect(at(now)).toBeGreaterThan(21);
});

test('the counters of DNS tell of as many questions as there are', () => {
  const asked = [...lab.dns.queries(now - DAY, now)];
  for (const role of ['primary', 'backup'] as const) {
    const series = lab.series('pihole_queries_total', { pihole: `pihole-${role}` })[0];
    const counted = (series?.at(now) as number) - (series?.at(now - DAY) as number);
    const there = asked.filter((query) => query.role === role).length;
    expect([role, Math.abs(counted / there - 1) < 0.15, counted, there]).toEqual([role, true, counted, there]);
  }
});

test('there is nothing before the first day, and unknown or many series are told', () => {
  expect(lab.series('up')[0]?.at(lab.story.beginning - SCRAPE_MS)).toBeUndefined();
  expect(lab.range('up', { job: 'prometheus' }, now - 15 * DAY, now, HOUR)).toHaveLength(14 * 24 + 1);
  expect(() => lab.sample('up', {}, now)).toThrow('series of the lab have that name');
  expect(() => lab.sample('nothing', {}, now)).toThrow('0 series');
});

test('two series never have the same name and labels', () => {
  const keys = lab.series().map(({ name, labels }) => `${name} ${JSON.stringify(Object.entries(labels).sort())}`);
  expect(new Set(keys).size).toBe(keys.length);
});
