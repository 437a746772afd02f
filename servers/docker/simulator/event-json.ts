import { hexOf } from '../../../shared/lab/random.ts';
import type { EngineEvent, SimulatedEngine } from './simulated-engine.ts';

/** One line of `GET /events`. */
export function eventJson(engine: SimulatedEngine, { at, action, id, name, image, exitCode }: EngineEvent): Record<string, unknown> {
  const project = engine.lab.containers(engine.machine.name).find((fact) => fact.name === name)?.project;
  return {
    status: action,
    id,
    from: image,
    Type: 'container',
    Action: action,
    Actor: {
      ID: id,
      Attributes: {
        image,
        name,
        ...(exitCode === undefined ? {} : { exitCode: String(exitCode) }),
        ...(project ? { 'com.docker.compose.project': project, 'com.docker.compose.service': name } : {}),
        execID: hexOf(`${id} ${at}`, 8),
      },
    },
    scope: 'local',
    time: Math.floor(at / 1_000),
    timeNano: at * 1_000_000,
  };
}

type Filters = Readonly<Record<string, readonly string[]>>;

/** `filters` as Docker takes it: lists of words, or maps of word to true. */
export function filtersOf(text: string | null): Filters {
  const parsed = JSON.parse(text || '{}') as Record<string, string[] | Record<string, boolean>>;
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, Array.isArray(value) ? value : Object.keys(value)]));
}

/** Whether `GET /events` with these filters tells of this. */
export function isAskedFor({ type, event, container }: Filters, { action, id, name }: EngineEvent): boolean {
  if (type && !type.includes('container')) return false;
  // Docker takes `health_status` for all that begin so.
  if (event && !event.some((word) => action === word || action.startsWith(`${word}:`))) return false;
  return !container || container.some((key) => key === name || id.startsWith(key));
}
