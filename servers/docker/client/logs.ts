import { redact } from '@homelab/shared/redact/redact.ts';
import { z } from 'zod';
import type { CallOptions, Engine } from './engine.ts';
import { brokenAnswer } from './engine-faults.ts';
import { HostFault } from './host-fault.ts';
import { type LineReader, type LogLine, lineReader, NoFrames } from './log-lines.ts';
import { containerPath } from './names.ts';

/** Which part of a log. Moments are Dates or what `LogLine.at` gave. */
export interface LogAsk {
  /** Last lines that the engine sends; everything in the time window without it. */
  tail?: number;
  since?: Date | string;
  until?: Date | string;
  streams?: 'both' | 'stdout' | 'stderr';
  /** Which lines are kept; asked with the redacted text. */
  match?: (text: string) => boolean;
  /** Lines kept, the last ones; 1,000 unless told. */
  keep?: number;
  /** Bytes read at most before it stops; 64 MiB unless told. */
  scanBytes?: number;
}

/** What was found in a log, oldest first. Texts are redacted. */
export interface LogPart {
  lines: LogLine[];
  /** Lines that matched, kept or not. */
  matched: number;
  /** Lines that were looked at. */
  scanned: number;
  /** False where the scan stopped at its limit: later lines were not looked at. */
  complete: boolean;
  /** The log stopped inside a frame. */
  broken: boolean;
  tty: boolean;
}

const SCAN_BYTES = 64 * 1_048_576;
const KEEP = 1_000;
const Terminal = z.object({ Config: z.object({ Tty: z.boolean().nullish() }) });

/** Reads a part of a container's log; what it holds in memory is bounded whatever the log's size. */
export async function readLogs(engine: Engine, id: string, ask: LogAsk, call: CallOptions): Promise<LogPart> {
  const { keep = KEEP, scanBytes = SCAN_BYTES, match } = ask;
  const tty = await hasTerminal(engine, id, call);
  const reader = lineReader(tty);
  const kept: LogLine[] = [];
  let [matched, scanned, bytes, complete] = [0, 0, 0, true];
  const take = (lines: readonly LogLine[]) => {
    scanned += lines.length;
    for (const line of lines) {
      // Redacting is dear: first whether the line as it came can match at all, then whether it still does without its secrets.
      if (match && !match(line.text)) continue;
      const shown = match ? { ...line, text: redact(line.text) } : line;
      if (match && !match(shown.text)) continue;
      matched++;
      kept.push(shown);
      if (kept.length > 2 * keep) kept.splice(0, kept.length - keep);
    }
  };
  const controller = new AbortController();
  const signal = call.signal ? AbortSignal.any([call.signal, controller.signal]) : controller.signal;
  // The engine's stream has a deadline for its first byte only; a bounded part has one for all of it.
  const timer = setTimeout(() => controller.abort(), call.deadlineMs ?? 10_000);
  let late = false;
  try {
    for await (const chunk of engine.stream({ ...request(id, ask), ...call, signal })) {
      bytes += chunk.length;
      take(pushed(engine, reader, chunk));
      if (bytes >= scanBytes) {
        complete = false;
        break;
      }
    }
  } catch (error) {
    late = controller.signal.aborted && !call.signal?.aborted;
    // What was read before the time was up is an answer too, and says that it is not all.
    if (!late || scanned === 0)
      throw late ? new HostFault(engine.host, 'timeout', `${engine.host} sent no log line in time.`, { cause: error }) : error;
    complete = false;
  } finally {
    clearTimeout(timer);
  }
  const { lines: rest, broken } = reader.end();
  if (complete) take(rest);
  return { lines: redactedLines(kept.slice(-keep), match !== undefined), matched, scanned, complete, broken: complete && broken, tty };
}

/** Lines as they come, from now on or from `since`; ends with the signal, or when the container ends. */
export async function* followLogs(
  engine: Engine,
  id: string,
  ask: Omit<LogAsk, 'until' | 'keep' | 'scanBytes'>,
  call: CallOptions,
): AsyncGenerator<LogLine> {
  const reader = lineReader(await hasTerminal(engine, id, call));
  const { match = () => true } = ask;
  const shown = (lines: readonly LogLine[]) => redactedLines(lines, false).filter(({ text }) => match(text));
  const { query, ...rest } = request(id, { tail: 0, ...ask });
  for await (const chunk of engine.stream({ ...rest, query: { ...query, follow: 1 }, ...call }))
    yield* shown(pushed(engine, reader, chunk));
  yield* shown(reader.end().lines);
}

async function hasTerminal(engine: Engine, id: string, call: CallOptions): Promise<boolean> {
  const { Config } = await engine.json(Terminal, { path: `${containerPath(id)}/json`, subject: `container ${id}`, ...call });
  return Config.Tty ?? false;
}

function request(id: string, { tail, since, until, streams = 'both' }: LogAsk) {
  return {
    path: `${containerPath(id)}/logs`,
    subject: `container ${id}`,
    query: {
      stdout: streams === 'stderr' ? undefined : 1,
      stderr: streams === 'stdout' ? undefined : 1,
      timestamps: 1,
      tail: tail ?? 'all',
      since: since && unixTime(since),
      until: until && unixTime(until),
    },
  };
}

/** Seconds with all nine digits after the point that RFC 3339 has and a Date would lose. */
export function unixTime(moment: Date | string): string {
  const date = new Date(moment);
  const fraction = typeof moment === 'string' ? /\.(\d{1,9})/.exec(moment)?.[1] : undefined;
  return `${Math.floor(date.getTime() / 1_000)}.${(fraction ?? String(date.getTime() % 1_000).padStart(3, '0')).padEnd(9, '0')}`;
}

function pushed(engine: Engine, reader: LineReader, chunk: Buffer): LogLine[] {
  try {
    return reader.push(chunk);
  } catch (error) {
    if (error instanceof NoFrames) throw brokenAnswer(engine.host, 'something that is no log', error);
    throw error;
  }
}

/** Redacts as one text, so that a secret over several lines (a key block) is seen whole. */
function redactedLines(lines: readonly LogLine[], done: boolean): LogLine[] {
  if (done) return [...lines];
  const texts = redact(lines.map(({ text }) => text.replaceAll('\n', ' ')).join('\n')).split('\n');
  return lines.map((line, index) => ({ ...line, text: texts[index] ?? '' }));
}
