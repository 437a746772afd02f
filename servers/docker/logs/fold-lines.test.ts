import { expect, test } from 'vitest';
import type { LogLine } from '../client/log-lines.ts';
import { foldLines, shapeOf } from './fold-lines.ts';
import { lineMatch } from './line-match.ts';
import { logText } from './log-text.ts';

const line = (text: string, second = 0, stream: LogLine['stream'] = 'stdout'): LogLine => ({
  stream,
  at: `2026-11-20T12:00:${String(second).padStart(2, '0')}.000000000Z`,
  text,
});

test('figures, ids and quoted values do not make a line another one', () => {
  expect(shapeOf('GET /a 200 in 31 ms')).toBe(shapeOf('GET /a 404 in 7 ms'));
  expect(shapeOf('job 3f2a9c1b-77aa-4e01-9a9a-aabbccddeeff done')).toBe(shapeOf('job 1f2a9c1b-12aa-4e01-9a9a-aabbccddee00 done'));
  expect(shapeOf('user "anna" in')).toBe(shapeOf('user "ben" in'));
  expect(shapeOf('connected')).not.toBe(shapeOf('connection lost'));
  expect(shapeOf('added facade')).toBe('added facade');
});

test('what repeats is folded into its latest, what is rare stays in its place', () => {
  const lines = [line('poll 1', 1), line('disk full', 2), line('poll 2', 3), line('poll 3', 4), line('poll 3', 5, 'stderr')];
  expect(foldLines(lines).map(({ line: { text, stream }, count }) => `${stream} ${text} x${count}`)).toEqual([
    'stdout disk full x1',
    'stdout poll 3 x3',
    'stderr poll 3 x1',
  ]);
  expect(foldLines([line('a 1'), line('a 2')])).toHaveLength(2);
});

test('stderr is marked, the own time of a line is shown once, control characters go', () => {
  const shown = (text: string, stream: LogLine['stream'] = 'stdout') => logText([{ line: line(text, 7, stream), count: 1 }], 500).lines[0];
  expect(shown('[2026-11-20 12:00:07] ERROR no', 'stderr')).toBe('!12:00:07 ERROR no');
  expect(shown('ts=2026-11-20T12:00:07.001Z level=info msg="x"')).toBe('12:00:07 level=info msg="x"');
  expect(shown('12:30 is lunch')).toBe('12:00:07 12:30 is lunch');
  expect(shown('\u001b[31mred\u001b[0m \u202eevil\u0007')).toBe('12:00:07 red evil');
});

test('the newest that fit, and at least one', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ line: line(`word${'x'.repeat(index)} and more`, index), count: 1 }));
  const { lines, shown, from } = logText(many, 60);
  expect(lines.at(-1)).toContain('12:00:49');
  expect(shown).toBe(lines.length);
  expect(from).toBe(many[50 - shown]?.line.at);
  expect(logText(many, 1).shown).toBe(1);
});

test('patterns: any case, inverted, linear, and refused when broken', () => {
  expect(lineMatch('error')('An ERROR came')).toBe(true);
  expect(lineMatch('error', true)('An ERROR came')).toBe(false);
  expect(lineMatch('(a+)+$')(`${'a'.repeat(50_000)}b`)).toBe(false);
  expect(() => lineMatch('(?=x)')).toThrow('`grep` is no regular expression');
});
