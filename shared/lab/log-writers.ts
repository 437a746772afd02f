import type { Draft, Level, Writer } from './log-line.ts';
import { roll, seedOf } from './random.ts';

/** A kind of line: about every `everyMs`, `text` gives it from dice in [0, 1) and its instant. */
export interface Habit {
  everyMs: number;
  level?: Level;
  stream?: 'stdout' | 'stderr';
  text: (dice: (face: number) => number, time: number) => string;
  /** 1 always, 0 never, at that instant. */
  chance?: (time: number) => number;
}

/** One writer for a source's habits; each span of `everyMs` has its line at an instant of its own. */
export function habitual(key: string, habits: readonly Habit[]): Writer {
  return (from, to) =>
    habits.flatMap((habit, number) => {
      const seed = seedOf(`${key} ${number}`);
      const drafts: Draft[] = [];
      for (let span = Math.floor(from / habit.everyMs); span * habit.everyMs < to; span += 1) {
        const time = Math.floor((span + roll(seed, span)) * habit.everyMs);
        if (time < from || time >= to || roll(seed + 1, span) >= (habit.chance?.(time) ?? 1)) continue;
        const line = habit.text((face) => roll(seed + 2 + face, span), time);
        drafts.push({ time, level: habit.level ?? 'info', line, ...(habit.stream ? { stream: habit.stream } : {}) });
      }
      return drafts;
    });
}

/** Lines at instants that the story names. */
export function occasional(
  instants: (from: number, to: number) => readonly number[],
  write: (time: number) => readonly Draft[],
  reach = 120_000,
): Writer {
  return (from, to) =>
    instants(from - reach, to + reach)
      .flatMap(write)
      .filter(({ time }) => time >= from && time < to);
}

/** Lines of several writers. */
export function together(...writers: readonly Writer[]): Writer {
  return (from, to) => writers.flatMap((write) => write(from, to));
}

/** `2026-11-20T08:15:02.120Z` */
export const iso = (time: number): string => new Date(time).toISOString();
/** `[2026-11-20 08:15:02]` as many programs write it, in UTC. */
export const plain = (time: number): string => iso(time).slice(0, 19).replace('T', ' ');
/** `level=info` lines of Go programs. */
export const logfmt = (time: number, level: Level, message: string, rest = ''): string =>
  `ts=${iso(time)} level=${level} ${rest ? `${rest} ` : ''}msg="${message}"`;
