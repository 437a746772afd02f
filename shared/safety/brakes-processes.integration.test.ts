import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { child } from '../testing/safety/children.ts';

const newState = (): string => mkdtempSync(join(tmpdir(), 'brakes-processes-'));

/** Visits to the target in order, each as who came in and who went out. */
const visits = (state: string): string[] => readFileSync(join(state, 'visits'), 'utf8').trim().split('\n');

function expectOneAtATime(lines: readonly string[]): void {
  for (let at = 0; at < lines.length; at += 2) expect(`${at} ${lines[at + 1]}`).toBe(`${at} ${lines[at]?.replace('in', 'out')}`);
}

test('four processes on one folder are never on one target at the same time', async () => {
  const state = newState();
  const all = ['a', 'b', 'c', 'd'].map((name) => child('one-at-a-time', state, name, '15'));
  for (const one of all) expect(await one.ended).toEqual({ code: 0, errors: '' });
  const lines = visits(state);
  expect(lines.length).toBe(2 * 60);
  expectOneAtATime(lines);
});

test('the target of a process that was killed at work is taken over, by one of those who wait', async () => {
  const state = newState();
  const killed = child('one-at-a-time', state, 'killed', '1', 'hang');
  await killed.speaks;
  const waiting = ['a', 'b', 'c'].map((name) => child('one-at-a-time', state, name, '5'));
  killed.process.kill('SIGKILL');
  await killed.ended;
  for (const one of waiting) expect(await one.ended).toEqual({ code: 0, errors: '' });
  const lines = visits(state);
  expect(lines[0]).toBe('in killed');
  expectOneAtATime(lines.slice(1));
  expect(lines.length).toBe(1 + 2 * 15);
});
