import type { LogLine } from '../../../shared/lab/log-line.ts';
import { stamp } from './container-json.ts';
import type { Simulated, SimulatedEngine } from './simulated-engine.ts';

/** Which lines `GET /containers/{id}/logs` was asked for; times in milliseconds. */
export interface LogAsk {
  stdout: boolean;
  stderr: boolean;
  since: number;
  until: number;
  /** Lines from the end; all where it is undefined. */
  tail?: number;
  timestamps: boolean;
}

/** The lines of a container since it was made, as the frames of Docker's multiplexed stream. */
export function* logFrames(engine: SimulatedEngine, { fact, life }: Simulated, ask: LogAsk): Generator<Buffer> {
  const ended = life.state === 'exited' ? (life.finishedAt ?? engine.now()) : engine.now();
  const [from, to] = [Math.max(ask.since, fact.created), Math.min(ask.until, ended)];
  const source = { host: fact.host, container: fact.name };
  const wanted = ({ stream }: LogLine): boolean => ask[stream];
  if (ask.tail === undefined) {
    for (const line of engine.lab.lines(from, to, source)) if (wanted(line)) yield frame(line, ask.timestamps);
    return;
  }
  const last: LogLine[] = [];
  if (ask.tail > 0)
    for (const line of engine.lab.lines(from, to, source, 'newest')) {
      if (wanted(line)) last.push(line);
      if (last.length >= ask.tail) break;
    }
  for (const line of last.reverse()) yield frame(line, ask.timestamps);
}

/** Eight bytes of head, of which the first names the stream and the last four the length, and the line. */
function frame({ stream, time, line }: LogLine, timestamps: boolean): Buffer {
  const text = Buffer.from(`${timestamps ? `${stamp(time)} ` : ''}${line}\n`);
  const head = Buffer.alloc(8);
  head[0] = stream === 'stderr' ? 2 : 1;
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
}
