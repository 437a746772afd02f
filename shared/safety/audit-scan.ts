import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitLines } from './audit-folder.ts';
import { type AuditLine, GENESIS, sha256, unseal } from './audit-line.ts';

/** Something about the audit that a person should know. A `notice` is the trace of a crash or a full disk; `broken` is not how the audit writes. */
export interface Finding {
  file: string;
  /** Counts from 1; 0 for the file as a whole. */
  line: number;
  severity: 'broken' | 'notice';
  what: string;
}

/** What is known of one chain after its files were read in order. */
export interface ScannedChain {
  chain: string;
  files: string[];
  lines: number;
  /** The last number and hash that are in order. */
  seq: number;
  hash: string;
  /** Hashes at the numbers that were asked for. */
  at: Map<number, { hash: string; file: string; line: number }>;
  /** For each file that has lines: the line of the list that its first lines name. */
  listed: Map<string, string | undefined>;
  findings: Finding[];
}

interface Line {
  line: Buffer;
  from: number;
  number: number;
}

/** Reads a chain's files in order and holds every line against the one before. `wanted` are the numbers whose hashes are to be kept. */
export function scanChain(folder: string, chain: string, files: readonly string[], wanted: ReadonlySet<number>): ScannedChain {
  const scanned: ScannedChain = {
    ...{ chain, files: [...files], lines: 0, seq: 0, hash: GENESIS },
    ...{ at: new Map(), listed: new Map(), findings: [] },
  };
  const order = new OrderWatch(scanned, wanted);
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    const { lines, rest } = linesOf(bytes);
    const skipped = residues(bytes, lines);
    for (const { line, from, number } of lines) {
      const residue = skipped.find((one) => from >= one.from && from < one.to);
      if (residue) {
        if (from === residue.from) scanned.findings.push({ file, line: number, severity: 'notice', what: residue.what });
        continue;
      }
      if (line.length > 0) order.take(file, number, unseal<AuditLine>(line));
    }
    if (rest.length > 0) {
      const what = `torn: ${rest.length} bytes of a line that was never finished; the process ended while writing, before anything was done under it`;
      scanned.findings.push({ file, line: lines.length + 1, severity: file === files.at(-1) ? 'notice' : 'broken', what });
    }
  }
  order.end();
  return scanned;
}

function linesOf(bytes: Buffer): { lines: Line[]; rest: Buffer } {
  const all = [...splitLines(bytes)];
  const rest = all.pop()?.line ?? Buffer.alloc(0);
  return { lines: all.map(({ line, from }, index) => ({ line, from, number: index + 1 })), rest };
}

/** The stretches that a later `gap` line vouches for: bytes of a write that failed, which nobody was told had succeeded. */
function residues(bytes: Buffer, lines: readonly Line[]): { from: number; to: number; what: string }[] {
  return lines.flatMap(({ line, from: at }) => {
    const read = line.includes('"residue"') ? unseal<AuditLine>(line) : undefined;
    if (!read?.intact || read.record.kind !== 'gap' || !read.record.residue) return [];
    const { from, bytes: length, sha256: hash } = read.record.residue;
    const to = from + length;
    // A newline of ours may stand between.
    if ((to !== at && to + 1 !== at) || sha256(bytes.subarray(from, to)) !== hash) return [];
    return [{ from, to: at, what: `torn: ${length} bytes of a write that failed and was not acknowledged` }];
  });
}

/** Follows numbers and hashes through a chain, and tells what does not follow. */
class OrderWatch {
  readonly #chain: ScannedChain;
  readonly #wanted: ReadonlySet<number>;
  #missing: { from: number; to: number; file: string; line: number }[] = [];
  #late: { seq: number; file: string; line: number }[] = [];
  /** The hash before is not known, because the line before cannot be read. */
  #lost = false;

  constructor(chain: ScannedChain, wanted: ReadonlySet<number>) {
    this.#chain = chain;
    this.#wanted = wanted;
  }

  take(file: string, line: number, read: { record: AuditLine; intact: boolean } | undefined): void {
    const chain = this.#chain;
    chain.lines++;
    const broken = (what: string): void => void chain.findings.push({ file, line, severity: 'broken', what });
    if (!read || !Number.isSafeInteger(read.record.seq)) {
      broken('is no line of the audit any more');
      chain.seq++;
      this.#lost = true;
      return;
    }
    const { seq, prev, hash, listed } = read.record;
    if (!read.intact) broken(`entry ${seq} was changed after it was written`);
    if (listed !== undefined) chain.listed.set(file, listed);
    else if (!chain.listed.has(file)) chain.listed.set(file, undefined);
    if (seq <= chain.seq) {
      this.#late.push({ seq, file, line });
      return;
    }
    if (seq > chain.seq + 1) this.#missing.push({ from: chain.seq + 1, to: seq - 1, file, line });
    else if (!this.#lost && prev !== chain.hash) broken(`entry ${seq} does not follow from the entry before it: one of them was replaced`);
    this.#lost = false;
    chain.seq = seq;
    chain.hash = hash;
    if (this.#wanted.has(seq)) chain.at.set(seq, { hash, file, line });
  }

  end(): void {
    const { findings } = this.#chain;
    const late = new Set(this.#late.map(({ seq }) => seq));
    for (const { from, to, file, line } of this.#missing) {
      const which = Array.from({ length: Math.min(to - from + 1, 1_000) }, (_, index) => from + index);
      if (to - from < 1_000 && which.every((seq) => late.has(seq))) continue;
      const what = from === to ? `entry ${from} is missing before this line` : `entries ${from} to ${to} are missing before this line`;
      findings.push({ file, line, severity: 'broken', what });
    }
    for (const { seq, file, line } of this.#late) {
      findings.push({ file, line, severity: 'broken', what: `entry ${seq} is out of its place: lines were swapped or repeated` });
    }
  }
}
