import { copyFile, type FileHandle, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@homelab/shared/faults.ts';
import type { Git } from './git.ts';

/** The file that every git program makes before it changes the index. */
export const indexLock = (git: Git): string => join(git.folders.git, 'index.lock');

/** Said when somebody else has the index. */
export function locked(cause?: unknown): Fault {
  return new Fault('conflict', 'Another git program is at work in the repository, or was killed there.', {
    hint: 'When none runs, a person removes .git/index.lock.',
    cause,
  });
}

/** A copy of the index for git commands to work on. */
export interface IndexCopy {
  env: Readonly<Record<string, string>>;
  /** Puts the copy on the disk as it is now: what can fail for want of room fails here. */
  save: () => Promise<void>;
}

/**
 * Runs `work` with a copy of the index, which takes its place as it was saved when `work` is done, and is thrown away when it throws. Meanwhile git's own lock
 * is held: no other program changes index or commits. Throws `conflict` when somebody else holds it.
 */
export async function withIndex(git: Git, work: (index: IndexCopy) => Promise<void>): Promise<void> {
  const lock = indexLock(git);
  const index = join(git.folders.git, 'index');
  const handle = await open(lock, 'wx').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST' ? locked(cause) : cause;
  });
  const scratch = await git.scratch().catch(async (error: unknown) => {
    await release(handle, lock);
    throw error;
  });
  try {
    const copy = scratch.env.GIT_INDEX_FILE ?? '';
    const { atime, mtime, mode } = await stat(index);
    await copyFile(index, copy);
    // Git tells by this time which files it must look into; a younger one would hide a change made just before.
    await utimes(copy, atime, mtime);
    const save = async (): Promise<void> => {
      await handle.chmod(mode & 0o777);
      await handle.writeFile(await readFile(copy));
      await handle.sync();
    };
    await work({ env: { GIT_INDEX_FILE: copy }, save });
    await handle.close();
    await rename(lock, index);
  } catch (error) {
    await release(handle, lock);
    throw error;
  } finally {
    await scratch.remove();
  }
}

async function release(handle: FileHandle, lock: string): Promise<void> {
  await handle.close().catch(() => undefined);
  await rm(lock, { force: true });
}
