import type { DockerEvent } from './events.ts';

/** One end of a container, as its events tell it. */
export interface Death {
  at: Date;
  exitCode?: number;
  /** The kernel killed it for memory. */
  oom: boolean;
  /** Somebody asked for it: a stop, restart or kill through the engine. */
  asked: boolean;
}

const BEFORE_MS = 5_000;
const AFTER_MS = 15_000;

/** The ends in a list of events of one container, oldest first. */
export function deathsIn(events: readonly DockerEvent[]): Death[] {
  const near = ({ at }: DockerEvent, words: RegExp): boolean =>
    events.some(
      (one) => words.test(one.action) && one.at.getTime() >= at.getTime() - BEFORE_MS && one.at.getTime() <= at.getTime() + AFTER_MS,
    );
  return events
    .filter(({ action }) => action === 'die')
    .map((event) => ({
      at: event.at,
      ...(event.exitCode === undefined ? {} : { exitCode: event.exitCode }),
      oom: events.some(({ action, at }) => action === 'oom' && Math.abs(at.getTime() - event.at.getTime()) <= BEFORE_MS),
      asked: near(event, /^(?:stop|restart|kill)$/),
    }));
}
