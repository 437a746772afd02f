import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import { Fault } from '../faults.ts';
import type { Log } from '../log/logger.ts';
import { recordable } from './audit-entry.ts';
import { AuditFile } from './audit-file.ts';
import { addToManifest, fileOf, ownAuditFolder, unfinishedChains } from './audit-folder.ts';
import { type AuditEntry, type ChainNotes, GENESIS, type Head, seal, sha256 } from './audit-line.ts';
import { StateFault, stateFault } from './state-fault.ts';

const FILE_LIMIT = 16 * 1024 * 1024;
const BATCH = 500;
const QUEUE = 10_000;
const HOUR = 3_600_000;
const LOST_SHOWN = 20;
const SYNC_SOON_MS = 200;

/** The record of what was done. */
export interface Audit {
  /**
   * Resolves when the entry is on the disk; entries stand in the order of the calls. Rejects with `unavailable` when it could not be written:
   * what it was to record must then not happen. Entries that wait at the same time share one sync. With `written` it resolves before the sync,
   * which follows within 200 ms: the entry survives this process at once, and a power cut a little later.
   */
  append(entry: AuditEntry, until?: 'synced' | 'written'): Promise<void>;
  /** The chain's end; undefined while nothing was written. */
  head(): Head | undefined;
  /** Writes what waits, gives the head to the log and ends the chain in order. */
  close(): Promise<void>;
}

export interface AuditOptions {
  /** STATE_DIR; the audit is its folder `audit`. */
  folder: string;
  /** The server's name, or `command`. */
  server: string;
  /** Tells this process from all others; made from time and chance when absent. */
  instance?: string;
  log: Log;
  now?: () => number;
  /** A file that reached so many bytes is followed by another. */
  fileLimit?: number;
  /** Told after every write: how many entries, how long in milliseconds, and whether they are on the disk. */
  observe?: (entries: number, ms: number, written: boolean) => void;
}

/** Opens one chain for this process. Nothing is written or checked before the first entry. */
export function openAudit(options: AuditOptions): Audit {
  return new Chain(options);
}

interface Waiting {
  sync: boolean;
  entry: AuditEntry & { time: string };
  resolve: () => void;
  reject: (fault: Fault) => void;
}

