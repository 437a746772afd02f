import { pino } from 'pino';
import { allowed, type Fields } from './fields.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes one JSON line per event; an event is a constant of ours, what varies is in declared fields. Never throws. */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  /** A log whose lines all carry `fields`. */
  child(fields: Fields): Log;
}

export interface LogOptions {
  /** The server's name. */
  name: string;
  level?: LogLevel;
  /** Where lines go; stderr when absent, because stdout belongs to the people who start the suite. */
  destination?: { write(line: string): unknown };
}

/** A log for one server. Lines are written synchronously, so none is lost when the process ends. */
export function logger({ name, level = 'info', destination }: LogOptions): Log {
  return wrap(
    pino(
      {
        level,
        base: { server: name },
        messageKey: 'event',
        timestamp: pino.stdTimeFunctions.isoTime,
        // pino would serialise the error again, and lose its code.
        serializers: { err: (done) => done },
        formatters: { level: (label) => ({ severity: label }) },
      },
      destination ?? pino.destination({ dest: 2, sync: true }),
    ),
  );
}

/** A log that writes nothing, for tests and commands. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

function wrap(to: pino.Logger): Log {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: Fields = {}) => {
      if (to.isLevelEnabled(level)) to[level](allowed(fields), event);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(to.child(allowed(fields))),
  };
}
