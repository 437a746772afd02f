import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { auditFolder, chainFiles, MANIFEST, type Manifest, readManifest } from './audit-folder.ts';
import type { Head } from './audit-line.ts';
import { type Finding, type ScannedChain, scanChain } from './audit-scan.ts';

export type { Finding } from './audit-scan.ts';

/** What `verifyAudit` found. `ok` when no finding is `broken`. */
export interface Verification {
  ok: boolean;
  chains: number;
  files: number;
  lines: number;
  /** How many of the given heads were met. */
  heads: number;
  findings: Finding[];
}

interface Witness extends Head {
  /** Who says that the chain once ended there. */
  by: string;
}

/**
 * Holds the whole audit under STATE_DIR against its hashes, its list of files, and heads that were kept elsewhere. Without `heads` it cannot
 * see that the newest lines of a chain that did not end in order were cut off.
 */
export function verifyAudit(state: string, heads: readonly Head[] = []): Verification {
  const folder = auditFolder(state);
  let manifest = readManifest(folder);
  const files = chainFiles(folder);
  const witnesses = [...heads.map((head) => ({ ...head, by: 'a head that was logged' })), ...ownWitnesses(manifest)];
  const findings: Finding[] = [];
  const broken = (file: string, line: number, what: string): void => void findings.push({ file, line, severity: 'broken', what });
  const chains = new Map<string, ScannedChain>();
  for (const [chain, parts] of Map.groupBy(files, (one) => one.chain)) {
    const wanted = new Set(witnesses.filter((one) => one.chain === chain).map(({ seq }) => seq));
    const names = parts.map(({ file }) => file);
    chains.set(chain, scanChain(folder, chain, names, wanted));
  }
  // A server may have begun a file since the list was read.
  if (files.some(({ file }) => !isListed(manifest, file))) manifest = readManifest(folder);
  findings.push(...manifestFindings(manifest));
  for (const { record, line } of manifest.lines) {
    if (record.event === 'file' && !existsSync(join(folder, record.file))) {
      broken(record.file, 0, `the file is missing; ${MANIFEST}:${line} says that it began ${record.time}`);
    }
  }
  const hashes = new Set(manifest.lines.map(({ record }) => record.hash));
  for (const { file } of files) {
    if (isListed(manifest, file)) continue;
    if (statSync(join(folder, file)).size > 0)
      broken(file, 0, `the file is not in ${MANIFEST}: its line was removed, or the file was put here`);
    else findings.push({ file, line: 0, severity: 'notice', what: 'an empty file: the process ended as it began it' });
  }
  for (const { listed, findings: own } of chains.values()) {
    findings.push(...own);
    for (const [file, hash] of listed) {
      if (hash === undefined) broken(file, 1, 'the line that begins a file is missing');
      else if (!hashes.has(hash)) broken(file, 1, `the line of ${MANIFEST} that lists this file was removed or changed`);
    }
  }
  findings.push(...witnesses.flatMap((witness) => unmet(witness, chains.get(witness.chain))));
  const all = unique(findings);
  return {
    ok: all.every(({ severity }) => severity === 'notice'),
    chains: chains.size,
    files: files.length,
    lines: [...chains.values()].reduce((sum, { lines }) => sum + lines, 0),
    heads: heads.filter((head) => chains.get(head.chain)?.at.get(head.seq)?.hash === head.hash).length,
    findings: all,
  };
}

const isListed = (manifest: Manifest, file: string): boolean => manifest.lines.some(({ record }) => record.file === file);

function ownWitnesses({ lines }: Manifest): Witness[] {
  return lines.flatMap(({ line, record: { chain, seq, head, seen = [] } }) => {
    const by = `${MANIFEST}:${line}`;
    const others = seen.map((one) => ({ chain: one.file.replace(/(\.\d+)?\.jsonl$/, ''), seq: one.seq, hash: one.hash, by }));
    return [...(seq > 0 ? [{ chain, seq, hash: head, by }] : []), ...others];
  });
}

function manifestFindings({ lines, torn }: Manifest): Finding[] {
  const hashes = new Set(lines.map(({ record }) => record.hash));
  const told = (severity: Finding['severity'], line: number, what: string): Finding => ({ file: MANIFEST, line, severity, what });
  return [
    ...torn.map((line) => told('notice', line, 'torn: a line that was never finished')),
    ...lines.filter(({ intact }) => !intact).map(({ line }) => told('broken', line, 'the line was changed after it was written')),
    ...lines
      .filter(({ record }) => record.after.some((hash) => !hashes.has(hash)))
      .map(({ line }) => told('broken', line, 'a line before this one was removed or changed')),
  ];
}

function unmet({ chain, seq, hash, by }: Witness, scanned: ScannedChain | undefined): Finding[] {
  const broken = (file: string, line: number, what: string): Finding[] => [{ file, line, severity: 'broken', what }];
  if (!scanned) return broken(`${chain}.jsonl`, 0, `the chain is missing; ${by} knows it up to entry ${seq}`);
  const at = scanned.at.get(seq);
  const last = scanned.files.at(-1) ?? chain;
  if (!at && seq > scanned.seq) return broken(last, 0, `the tail was cut: it ends with entry ${scanned.seq}, and ${by} knows entry ${seq}`);
  if (!at) return broken(last, 0, `entry ${seq}, which ${by} knows, is missing`);
  return at.hash === hash ? [] : broken(at.file, at.line, `entry ${seq} is not the one that ${by} knows: the chain was written anew`);
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((one) => [`${one.file}:${one.line}:${one.what}`, one])).values()];
}
