/** One line of a container's output. `tty` where the container has a terminal, which mixes both streams. */
export interface LogLine {
  stream: 'stdout' | 'stderr' | 'tty';
  /** RFC 3339 with nanoseconds, as the engine writes it: usable as the next call's `since`. */
  at?: string;
  /** Without its line end; cut at 16 KiB. */
  text: string;
  cut?: true;
}

/** Makes lines of the bytes of a log, whatever their cuts; `end` gives what is left. */
export interface LineReader {
  push(chunk: Buffer): LogLine[];
  /** The unfinished last lines. `broken` when the stream stopped inside a frame. */
  end(): { lines: LogLine[]; broken: boolean };
}

const LONGEST = 16_384;
const LARGEST_FRAME = 16 * 1_048_576;
const HEADER = 8;

/** The bytes were no log of an engine. */
export class NoFrames extends Error {}

/**
 * Reads a log as `Config.Tty` says it is: raw with a terminal, else frames of one byte for the stream, three zeros, a 32-bit length and
 * the payload. The answer's Content-Type says the wrong one on several engines.
 */
export function lineReader(tty: boolean): LineReader {
  const lines = { stdout: joiner('stdout'), stderr: joiner('stderr'), tty: joiner('tty') };
  if (tty) return { push: (chunk) => lines.tty.push(chunk), end: () => ({ lines: lines.tty.end(), broken: false }) };
  const header = Buffer.alloc(HEADER);
  let headerBytes = 0;
  let left = 0;
  let into = lines.stdout;
  return {
    push(chunk) {
      const found: LogLine[] = [];
      for (let at = 0; at < chunk.length; ) {
        if (left === 0) {
          const part = chunk.subarray(at, at + HEADER - headerBytes);
          part.copy(header, headerBytes);
          headerBytes += part.length;
          at += part.length;
          if (headerBytes < HEADER) break;
          headerBytes = 0;
          left = header.readUInt32BE(4);
          // SECURITY: bytes that are no frames would be read as lengths of gigabytes.
          if ((header[0] as number) > 2 || header[1] !== 0 || header[2] !== 0 || header[3] !== 0 || left > LARGEST_FRAME)
            throw new NoFrames();
          into = header[0] === 2 ? lines.stderr : lines.stdout;
        } else {
          const part = chunk.subarray(at, at + left);
          found.push(...into.push(part));
          left -= part.length;
          at += part.length;
        }
      }
      return found;
    },
    end: () => ({ lines: [...lines.stdout.end(), ...lines.stderr.end()], broken: left > 0 || headerBytes > 0 }),
  };
}

function joiner(stream: LogLine['stream']): { push(chunk: Buffer): LogLine[]; end(): LogLine[] } {
  let rest: Buffer[] = [];
  let size = 0;
  const line = (last: Buffer | undefined): LogLine => {
    const all = rest.length === 0 && last ? last : Buffer.concat(last ? [...rest, last] : rest);
    const cut = size + (last?.length ?? 0) > LONGEST;
    rest = [];
    size = 0;
    return lineOf(stream, all.subarray(0, LONGEST), cut);
  };
  return {
    push(chunk) {
      const found: LogLine[] = [];
      let at = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, at)) {
        found.push(line(chunk.subarray(at, end)));
        at = end + 1;
      }
      const tail = chunk.subarray(at);
      // What is over the longest line is counted and not kept.
      if (tail.length > 0 && size < LONGEST) rest.push(Buffer.from(tail.subarray(0, LONGEST - size)));
      size += tail.length;
      return found;
    },
    end: () => (size === 0 ? [] : [line(undefined)]),
  };
}

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/;

function lineOf(stream: LogLine['stream'], bytes: Buffer, cut: boolean): LogLine {
  const text = bytes.toString('utf8').replace(/\r+$/, '');
  const at = STAMP.exec(text);
  return { stream, ...(at && { at: at[1] as string }), text: at ? text.slice(at[0].length) : text, ...(cut && { cut: true as const }) };
}