class Chain implements Audit {
  readonly #options: AuditOptions;
  readonly #chain: string;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #queue: Waiting[] = [];
  #pumping: Promise<void> | undefined;
  #file: AuditFile | undefined;
  #part = 0;
  /** Set while the newest file has no line yet. */
  #opening: ChainNotes | undefined;
  #seq = 0;
  #hash = GENESIS;
  #lost: AuditEntry[] = [];
  #lostCount = 0;
  #told = 0;
  #closed = false;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    const stamp = new Date(this.#now()).toISOString().replace(/\.\d+|[:-]/g, '');
    this.#chain = `${options.server}-${options.instance ?? `${stamp}-${randomBytes(3).toString('hex')}`}`;
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,120}$/.test(this.#chain)) throw new Fault('invalid_input', 'An audit chain cannot have this name.');
    this.#timer = setInterval(() => this.#tellHead(), HOUR).unref();
  }

  head(): Head | undefined {
    return this.#seq === 0 ? undefined : { chain: this.#chain, seq: this.#seq, hash: this.#hash };
  }

  append(entry: AuditEntry, until: 'synced' | 'written' = 'synced'): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed || this.#queue.length >= QUEUE) {
        reject(new StateFault(`The audit log is ${this.#closed ? 'closed' : 'too far behind'}, so nothing was changed.`));
        return;
      }
      const time = new Date(this.#now()).toISOString();
      this.#queue.push({ sync: until === 'synced', entry: { ...recordable(entry), time }, resolve, reject });
      this.#pumping ??= this.#pump();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#pumping;
    this.#tellHead();
    try {
      if (this.#seq > 0) await this.#list('closed');
    } catch (error) {
      this.#options.log.error('audit_failed', { err: error });
    }
    await this.#file?.close();
  }

  async #pump(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH);
      const start = performance.now();
      let fault: Fault | undefined;
      try {
        const sync = batch.some((one) => one.sync);
        await this.#commit(
          batch.map(({ entry }) => entry),
          sync,
        );
        if (!sync) this.#syncSoon();
      } catch (error) {
        fault = stateFault('The audit log cannot be written', error);
        this.#lostCount += batch.length;
        this.#lost = [...this.#lost, ...batch.map(({ entry }) => entry)].slice(0, LOST_SHOWN);
        this.#options.log.error('audit_failed', { count: batch.length, err: error });
      }
      this.#options.observe?.(batch.length, performance.now() - start, fault === undefined);
      for (const { resolve, reject } of batch) fault ? reject(fault) : resolve();
    }
    this.#pumping = undefined;
  }

  #syncSoon(): void {
    setTimeout(() => {
      this.#file?.sync().catch((error) => this.#options.log.error('audit_failed', { err: error }));
    }, SYNC_SOON_MS).unref();
  }

  async #commit(entries: readonly (AuditEntry & { time: string })[], sync: boolean): Promise<void> {
    const file = await this.#ready();
    const residue = await file.residue();
    const time = entries[0]?.time;
    const own = (kind: AuditEntry['kind'], notes: ChainNotes) => ({ kind, time, caller: this.#options.server, what: 'audit', ...notes });
    const gap = this.#lostCount > 0 || residue.length > 0;
    const records = [
      ...(gap ? [own('gap', this.#gap(residue, file.size))] : []),
      ...(this.#opening ? [own(this.#part === 0 ? 'opened' : 'carried', this.#opening)] : []),
      ...entries,
    ];
    let seq = this.#seq;
    let prev = this.#hash;
    const texts = records.map((record) => {
      const { text, hash } = seal({ seq: ++seq, ...record, prev });
      prev = hash;
      return text;
    });
    await file.append(Buffer.from((residue.length > 0 && residue.at(-1) !== 10 ? '\n' : '') + texts.join('')), sync);
    if (gap) this.#options.log.warn('audit_resumed', { count: this.#lostCount });
    this.#seq = seq;
    this.#hash = prev;
    this.#opening = undefined;
    this.#lost = [];
    this.#lostCount = 0;
  }

  /** The file to write to: the first, the present one, or after `fileLimit` bytes another. */
  async #ready(): Promise<AuditFile> {
    const folder = ownAuditFolder(this.#options.folder);
    const full = this.#file && this.#opening === undefined && this.#file.size >= (this.#options.fileLimit ?? FILE_LIMIT);
    if (full && (await this.#file?.residue())?.length === 0) {
      const before = this.#file;
      this.#file = await AuditFile.create(join(folder, fileOf(this.#chain, this.#part + 1)));
      this.#part++;
      this.#opening = {};
      await before?.close();
    }
    if (!this.#file) {
      this.#file = await AuditFile.create(join(folder, fileOf(this.#chain, 0)));
      this.#opening = {};
    }
    // A file is in the list before it has a line: one with lines that is not listed, or is listed and gone, was tampered with.
    if (this.#opening && this.#opening.listed === undefined) {
      const seen = this.#part === 0 ? unfinishedChains(folder, this.#options.server) : [];
      const noted = seen.length > 0 ? { seen } : {};
      this.#opening = { listed: await this.#list('file', noted), ...noted };
    }
    return this.#file;
  }

  #list(event: 'file' | 'closed', more: Pick<ChainNotes, 'seen'> = {}): Promise<string> {
    const time = new Date(this.#now()).toISOString();
    const file = basename(this.#file?.path ?? '');
    const folder = ownAuditFolder(this.#options.folder);
    return addToManifest(folder, { time, event, chain: this.#chain, file, seq: this.#seq, head: this.#hash, ...more });
  }

  #gap(residue: Buffer, from: number): ChainNotes {
    const entries = this.#lost.map(({ kind, caller, what, call, outcome }) => ({ kind, caller, what, call, outcome }));
    return {
      ...(this.#lostCount > 0 && { lost: { count: this.#lostCount, entries } }),
      ...(residue.length > 0 && { residue: { from, bytes: residue.length, sha256: sha256(residue) } }),
    };
  }

  #tellHead(): void {
    if (this.#seq === this.#told) return;
    this.#told = this.#seq;
    this.#options.log.info('audit_head', { chain: this.#chain, seq: this.#seq, hash: this.#hash });
  }
}
