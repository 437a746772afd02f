import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log/logger.ts';
import { EVENT_TYPES, type EventLine, type EventType, NODE } from './event-line.ts';
import { shownLine } from './shown-text.ts';

const DAY_MS = 86_400_000;
const SHORT = 120;
const DETAIL = 500;
const KEPT_DAYS = 30;

/** Something that happened on a node; texts are redacted, put on one line and cut. */
export interface HappenedEvent {
  type: EventType;
  node: string;
  service?: string | undefined;
  action?: string | undefined;
  detail?: string | undefined;
}

/** The lab's diary, for people and for diagnosis. It proves nothing, that is what the audit is for. */
export interface Events {
  /** Writes one line at once. It never throws: an event that could not be written is told in the log. */
  emit(event: HappenedEvent): void;
  /** Removes days that are older than are kept. Also done by the first event of a day. */
  prune(): void;
}

export interface EventsOptions {
  /** STATE_DIR; events are in its folder `events`. */
  folder: string;
  /** The server that writes, told in every line. */
  server: string;
  log: Log;
  /** Days that are kept, 30 when absent. */
  days?: number;
  now?: () => number;
}

export const eventsFolder = (state: string): string => join(state, 'events');

/** Names of the day folders, oldest first. */
export function eventDays(state: string): string[] {
  const root = eventsFolder(state);
  return existsSync(root)
    ? readdirSync(root)
        .filter((name) => /^\d{4}-\d\d-\d\d$/.test(name))
        .sort()
    : [];
}

/** The events of one state folder; every process and node on it may write. */
export function openEvents({ folder, server, log, days = KEPT_DAYS, now = Date.now }: EventsOptions): Events {
  let today = '';
  // A line that was cut off by a full disk must not swallow the next one.
  let unfinished = '';
  const prune = (): void => {
    const oldest = dayOf(now() - days * DAY_MS);
    for (const day of eventDays(folder).filter((one) => one < oldest)) {
      try {
        rmSync(join(eventsFolder(folder), day), { recursive: true, force: true });
      } catch (error) {
        log.warn('events_not_pruned', { err: error });
      }
    }
  };
  const emit = (event: HappenedEvent): void => {
    const { type, node } = event;
    if (!NODE.test(node) || !EVENT_TYPES.includes(type)) {
      log.error('event_lost', { code: 'invalid_input', detail: 'the name of its node or its type is none' });
      return;
    }
    const at = now();
    const path = join(eventsFolder(folder), dayOf(at), node, 'events.jsonl');
    const line: EventLine = { time: new Date(at).toISOString(), type, node, ...texts(event), server };
    const bytes = Buffer.from(`${path === unfinished ? '\n' : ''}${JSON.stringify(line)}\n`);
    try {
      mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
      const handle = openSync(path, 'a', 0o600);
      try {
        // One write, so that lines of several processes never mix.
        const written = writeSync(handle, bytes);
        unfinished = written < bytes.length ? path : '';
        if (written < bytes.length) log.error('event_lost', { code: 'ENOSPC', detail: type });
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      log.error('event_lost', { detail: type, err: error });
    }
    if (today !== dayOf(at)) {
      today = dayOf(at);
      prune();
    }
  };
  return { emit, prune };
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function texts({ service, action, detail }: HappenedEvent): Partial<EventLine> {
  return {
    ...(service !== undefined && { service: shownLine(service, SHORT) }),
    ...(action !== undefined && { action: action.slice(0, SHORT) }),
    ...(detail !== undefined && { detail: shownLine(detail, DETAIL) }),
  };
}
