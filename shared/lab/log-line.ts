import type { Labels } from './series.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error' | 'critical';

/** One line of a log. */
export interface LogLine {
  /** Milliseconds. */
  time: number;
  host: string;
  /** Its service in the inventory; absent for the machine's own journal. */
  service?: string;
  container?: string;
  /** Part of a machine's journal, such as `sshd` or `kernel`. */
  unit?: string;
  stream: 'stdout' | 'stderr';
  level: Level;
  line: string;
}

/** What the lines of one source share. */
export type LogSource = Pick<LogLine, 'host' | 'service' | 'container' | 'unit'>;

/** Labels under which Alloy stores a source. */
export function logLabels(source: LogSource): Labels {
  return { host: source.host, ...(source.container ? { container: source.container } : {}), ...(source.unit ? { unit: source.unit } : {}) };
}

/** A line before it has its source. */
export interface Draft {
  time: number;
  level: Level;
  line: string;
  stream?: 'stdout' | 'stderr';
}

/** Writes the lines of one source in `[from, to)`, in any order; the same lines for the same instants, whichever span asks. */
export type Writer = (from: number, to: number) => Draft[];
