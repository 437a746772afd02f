import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { logger, silent } from '../log/logger.ts';
import { smallDisk } from '../testing/safety/small-disk.ts';
import { type EventQuery, readEvents } from './event-reader.ts';
import { eventDays, openEvents } from './events.ts';

const HOUR = 3_600_000;
let folder: string;
let time: number;
const open = (more: Partial<Parameters<typeof openEvents>[0]> = {}) =>
  openEvents({ folder, server: 'mcp-docker', log: silent, now: () => time, ...more });
const fileOf = (day: string, node: string): string => join(folder, 'events', day, node, 'events.jsonl');
const details = async (query: EventQuery = {}) => (await readEvents(folder, query)).events.map(({ detail }) => detail);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'));
  time = Date.parse('2026-11-18T22:00:00Z');
});

/** One event an hour over three days, in turn on two nodes. */
function emitHourly(count: number): void {
  const events = open();
  for (let index = 0; index < count; index++) {
    time += HOUR;
    events.emit({
      type: index % 3 === 0 ? 'service_unhealthy' : 'deployment_completed',
      node: index % 2 === 0 ? 'nas' : 'rpi',
      service: index % 2 === 0 ? 'immich' : 'pihole',
      detail: `e${index}`,
    });
  }
}

test('an event is one line in the folder of its day and node, for this user only', () => {
  open().emit({ type: 'upstream_lost', node: 'rpi', detail: 'line one\nline two \u202epassword=hunter22hunter22' });
  const text = readFileSync(fileOf('2026-11-18', 'rpi'), 'utf8');
  expect(JSON.parse(text)).toEqual({
    ...{ time: '2026-11-18T22:00:00.000Z', type: 'upstream_lost', node: 'rpi', server: 'mcp-docker' },
    detail: 'line one line two password=[redacted]',
  });
  expect(text.match(/\n/g)?.length).toBe(1);
  expect(statSync(fileOf('2026-11-18', 'rpi')).mode & 0o777).toBe(0o600);
});

test('the newest come first, over days and nodes, by type, node, service and time', async () => {
  emitHourly(30);
  const reading = await readEvents(folder);
  expect(reading.events.map(({ detail }) => detail)).toEqual(Array.from({ length: 30 }, (_, index) => `e${29 - index}`));
  expect(reading).toMatchObject({
    cut: undefined,
    unread: [],
    lines: 30,
    unreadable: 0,
    days: { first: '2026-11-18', last: '2026-11-20' },
  });
  expect(await details({ types: ['service_unhealthy'], since: time - 6 * HOUR })).toEqual(['e27', 'e24']);
  expect(await details({ node: 'rpi', since: time - 4 * HOUR })).toEqual(['e29', 'e27', 'e25']);
  expect(await details({ service: 'immich', until: time - 27 * HOUR })).toEqual(['e2', 'e0']);
  expect(await details({ node: '../nas' })).toEqual([]);
});

test('what is cut is told: by the limit, or by how much may be read', async () => {
  emitHourly(30);
  expect(await readEvents(folder, { limit: 3 })).toMatchObject({
    cut: 'limit',
    events: [{ detail: 'e29' }, { detail: 'e28' }, { detail: 'e27' }],
  });
  expect(await readEvents(folder, { limit: 30 })).toMatchObject({ cut: undefined });
  expect(await readEvents(folder, { mostLines: 10 })).toMatchObject({ cut: 'size', lines: 10, unread: ['2026-11-19', '2026-11-18'] });
  const few = await readEvents(folder, { mostBytes: 500 });
  expect(few.cut).toBe('size');
  expect(few.events.length).toBeGreaterThan(0);
});

test('what others wrote is read where it is an event, and counted where it is none', async () => {
  open().emit({ type: 'node_online', node: 'nas', detail: 'ours' });
  const line = { time: '2026-11-18T23:00:00+00:00', type: 'node_offline', node: 'nas', detail: 'theirs \u001b[2J', severity: 9 };
  appendFileSync(fileOf('2026-11-18', 'nas'), `${JSON.stringify(line)}\nnot json\n{"type":"rebooted"}\n\n{"time":"2026-`);
  const { events, unreadable } = await readEvents(folder);
  expect(events.map(({ detail }) => detail)).toEqual(['theirs ', 'ours']);
  expect(events[0]).not.toHaveProperty('severity');
  expect(unreadable).toBe(3);
});

test('a line longer than a chunk of reading, and one that spans its border, are read whole', async () => {
  mkdirSync(join(folder, 'events', '2026-11-18', 'nas'), { recursive: true });
  const lines = Array.from({ length: 3 }, (_, index) =>
    JSON.stringify({
      time: `2026-11-18T1${index}:00:00Z`,
      type: 'node_online',
      node: 'nas',
      action: `a${index}`,
      detail: 'ä'.repeat(70_000),
    }),
  );
  writeFileSync(fileOf('2026-11-18', 'nas'), `${lines.join('\n')}\n`);
  const { events, unreadable } = await readEvents(folder);
  expect(events.map(({ action }) => action)).toEqual(['a2', 'a1', 'a0']);
  expect(unreadable).toBe(0);
});

test('a name that leads out of the folder is refused and told in the log', () => {
  const lines: string[] = [];
  const log = logger({ name: 'mcp-docker', destination: { write: (line) => lines.push(line) } });
  for (const node of ['../../x', 'a/b', '', '..']) open({ log }).emit({ type: 'node_online', node });
  expect(existsSync(join(folder, 'events'))).toBe(false);
  expect(lines.length).toBe(4);
  expect(lines[0]).toContain('event_lost');
});

test('old days go, by the first event of a day; what is no day stays', () => {
  for (const day of ['2026-10-18', '2026-10-19', '2026-11-17', 'notes']) mkdirSync(join(folder, 'events', day), { recursive: true });
  const elsewhere = mkdtempSync(join(tmpdir(), 'events-elsewhere-'));
  writeFileSync(join(elsewhere, 'kept'), '');
  symlinkSync(elsewhere, join(folder, 'events', '2026-10-01'));
  open().emit({ type: 'server_started', node: 'nas' });
  expect(eventDays(folder)).toEqual(['2026-10-19', '2026-11-17', '2026-11-18']);
  expect(existsSync(join(folder, 'events', 'notes'))).toBe(true);
  expect(existsSync(join(elsewhere, 'kept'))).toBe(true);
});

test('a full disk loses an event, says so, and spoils no line after it', async (context) => {
  const small = smallDisk(64);
  if (typeof small === 'string') return context.skip(small);
  try {
    folder = small.folder;
    const lines: string[] = [];
    const events = open({ log: logger({ name: 'mcp-docker', destination: { write: (line) => lines.push(line) } }) });
    events.emit({ type: 'server_started', node: 'nas', detail: 'before' });
    small.fill();
    for (let index = 0; index < 30; index++) events.emit({ type: 'server_started', node: 'nas', detail: 'x'.repeat(400) });
    expect(lines.length).toBeGreaterThan(20);
    small.free();
    events.emit({ type: 'server_started', node: 'nas', detail: 'after' });
    const { events: read, unreadable } = await readEvents(folder);
    expect(read[0]?.detail).toBe('after');
    expect(read.at(-1)?.detail).toBe('before');
    expect(read.length + unreadable).toBeGreaterThanOrEqual(32 - lines.length);
    expect(unreadable).toBeLessThanOrEqual(1);
  } finally {
    small.remove();
  }
});

test('an empty folder has no events and no days', async () => {
  expect(await readEvents(folder)).toEqual({ events: [], cut: undefined, unread: [], lines: 0, unreadable: 0, days: undefined });
});
