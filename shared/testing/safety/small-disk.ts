import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be filled and made read-only. */
export interface SmallDisk {
  folder: string;
  /** Writes until nothing more fits. */
  fill: () => void;
  /** Gives back what `fill` took. */
  free: () => void;
  readOnly: () => void;
  writable: () => void;
  remove: () => void;
}

const mount = (...args: string[]): void => void execFileSync('mount', args, { stdio: 'pipe' });

/** A file system of `kib` KiB in memory, or the reason why this machine gives none. */
export function smallDisk(kib: number): SmallDisk | string {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${kib}k,mode=700`, 'none', folder);
  } catch {
    rmdirSync(folder);
    return 'no small disk can be made here: run the tests as root, on a machine with `mount` that lets root use it';
  }
  const ballast = join(folder, 'ballast');
  const fill = (): void => {
    for (const size of [4_096, 256, 1]) {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  };
  return {
    folder,
    fill,
    free: () => rmSync(ballast, { force: true }),
    readOnly: () => mount('-o', 'remount,ro', folder),
    writable: () => mount('-o', 'remount,rw', folder),
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}
