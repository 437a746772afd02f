import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from './clock.ts';
import { DIFFERING_NAME, LISTS, NAMES, NEW_LIST, RULES } from './dns-catalogue.ts';
import { CLIENTS, GROUPS } from './dns-clients.ts';
import { labAt, MOMENTS } from './lab-at.ts';

const lab = labAt();
const { now, dns } = lab;

test('one name is blocked on the primary and not on the backup, and it is the only kind of difference', () => {
  expect(dns.verdict('primary', DIFFERING_NAME, 'living-room-tv')).toMatchObject({ status: 'GRAVITY', listId: 6 });
  expect(dns.verdict('backup', DIFFERING_NAME, 'living-room-tv')).toEqual({ status: 'FORWARDED' });
  const differing = NAMES.filter(({ name }) =>
    CLIENTS.some((client) => dns.verdict('primary', name, client.name).status !== dns.verdict('backup', name, client.name).status),
  );
  expect(differing.map(({ name }) => name)).toEqual([DIFFERING_NAME]);
  expect(dns.lists('primary').map(({ address }) => address)).toContain(NEW_LIST);
  expect(dns.lists('backup').map(({ address }) => address)).not.toContain(NEW_LIST);
});

test('the television was let through until the list came', () => {
  const before = [...dns.queries(lab.story.listAdded - DAY, lab.story.listAdded, { client: 'living-room-tv' })].filter(
    ({ domain }) => domain === DIFFERING_NAME,
  );
  const after = [...dns.queries(lab.story.listAdded, now, { client: 'living-room-tv' })].filter(({ domain }) => domain === DIFFERING_NAME);
  expect(before.length).toBeGreaterThan(10);
  expect(before.some(({ status }) => status === 'GRAVITY')).toBe(false);
  expect(after.every(({ status, listId }) => status === 'GRAVITY' && listId === 6)).toBe(true);
});

test('groups, rules and aliases decide as Pi-hole decides', () => {
  expect(dns.verdict('primary', 'clicks.shop.example', 'anna-phone')).toEqual({ status: 'FORWARDED', ruleId: 1 });
  expect(dns.verdict('primary', 'video.social.example', 'kids-tablet')).toEqual({ status: 'DENYLIST', ruleId: 2 });
  expect(dns.verdict('primary', 'video.social.example', 'anna-phone')).toEqual({ status: 'FORWARDED' });
  expect(dns.verdict('primary', 'lucky.casino.example', 'anna-phone')).toEqual({ status: 'REGEX', ruleId: 3 });
  expect(dns.verdict('primary', 'stats.news.example', 'anna-phone')).toEqual({
    status: 'GRAVITY_CNAME',
    listId: 3,
    cname: 'pixel.tracker.example',
  });
  expect(dns.verdict('primary', 'ads.banner.example', 'work-laptop')).toEqual({ status: 'FORWARDED' });
  expect(dns.verdict('primary', 'never.seen.example', 'anna-phone')).toEqual({ status: 'FORWARDED' });
});

test('questions are the same in every window, in order, and none comes from the sleeping laptop', () => {
  const six = [...dns.queries(now - 6 * HOUR, now)];
  const one = [...dns.queries(now - 3 * HOUR - 77, now - 2 * HOUR)];
  expect(one).toEqual(six.filter(({ time }) => time >= now - 3 * HOUR - 77 && time < now - 2 * HOUR));
  expect(six.every(({ time }, index) => index === 0 || time >= (six[index - 1]?.time ?? 0))).toBe(true);
  expect(six.some(({ client }) => client.name === 'macbook')).toBe(false);
  expect([...dns.queries(now - 3 * DAY, now - 2 * DAY, { client: 'macbook' })].length).toBeGreaterThan(100);
});

test('television is watched in the evening', () => {
  const { day } = lab.story.clock.local(now);
  const hour = (of: number) =>
    [...dns.queries(lab.story.clock.instant(day - 2, of, 0), lab.story.clock.instant(day - 2, of + 1, 0), { client: 'living-room-tv' })]
      .length;
  expect(hour(21)).toBeGreaterThan(4 * hour(10));
});

test('seats are few before the widget, and all taken within a quarter of an hour after it', () => {
  expect(dns.seats('primary', lab.story.widgetChange - HOUR)).toHaveLength(2);
  expect(dns.seats('primary', lab.story.seatsFull - MINUTE).length).toBe(15);
  for (let at = lab.story.seatsFull; at < now + HOUR; at += 7 * MINUTE) expect(dns.seats('primary', at)).toHaveLength(16);
  expect(dns.seats('backup')).toHaveLength(1);
});

test.each(MOMENTS)('the list came on yesterday’s date, after the last full sync (%s)', (moment) => {
  const there = labAt(moment);
  const { clock, listAdded } = there.story;
  expect(clock.local(there.now).day - clock.local(listAdded).day).toBe(1);
  expect(listAdded).toBeGreaterThan(there.dns.gravity('backup').updated);
});

test('clients of the lab have the addresses of the inventory, groups and lists exist', () => {
  const reservations = lab.inventory.network?.value.dhcp?.reservations ?? [];
  for (const { name, address, mac } of reservations) expect(CLIENTS.find((client) => client.name === name)).toMatchObject({ address, mac });
  const groups = GROUPS.map(({ name }) => name as string);
  for (const entry of [...CLIENTS, ...LISTS, ...RULES]) for (const group of entry.groups) expect(groups).toContain(group);
  for (const list of NAMES.flatMap(({ lists }) => lists ?? [])) expect(LISTS.map(({ address }) => address)).toContain(list);
});
