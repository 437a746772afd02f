import { open } from 'node:fs/promises';

const CHUNK = 64 * 1024;

/** The lines of a file from its last to its first, without their newlines; an unfinished last line comes too. A missing file has none. */
export async function* linesBackward(path: string): AsyncGenerator<string> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return;
  try {
    let at = (await handle.stat()).size;
    // What stands before the first newline of the chunks read so far, newest chunk last.
    let rest: Buffer[] = [];
    while (at > 0) {
      const length = Math.min(CHUNK, at);
      at -= length;
      const chunk = Buffer.alloc(length);
      await handle.read(chunk, 0, length, at);
      let end = length;
      for (let newline = chunk.lastIndexOf(10, end - 1); newline !== -1 && end > 0; newline = chunk.lastIndexOf(10, end - 1)) {
        const line = Buffer.concat([chunk.subarray(newline + 1, end), ...rest]);
        rest = [];
        end = newline;
        if (line.length > 0) yield line.toString('utf8');
        if (end === 0) break;
      }
      rest = [chunk.subarray(0, end), ...rest];
    }
    const first = Buffer.concat(rest);
    if (first.length > 0) yield first.toString('utf8');
  } finally {
    await handle.close();
  }
}
