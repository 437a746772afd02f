import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';

/** Writes files that are not there yet below `root`. Returns the paths that were written and those that existed and stay as they are. */
export function writeNew(root: string, files: readonly { path: string; text: string }[]): { written: string[]; kept: string[] } {
  const written: string[] = [];
  const kept: string[] = [];
  const real = realpathSync(root);
  for (const { path, text } of files) {
    const folder = join(real, dirname(path));
    mkdirSync(folder, { recursive: true });
    // SECURITY: a folder of the repository that is a link would have us write somewhere else.
    if (realpathSync(folder) !== folder || !folder.startsWith(real + sep)) {
      throw new Fault('denied', `The folder ${dirname(path)} leads out of the repository.`, { hint: 'Make it a folder of its own.' });
    }
    try {
      // Exclusive: a file that appears between looking and writing is kept too, and a link is not followed.
      writeFileSync(join(folder, path.slice(path.lastIndexOf('/') + 1)), text, { flag: 'wx' });
      written.push(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      kept.push(path);
    }
  }
  return { written, kept };
}
