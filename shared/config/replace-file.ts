import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes the file at `path` whole or not at all: readers and a power cut see the old content or the new one, readable by this user only. */
export function replaceFile(path: string, content: string): void {
  // Behind a link the file is replaced, not the link.
  const file = existsSync(path) ? realpathSync(path) : path;
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.draft`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Puts the names in a folder on the disk, as far as the system can. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename is as durable as it gets.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
