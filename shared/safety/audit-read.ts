import { statSync } from 'node:fs';
import { join } from 'node:path';
import { auditFolder, chainFiles } from './audit-folder.ts';
import { type AuditLine, unseal } from './audit-line.ts';
import { linesBackward } from './lines-backward.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** Which entries to read; all of them when nothing is given. */
export interface AuditQuery {
  /** Milliseconds since 1970: nothing older. */
  since?: number | undefined;
  tool?: string | undefined;
  caller?: string | undefined;
  /** Entries at most, 100 when absent. */
  limit?: number | undefined;
}

export interface AuditReading {
  /** Newest first. */
  entries: AuditLine[];
  /** There are more entries that match. */
  more: boolean;
  /** Bytes of older files that were not looked into, because there is a limit to one reading. */
  unreadBytes: number;
  /** Lines that could not be read; `verifyAudit` tells what they are. */
  unreadable: number;
}

/** The newest entries over all chains that match. It reads; whether they are true is for `verifyAudit`. */
export async function readAudit(state: string, query: AuditQuery = {}): Promise<AuditReading> {
  const folder = auditFolder(state);
  const limit = query.limit ?? 100;
  const files = chainFiles(folder)
    .map(({ file }) => ({ path: join(folder, file), ...statSync(join(folder, file)) }))
    .sort((one, other) => other.mtimeMs - one.mtimeMs);
  const reading: AuditReading = { entries: [], more: false, unreadBytes: 0, unreadable: 0 };
  let left = MOST_BYTES;
  for (const { path, size } of files) {
    if (size > left) {
      reading.unreadBytes += size;
      continue;
    }
    const found: AuditLine[] = [];
    for await (const text of linesBackward(path)) {
      left -= Buffer.byteLength(text);
      const entry = unseal<AuditLine>(Buffer.from(text));
      if (!entry?.record.time) reading.unreadable++;
      else if (matches(entry.record, query)) found.push(entry.record);
      if (found.length > limit) break;
    }
    reading.more ||= reading.entries.length + found.length > limit;
    reading.entries = [...reading.entries, ...found].sort(newestFirst).slice(0, limit);
  }
  return reading;
}

const newestFirst = (one: AuditLine, other: AuditLine): number => other.time.localeCompare(one.time) || other.seq - one.seq;

function matches(entry: AuditLine, { since, tool, caller }: AuditQuery): boolean {
  if (since !== undefined && Date.parse(entry.time) < since) return false;
  return (tool === undefined || entry.what === tool) && (caller === undefined || entry.caller === caller);
}
