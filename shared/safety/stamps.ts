import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** That something happened, and when; kept as the name of an empty file, so that processes add and count without a lock. */
export interface Stamp {
  at: number;
  note: string;
}

const NAME = /^(\d{13,15})-([a-z_]{1,30})-[0-9a-f]{8}$/;

/** Adds a stamp of now; `note` is a word in lower snake. */
export function addStamp(folder: string, note: string, now: number): void {
  const file = `${now}-${note}-${randomBytes(4).toString('hex')}`;
  // Another process may tidy the empty folder away in between.
  for (let tries = 3; ; tries--) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      writeFileSync(join(folder, file), '', { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 1) throw error;
    }
  }
}

/** The stamps of the last `windowMs`, oldest first; older ones are removed. */
export function recentStamps(folder: string, windowMs: number, now: number): Stamp[] {
  if (!existsSync(folder)) return [];
  const stamps: Stamp[] = [];
  for (const name of readdirSync(folder)) {
    const [, digits, note = ''] = NAME.exec(name) ?? [];
    if (digits === undefined) continue;
    const at = Number(digits);
    if (now - at >= windowMs) rmSync(join(folder, name), { force: true });
    else if (at <= now) stamps.push({ at, note });
    else {
      restamp(folder, name, at, now);
      stamps.push({ at: now, note });
    }
  }
  if (stamps.length === 0) tidy(folder);
  return stamps.sort((one, other) => one.at - other.at);
}

/** Removes all stamps of a folder. */
export function clearStamps(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A stamp of the future was made before the clock was set back. It counts from now on: neither not at all nor until the clock is there again. */
function restamp(folder: string, name: string, at: number, now: number): void {
  try {
    renameSync(join(folder, name), join(folder, name.replace(String(at), String(now))));
  } catch (error) {
    // Another process did it first.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function tidy(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another process added one meanwhile.
  }
}
