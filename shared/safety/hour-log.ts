import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const HOUR = 3_600_000;

/** When something happened within the last hour, in a file for every hour of the clock; processes add to it without a lock. */
export interface HourLog {
  /** Times of the last hour in milliseconds, oldest first. */
  times(now: number): number[];
  add(now: number): void;
  /** Takes back what `add` added at that time. */
  takeBack(at: number, now: number): void;
}

/** The hour log in `folder`, which is made with its first time. */
export function hourLog(folder: string): HourLog {
  const append = (sign: '+' | '-', at: number, now: number): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    appendFileSync(join(folder, String(Math.floor(now / HOUR))), `${sign}${at}\n`, { mode: 0o600 });
  };
  return {
    times: (now) => (existsSync(folder) ? readTimes(folder, now) : []),
    add: (now) => append('+', now, now),
    takeBack: (at, now) => append('-', at, now),
  };
}

function readTimes(folder: string, now: number): number[] {
  const present = Math.floor(now / HOUR);
  const times: number[] = [];
  const back: number[] = [];
  for (const name of readdirSync(folder)) {
    const hour = Number.parseInt(name, 10);
    if (hour < present - 1) rmSync(join(folder, name), { force: true });
    if (!(hour >= present - 1)) continue;
    // What lies in the future was added before the clock was set back. It counts as this hour's: neither not at all nor until the clock is there again.
    const lines = textOf(hour > present ? moved(folder, name, present) : join(folder, name)).split('\n');
    const end = (Math.min(hour, present) + 1) * HOUR;
    for (const line of lines) {
      if (/^\+\d+$/.test(line)) times.push(Math.min(Number(line.slice(1)), end));
      else if (/^-\d+$/.test(line)) back.push(Math.min(Number(line.slice(1)), end));
    }
  }
  for (const at of back) if (times.includes(at)) times.splice(times.indexOf(at), 1);
  return times.filter((at) => now - at < HOUR).sort((one, other) => one - other);
}

function moved(folder: string, name: string, hour: number): string {
  const file = join(folder, `${hour}.${randomBytes(4).toString('hex')}`);
  try {
    renameSync(join(folder, name), file);
  } catch (error) {
    // Another process moved it first.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return file;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
