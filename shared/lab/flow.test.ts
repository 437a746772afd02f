import { expect, test } from 'vitest';
import { clockAt, DAY, HOUR, lastRunOf, MINUTE, zoneOffset } from './clock.ts';
import { around, flow, level } from './flow.ts';

const now = Date.parse('2026-11-20T14:20:30Z');
const clock = clockAt(now);
const one = flow(
  { base: 2, rhythm: ({ hour }) => (hour >= 3 && hour < 4 ? 10 : 0), noise: 0.9, spells: [{ from: now - HOUR, to: now, perSecond: 5 }] },
  42,
  clock,
);

test('what flows only grows, and parts add up to the whole', () => {
  let before = 0;
  for (let time = now - 2 * DAY; time <= now; time += 30_000) {
    const total = one.total(now - 3 * DAY, time);
    expect(total).toBeGreaterThan(before);
    before = total;
  }
  const whole = one.total(now - 9 * DAY, now);
  expect(one.total(now - 9 * DAY, now - DAY / 3) + one.total(now - DAY / 3, now)).toBeCloseTo(whole, 3);
});

test('a day brings its base, its hour and its spell', () => {
  expect(one.total(now - DAY, now) / (2 * 86_400 + 10 * 3600 + 5 * 3600)).toBeCloseTo(1, 2);
});

test('the speed is the slope of the total', () => {
  for (let index = 1; index < 50; index += 1) {
    const time = now - 2 * HOUR - index * 7 * MINUTE;
    expect(one.total(time - 500, time + 500)).toBeCloseTo(one.perSecond(time), 2);
  }
});

test('a level stays within its swing', () => {
  const figure = level(50, 3, 7, clock);
  for (let time = now - DAY; time < now; time += 5 * MINUTE) expect(Math.abs(figure(time) - 50)).toBeLessThanOrEqual(3);
  expect(around(23.5, 0.5, 2)).toBeCloseTo(around(1.5, 0.5, 2), 9);
});

test('the clock of the house', () => {
  expect(clock.local(now)).toMatchObject({ weekday: 5 });
  expect(clock.local(now).hour).toBeCloseTo(15.342, 2);
  expect(clock.instant(clock.local(now).day, 3, 0)).toBe(Date.parse('2026-11-20T02:00:00Z'));
  expect(zoneOffset('America/New_York', now)).toBe(-5 * HOUR);
  expect(zoneOffset('Europe/London', now)).toBe(0);
  expect(lastRunOf('10 4 * * 6', now, clock)).toBe(Date.parse('2026-11-14T03:10:00Z'));
  expect(lastRunOf('0 3 * * *', Date.parse('2026-11-20T02:00:00Z'), clock)).toBe(Date.parse('2026-11-20T02:00:00Z'));
});
