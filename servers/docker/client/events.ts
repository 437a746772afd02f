import { redactEntry } from '@homelab/shared/redact/redact.ts';
import { z } from 'zod';
import type { CallOptions, Engine } from './engine.ts';
import { unixTime } from './logs.ts';

/** Something that happened to a container, image, volume or network. */
export interface DockerEvent {
  at: Date;
  host: string;
  /** `container`, `image`, `volume`, `network`, `daemon` ... */
  kind: string;
  /** `die`, `oom`, `start`, `health_status: unhealthy`, `exec_create: /bin/sh ...` */
  action: string;
  id: string;
  name?: string;
  project?: string;
  service?: string;
  exitCode?: number;
  /** Everything else the engine told, redacted. */
  attributes: Record<string, string>;
}

export interface EventAsk {
  since: Date;
  /** Now unless told. */
  until?: Date;
  kinds?: readonly string[];
  container?: string;
  /** Events kept, the last ones; 5,000 unless told. */
  keep?: number;
}

export interface EventsFound {
  events: DockerEvent[];
  /** All that came, kept or not. Engines remember the last 256 of their own run only, some more. */
  total: number;
}

const Event = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string().catch(''), Attributes: z.record(z.string(), z.string()).nullish() }),
  time: z.number().catch(0),
  timeNano: z.number().optional(),
});

const LONGEST = 1_048_576;

/** What happened between two moments, oldest first. */
export async function readEvents(
  engine: Engine,
  { since, until = new Date(), kinds, container, keep = 5_000 }: EventAsk,
  call: CallOptions,
): Promise<EventsFound> {
  const filters = { ...(kinds && { type: kinds }), ...(container && { container: [container] }) };
  const query = { since: unixTime(since), until: unixTime(until), ...(Object.keys(filters).length > 0 && { filters }) };
  const events: DockerEvent[] = [];
  let [total, rest] = [0, ''];
  for await (const chunk of engine.stream({ path: '/events', query, ...call })) {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(-LONGEST);
    for (const line of lines) {
      const event = eventOf(engine.host, line);
      if (!event) continue;
      total++;
      events.push(event);
      if (events.length > 2 * keep) events.splice(0, events.length - keep);
    }
  }
  return { events: events.slice(-keep), total };
}

function eventOf(host: string, line: string): DockerEvent | undefined {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = Event.safeParse(data);
  if (!parsed.success) return undefined;
  const { Type, Action, Actor, time, timeNano } = parsed.data;
  const all = Actor.Attributes ?? {};
  const [project, service] = [all['com.docker.compose.project'], all['com.docker.compose.service']];
  return {
    at: new Date(timeNano ? timeNano / 1e6 : time * 1_000),
    host,
    kind: Type,
    action: redactEntry('command', Action),
    id: Actor.ID,
    ...(all.name && { name: all.name }),
    ...(project && { project }),
    ...(service && { service }),
    ...(/^-?\d+$/.test(all.exitCode ?? '') && { exitCode: Number(all.exitCode) }),
    attributes: Object.fromEntries(Object.entries(all).map(([name, value]) => [name, redactEntry(name, value)])),
  };
}
