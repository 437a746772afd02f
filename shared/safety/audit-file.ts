import { constants, fstatSync, rmSync, statSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StateFault } from './state-fault.ts';

const { O_APPEND, O_CREAT, O_EXCL, O_RDWR } = constants;

const SMALL = 16 * 1024;

/** One file that only grows. It knows how far it is acknowledged, and refuses to go on when anybody else touched it. */
export class AuditFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #acknowledged = 0;
  #failed = false;
  #synced = true;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Makes the file, 0600; fails with EEXIST where one stands. */
  static async create(path: string): Promise<AuditFile> {
    const handle = await open(path, O_APPEND | O_CREAT | O_EXCL | O_RDWR, 0o600);
    try {
      await syncFolder(dirname(path));
    } catch (error) {
      await handle.close();
      rmSync(path, { force: true });
      throw error;
    }
    return new AuditFile(path, handle);
  }

  /** Bytes that were written whole. */
  get size(): number {
    return this.#acknowledged;
  }

  /** What a failed write left behind the acknowledged bytes; empty when nothing failed. */
  async residue(): Promise<Buffer> {
    if (!this.#failed) return Buffer.alloc(0);
    const { size } = await this.#handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - this.#acknowledged));
    await this.#handle.read(bytes, 0, bytes.length, this.#acknowledged);
    return bytes;
  }

  /** Resolves when `data` is written, with `sync` when it is on the disk. After a failure the next data says what came between. */
  async append(data: Buffer, sync: boolean): Promise<void> {
    const before = this.#untouched();
    try {
      let written = 0;
      // What is small goes to the system's memory at once; handing it to another thread would take longer.
      while (written < data.length) {
        written +=
          data.length <= SMALL ? writeSync(this.#handle.fd, data, written) : (await this.#handle.write(data, written)).bytesWritten;
      }
      this.#synced = false;
      if (sync) await this.sync();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
    this.#failed = false;
    this.#acknowledged = before + data.length;
  }

  /** Resolves when all that was written is on the disk. */
  async sync(): Promise<void> {
    if (this.#synced) return;
    this.#synced = true;
    try {
      await this.#handle.datasync();
    } catch (error) {
      this.#synced = false;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.sync();
    await this.#handle.close();
  }

  /** The size before a write. SECURITY: a file that was replaced, cut or written by others is not added to, or its new end would cover the change. */
  #untouched(): number {
    const own = fstatSync(this.#handle.fd);
    const there = statSync(this.path, { throwIfNoEntry: false });
    if (!there || there.ino !== own.ino || there.dev !== own.dev) throw this.#tampered('was removed or replaced');
    if (own.size < this.#acknowledged) throw this.#tampered('was cut');
    if (own.size > this.#acknowledged && !this.#failed) throw this.#tampered('was written by another program');
    return own.size;
  }

  #tampered(how: string): StateFault {
    return new StateFault(`The audit file ${basename(this.path)} ${how} while this server used it, so nothing was changed.`, {
      hint: 'Look with `npm run audit -- verify`; a restart of the server begins another file.',
    });
  }
}

/** Makes new names in a folder last over a power cut, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
