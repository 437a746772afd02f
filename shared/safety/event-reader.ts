import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventLine, type EventType, NODE } from './event-line.ts';
import { eventDays, eventsFolder } from './events.ts';
import { linesBackward } from './lines-backward.ts';
import { shownLine } from './shown-text.ts';

const DAY_MS = 86_400_000;
const TEXT = 500;

/** Which events to read; times in milliseconds since 1970. */
export interface EventQuery {
  types?: readonly EventType[] | undefined;
  node?: string | undefined;
  service?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
  /** Events at most, 100 when absent. */
  limit?: number | undefined;
  /** Lines and bytes looked at, at most; 50,000 and 16 MiB when absent. */
  mostLines?: number | undefined;
  mostBytes?: number | undefined;
}

export interface EventReading {
  /** Newest first. */
  events: EventLine[];
  /** Why there may be more that match: the limit was reached, or as much was read as may be. */
  cut: 'limit' | 'size' | undefined;
  /** With `size`: days that were not, or not wholly, looked into, newest first. */
  unread: string[];
  /** Lines looked at. */
  lines: number;
  /** Lines that are no event. */
  unreadable: number;
  /** The oldest and newest day there is; undefined where nothing was ever written. */
  days: { first: string; last: string } | undefined;
}

/** The newest events that match, from the newest day back. What other programs wrote is read with the same care as foreign text. */
export async function readEvents(state: string, query: EventQuery = {}): Promise<EventReading> {
  const {
    since = Number.NEGATIVE_INFINITY,
    until = Number.POSITIVE_INFINITY,
    limit = 100,
    mostLines = 50_000,
    mostBytes = 16 * 1024 * 1024,
  } = query;
  const all = eventDays(state);
  // A day more on both sides: a line's own clock may differ from the clock that chose its folder.
  const days = all.filter((day) => Date.parse(day) + 2 * DAY_MS > since && Date.parse(day) - DAY_MS < until).reverse();
  const [first, last] = [all[0], all.at(-1)];
  const reading: EventReading = {
    events: [],
    cut: undefined,
    unread: [],
    lines: 0,
    unreadable: 0,
    days: first && last ? { first, last } : undefined,
  };
  let bytes = 0;
  for (const [index, day] of days.entries()) {
    const found: EventLine[] = [];
    for (const node of nodesOf(state, day, query.node)) {
      let of = 0;
      for await (const text of linesBackward(join(eventsFolder(state), day, node, 'events.jsonl'))) {
        bytes += Buffer.byteLength(text);
        if (++reading.lines > mostLines || bytes > mostBytes) {
          reading.events = newest([...reading.events, ...found], limit);
          return { ...reading, cut: 'size', lines: reading.lines - 1, unread: days.slice(index) };
        }
        const event = parse(text);
        if (!event) reading.unreadable++;
        else if (matches(event, query, since, until)) found.push(event);
        // Lines of one node are in order, so no older one of it can be among the newest.
        if (event && found.at(-1) === event && ++of > limit) break;
      }
    }
    reading.events = [...reading.events, ...found];
    if (reading.events.length > limit) return { ...reading, events: newest(reading.events, limit), cut: 'limit' };
  }
  return { ...reading, events: newest(reading.events, limit) };
}

function nodesOf(state: string, day: string, node: string | undefined): string[] {
  const names = readdirSync(join(eventsFolder(state), day), { withFileTypes: true });
  return names.flatMap((one) => (one.isDirectory() && NODE.test(one.name) && (node === undefined || one.name === node) ? one.name : []));
}

function parse(text: string): EventLine | undefined {
  try {
    const { service, server, action, detail, ...rest } = EventLine.parse(JSON.parse(text));
    const clean = Object.entries({ service, server, action, detail }).filter(([, value]) => value !== undefined);
    return { ...rest, ...Object.fromEntries(clean.map(([name, value]) => [name, shownLine(value ?? '', TEXT)])) };
  } catch {
    return undefined;
  }
}

function matches(event: EventLine, { types, service }: EventQuery, since: number, until: number): boolean {
  const at = Date.parse(event.time);
  return (
    at >= since &&
    at <= until &&
    (types === undefined || types.includes(event.type)) &&
    (service === undefined || event.service === service)
  );
}

const newest = (events: EventLine[], limit: number): EventLine[] =>
  events.sort((one, other) => Date.parse(other.time) - Date.parse(one.time)).slice(0, limit);
