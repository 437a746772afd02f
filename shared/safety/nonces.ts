import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './audit-file.ts';
import { sha256 } from './audit-line.ts';
import { stateFault } from './state-fault.ts';

/** So long beyond its end a nonce is kept: a clock that is set back makes what had ended valid again. */
const KEEP_MS = 24 * 3_600_000;
const CLEAN_EVERY_MS = 600_000;

/** What may be used once. */
export interface Nonces {
  /**
   * True for the first who asks, over all processes on the folder and over a power cut; false for everybody after. `expires` is in milliseconds
   * since 1970. Throws `unavailable` when it cannot be kept: then it must not count as used, and what it allows must not happen.
   */
  spend(nonce: string, expires: number): Promise<boolean>;
}

/** The used nonces under STATE_DIR/nonces. */
export function nonces(state: string, now: () => number = Date.now): Nonces {
  const folder = join(state, 'nonces');
  let cleaned = Number.NEGATIVE_INFINITY;
  return {
    async spend(nonce, expires) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        if (performance.now() - cleaned > CLEAN_EVERY_MS) {
          cleaned = performance.now();
          await clean(folder, now());
        }
        return await claim(folder, sha256(nonce), expires);
      } catch (error) {
        throw stateFault('That an approval was used cannot be written', error);
      }
    },
  };
}

async function claim(folder: string, name: string, expires: number): Promise<boolean> {
  // SECURITY: making the file is the claim, so of two processes one has it; the name is a hash, so no nonce can leave the folder.
  const handle = await open(join(folder, name), 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (!handle) return false;
  try {
    await handle.writeFile(String(expires));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
  return true;
}

async function clean(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    // One whose end was not written, because its process was killed in between, stays: it is a few bytes.
    const expires = Number((await readFile(join(folder, name), 'utf8').catch(() => '')) || Number.POSITIVE_INFINITY);
    if (now > expires + KEEP_MS) await rm(join(folder, name), { force: true });
  }
}
