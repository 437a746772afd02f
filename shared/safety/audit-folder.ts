import { chmodSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './audit-file.ts';
import { type Seen, seal, sha256, unseal } from './audit-line.ts';
import { StateFault } from './state-fault.ts';

/** The list of all files of all chains. A line names the lines before it, so a removed one shows; several processes add to it without a lock. */
export const MANIFEST = 'manifest.jsonl';

const TAIL = 256 * 1024;

/** One line of the list: a file that begins, or a chain that ended in order. */
export interface ManifestLine {
  time: string;
  event: 'file' | 'closed';
  chain: string;
  file: string;
  /** Where the chain stood: before the file's first line, or at its end. */
  seq: number;
  head: string;
  seen?: readonly Seen[];
  /** Hashes of the lines that no other line named yet. */
  after: readonly string[];
  hash: string;
}

export interface Manifest {
  lines: readonly { line: number; record: ManifestLine; intact: boolean }[];
  /** Numbers of lines that are none of ours: a write that was cut off. */
  torn: readonly number[];
  /** The file does not end with a line's end. */
  open: boolean;
}

export const auditFolder = (state: string): string => join(state, 'audit');

/** The audit's folder, made 0700 where it is missing. */
export function ownAuditFolder(state: string): string {
  const folder = auditFolder(state);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  // SECURITY: who owns the folder can replace what is in it, so a record there would prove nothing.
  if (process.getuid && uid !== process.getuid()) {
    throw new StateFault('The audit folder belongs to another user, so nothing was changed.', {
      hint: 'STATE_DIR/audit must belong to the user that runs the server.',
    });
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return folder;
}

/** Names of the chains' files, in the order in which they were written within a chain. */
export function chainFiles(folder: string): { file: string; chain: string; part: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl') && file !== MANIFEST)
    .map((file) => {
      const [, chain = file, part = '0'] = /^(.*?)(?:\.(\d+))?\.jsonl$/.exec(file) ?? [];
      return { file, chain, part: Number(part) };
    })
    .sort((one, other) => one.chain.localeCompare(other.chain) || one.part - other.part);
}

export const fileOf = (chain: string, part: number): string => (part === 0 ? `${chain}.jsonl` : `${chain}.${part}.jsonl`);

/** Splits bytes into lines without their newline; the last is what no newline ends, and may be empty. */
export function* splitLines(bytes: Buffer): Generator<{ line: Buffer; from: number; ended: boolean }> {
  let from = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    yield { line: bytes.subarray(from, end), from, ended: true };
    from = end + 1;
  }
  yield { line: bytes.subarray(from), from, ended: false };
}

/** The list as it stands; empty where there is none. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const lines: Manifest['lines'][number][] = [];
  const torn: number[] = [];
  let number = 0;
  for (const { line } of splitLines(bytes)) {
    number++;
    if (line.length === 0) continue;
    const read = unseal<ManifestLine>(line);
    if (read && Array.isArray(read.record.after)) lines.push({ line: number, ...read });
    else torn.push(number);
  }
  return { lines, torn, open: bytes.length > 0 && bytes.at(-1) !== 10 };
}

/** Adds a line to the list and resolves to its hash when it is on the disk. */
export async function addToManifest(folder: string, record: Omit<ManifestLine, 'after' | 'hash'>): Promise<string> {
  const { lines, open: unfinished } = readManifest(folder);
  const named = new Set(lines.flatMap((one) => one.record.after));
  const after = lines.map((one) => one.record.hash).filter((hash) => !named.has(hash));
  const { text, hash } = seal({ ...record, after });
  const fresh = !existsSync(join(folder, MANIFEST));
  const handle = await open(join(folder, MANIFEST), 'a', 0o600);
  try {
    await handle.appendFile(unfinished ? `\n${text}` : text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  if (fresh) await syncFolder(folder);
  return hash;
}

/** The ends of this server's other chains that did not end in order and grew since somebody last looked. */
export function unfinishedChains(folder: string, server: string): Seen[] {
  const records = readManifest(folder).lines.map((one) => one.record);
  const closed = new Set(records.filter(({ event }) => event === 'closed').map(({ chain }) => chain));
  const known = new Map(records.flatMap(({ seen = [] }) => seen.map((one) => [one.file, one.size] as const)));
  const last = new Map(chainFiles(folder).map((one) => [one.chain, one.file]));
  return [...last]
    .filter(([chain]) => chain.startsWith(`${server}-`) && !closed.has(chain))
    .flatMap(([, file]) => {
      const size = statSync(join(folder, file)).size;
      return size === 0 || known.get(file) === size ? [] : (endOf(join(folder, file), file) ?? []);
    });
}

function endOf(path: string, file: string): Seen | undefined {
  const { tail, size } = tailOf(path);
  const rest = tail.subarray(tail.lastIndexOf(10) + 1);
  let end = tail.length - rest.length - 1;
  while (end > 0) {
    const from = tail.lastIndexOf(10, end - 1) + 1;
    const read = unseal<{ seq: number }>(tail.subarray(from, end));
    const torn = rest.length > 0 ? { torn: { bytes: rest.length, sha256: sha256(rest) } } : {};
    if (read?.intact) return { file, seq: read.record.seq, hash: read.record.hash, size, ...torn };
    end = from - 1;
  }
  return undefined;
}

function tailOf(path: string): { tail: Buffer; size: number } {
  const handle = openSync(path, 'r');
  try {
    const { size } = fstatSync(handle);
    const tail = Buffer.alloc(Math.min(size, TAIL));
    return { tail: tail.subarray(0, readSync(handle, tail, 0, tail.length, size - tail.length)), size };
  } finally {
    closeSync(handle);
  }
}
