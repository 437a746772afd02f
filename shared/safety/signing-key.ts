import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withFileLock } from '../config/file-lock.ts';
import { replaceFile } from '../config/replace-file.ts';
import { Fault } from '../faults.ts';
import { stateFault } from './state-fault.ts';

const BYTES = 32;

/** The installation's signing key, 32 bytes, from STATE_DIR/keys/signing.key. Made once; processes that start at the same time get the same one. */
export function signingKey(state: string): Buffer {
  const file = join(state, 'keys', 'signing.key');
  try {
    const there = read(file);
    if (there) return there;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return withFileLock(file, (held) => {
      const made = read(file) ?? randomBytes(BYTES);
      held();
      replaceFile(file, `${made.toString('hex')}\n`);
      return made;
    });
  } catch (error) {
    throw stateFault('The signing key cannot be read or made', error);
  }
}

function read(file: string): Buffer | undefined {
  const there = statSync(file, { throwIfNoEntry: false });
  if (!there) return undefined;
  // SECURITY: with another user's key, or one that others read, anybody could sign an approval.
  if (process.getuid && there.uid !== process.getuid()) throw unusable('belongs to another user');
  if (process.platform !== 'win32' && (there.mode & 0o077) !== 0) chmodSync(file, 0o600);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw unusable('is damaged');
  return Buffer.from(text, 'hex');
}

const unusable = (how: string): Fault =>
  new Fault('unavailable', `The signing key ${how}.`, {
    hint: 'Delete keys/signing.key in STATE_DIR and restart: another is made, and approvals under way lapse.',
  });
