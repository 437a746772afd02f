import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { findSecrets, redact } from '@homelab/shared/redact/redact.ts';
import type { SourceFile } from './document.ts';
import { kindOf } from './kinds.ts';

/** Why a file was left out; each is counted and told, except `gone`. */
export type Refusal = 'large' | 'binary' | 'special' | 'unreadable' | 'outside' | 'encrypted' | 'full' | 'gone';

/** A file taken over, a link to another file of the repository, or why there is nothing. */
export type Loaded = { file: SourceFile } | { link: string } | { refusal: Refusal };

/** Bytes above which a file is not read. */
export const MOST_BYTES = 1024 * 1024;
const BINARY_PROBE = 8192;
const VAULT = '$ANSIBLE_VAULT;';

/** What tells one state of a file from another without reading it; '' when there is nothing. */
export async function stampOf(path: string): Promise<string> {
  const stat = await lstat(path).catch(() => undefined);
  return stat ? `${stat.mtimeMs}:${stat.ctimeMs}:${stat.size}:${stat.ino}` : '';
}

/** Reads files below `root`, which must be a real path; folders are checked once per loader, so make one per round. */
export function loader(root: string): (path: string) => Promise<Loaded> {
  const folders = new Map<string, Promise<boolean>>();
  const isReal = (folder: string) => {
    const known =
      folders.get(folder) ??
      realpath(folder).then(
        (real) => real === folder,
        () => false,
      );
    folders.set(folder, known);
    return known;
  };
  return async (path) => {
    const absolute = join(root, path);
    // SECURITY: a folder on the way that is a link could lead out of the repository; nothing is read through one.
    if (!(await isReal(dirname(absolute)))) return { refusal: 'outside' };
    const stat = await lstat(absolute).catch(() => undefined);
    if (!stat) return { refusal: 'gone' };
    if (stat.isSymbolicLink()) return follow(root, absolute);
    if (!stat.isFile()) return { refusal: 'special' };
    if (stat.size > MOST_BYTES) return { refusal: 'large' };
    const read = await readText(absolute);
    if ('refusal' in read) return read;
    const text = redact(read.text);
    const secrets = text === read.text ? [] : findSecrets(read.text);
    const file: SourceFile = { path, kind: kindOf(path, text), text, bytes: stat.size, mtimeMs: stat.mtimeMs };
    return { file: secrets.length > 0 ? { ...file, secrets } : file };
  };
}

async function follow(root: string, absolute: string): Promise<{ link: string } | { refusal: Refusal }> {
  const target = await realpath(absolute).catch(() => undefined);
  if (!target) return { refusal: (await readlink(absolute).catch(() => '')) ? 'outside' : 'gone' };
  const inside = relative(root, target).split(sep);
  // SECURITY: a link that leaves the repository, or enters .git, would show files nobody offered.
  if (inside[0] === '..' || inside.includes('.git') || target === root || !target.startsWith(root)) return { refusal: 'outside' };
  return { link: inside.join('/') };
}

async function readText(absolute: string): Promise<{ text: string } | { refusal: Refusal }> {
  let handle: FileHandle | undefined;
  try {
    // SECURITY: without these two flags a file swapped for a link or a pipe after the check would be followed, or block forever.
    handle = await open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (!stat.isFile()) return { refusal: 'special' };
    if (stat.size > MOST_BYTES) return { refusal: 'large' };
    const buffer = Buffer.alloc(stat.size);
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) {
      got = (await handle.read(buffer, length, buffer.length - length, null)).bytesRead;
    }
    const text = decode(buffer.subarray(0, length));
    if (text === undefined) return { refusal: 'binary' };
    return text.startsWith(VAULT) ? { refusal: 'encrypted' } : { text };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { refusal: code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : code === 'ELOOP' ? 'outside' : 'unreadable' };
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** Text with LF, or undefined for binary; UTF-16 is taken only with its byte order mark. */
function decode(bytes: Buffer): string | undefined {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!utf16 && bytes.subarray(0, BINARY_PROBE).includes(0)) return undefined;
  const text = utf16 ? bytes.subarray(2).toString('utf16le') : bytes.toString('utf8');
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\0', ' ');
  return lines.replaceAll('\r', lines.includes('\n') ? ' ' : '\n');
}
