import { expect, test } from 'vitest';
import type { ContainerDetails } from '../client/container-details.ts';
import { deathsIn } from '../client/deaths.ts';
import type { DockerEvent } from '../client/events.ts';
import type { Evidence } from '../client/evidence.ts';
import { diagnose } from './diagnose.ts';
import { exitMeaning } from './exit-code.ts';
import { tellingLines } from './telling-lines.ts';

const at = new Date('2026-11-20T12:00:00Z');
const before = (minutes: number): Date => new Date(at.getTime() - minutes * 60_000);

const well: ContainerDetails = {
  id: 'a'.repeat(64),
  name: 'web',
  host: 'rpi',
  image: 'web:1',
  imageId: `sha256:${'b'.repeat(64)}`,
  state: 'running',
  health: 'healthy',
  created: before(20_000),
  startedAt: before(15_000),
  restarts: 0,
  oomKilled: false,
  ports: [],
  mounts: [],
  networks: [],
  labels: {},
  tty: false,
  entrypoint: [],
  command: [],
  env: [],
  restartPolicy: { name: 'always' },
  privileged: false,
  capabilities: [],
  networkMode: 'bridge',
  readOnly: false,
  limits: {},
  healthRuns: [],
  addresses: [],
  logDriver: 'json-file',
  fingerprint: { id: '', imageId: '', startedAt: '' },
};

const event = (minutes: number, action: string, exitCode?: number): DockerEvent => ({
  at: before(minutes),
  host: 'rpi',
  kind: 'container',
  action,
  id: well.id,
  name: 'web',
  attributes: {},
  ...(exitCode === undefined ? {} : { exitCode }),
});

function verdictOf(container: Partial<ContainerDetails>, events: DockerEvent[] = [], more: Partial<Evidence> = {}) {
  const evidence = {
    container: { ...well, ...container },
    events,
    deaths: deathsIn(events),
    lines: [],
    linesOf: 'latest' as const,
    needs: [],
    gaps: [],
    forgetful: false,
    at,
  };
  const { state, verdict } = diagnose({ ...evidence, ...more });
  return `${state}: ${verdict}`;
}

test('well only where nothing speaks against it', () => {
  expect(verdictOf({})).toBe('well: Nothing wrong is seen: up since 10d 10h ago, healthy.');
  expect(verdictOf({ health: undefined } as never)).toMatch(/^well: .+ without a health check, so what it does is not known\.$/);
  expect(verdictOf({}, [], { gaps: ['its log could not be read: x'] })).toMatch(/^trouble: .+ Not all could be read/);
  expect(verdictOf({}, [event(90, 'die', 1)])).toMatch(/^trouble: .+ It ended once in the last day \(exit 1, /);
});

test('an engine that forgot the ends leaves the count of restarts, which is no all-clear', () => {
  expect(verdictOf({ restarts: 20, startedAt: before(10) })).toBe(
    'trouble: It runs now, but it ended 20 times and was started again, last 10m ago; with which exit code the engine no longer remembers.',
  );
});

test('memory: by the flag, by the events, with and without a limit of its own', () => {
  expect(verdictOf({ state: 'exited', oomKilled: true, exitCode: 137, limits: { memory: 2 ** 30 } })).toMatch(
    /^down: It runs out of memory: .+ limit of 1 GiB/,
  );
  expect(verdictOf({ restarts: 3 }, [event(30, 'oom'), event(30, 'die', 137), event(29, 'start')])).toMatch(
    /^trouble: It was killed because the machine ran out of memory/,
  );
});

test('an end that somebody asked for is not told as a crash', () => {
  const stopped = [event(5, 'kill'), event(5, 'die', 137), event(5, 'stop')];
  expect(verdictOf({ state: 'exited', exitCode: 137, finishedAt: before(5) }, stopped)).toMatch(
    /^down: Somebody stopped it 5m ago: exit 137/,
  );
  expect(verdictOf({ state: 'exited', exitCode: 1, finishedAt: before(5) }, [event(5, 'die', 1)])).toMatch(
    /^down: It ended by itself 5m ago: exit 1, /,
  );
  expect(verdictOf({ state: 'exited', exitCode: 0, finishedAt: before(5) })).toMatch(
    /^down: It ended, whether by itself is not remembered, 5m ago/,
  );
});

test('over and over, unhealthy, refused by Docker, never started', () => {
  expect(verdictOf({ state: 'restarting', exitCode: 127 })).toMatch(/over and over: exit 127, its command was not found in the image\.$/);
  expect(verdictOf({}, [event(50, 'die', 2), event(10, 'die', 2)])).toMatch(/over and over: exit 2/);
  expect(verdictOf({ health: 'unhealthy', failingStreak: 4 })).toMatch(/health check fails \(4 times in a row\)/);
  expect(verdictOf({ state: 'exited', error: 'port is already allocated' })).toMatch(/^down: Docker could not start it/);
  expect(verdictOf({ state: 'created' })).toBe('down: It was made and never started.');
});

test('exit codes', () => {
  expect([0, 1, 126, 137, 139, 143].map(exitMeaning).every((text) => text.length > 10)).toBe(true);
  expect(exitMeaning(130)).toBe('it was ended by SIGINT');
  expect(exitMeaning(190)).toBe('it was ended by signal 62');
  expect(exitMeaning(42)).toMatch(/^a code of the program itself/);
});

test('the lines that explain an end: the worst and the last, each kind once, in their order', () => {
  const line = (text: string) => ({ stream: 'stdout' as const, text });
  const lines = [
    line('listening on 80'),
    line('WARN retry 1'),
    line('panic: nil map'),
    line('WARN retry 2'),
    line('WARN retry 3'),
    line('bye'),
    line(''),
  ];
  expect(tellingLines(lines).map(({ text }) => text)).toEqual(['panic: nil map', 'WARN retry 3', 'bye']);
  expect(tellingLines([])).toEqual([]);
});
