import { plain } from '@homelab/shared/render/plain.ts';
import type { DockerEvent } from '../client/events.ts';

/** What happened to one thing, counted. */
export interface Happening {
  host: string;
  kind: string;
  name: string;
  /** `die(137) x7`, in the order in which they came first. */
  actions: string[];
  first: Date;
  last: Date;
  trouble: boolean;
}

const HEALTH_RUN = /^exec_(?:create|start|die)\b/;

/** Events by what they happened to, those with trouble first, then the latest; runs of health checks are counted apart. */
export function foldEvents(events: readonly DockerEvent[]): { happenings: Happening[]; healthRuns: number } {
  const told = events.filter(({ action }) => !HEALTH_RUN.test(action));
  const groups = new Map<string, { of: DockerEvent; counts: Map<string, number>; first: Date; last: Date }>();
  for (const event of told) {
    const key = `${event.host} ${event.kind} ${event.name ?? event.id}`;
    const group = groups.get(key) ?? { of: event, counts: new Map(), first: event.at, last: event.at };
    const action = actionOf(event);
    group.counts.set(action, (group.counts.get(action) ?? 0) + 1);
    group.last = event.at;
    groups.set(key, group);
  }
  const happenings = [...groups.values()].map(({ of, counts, first, last }) => ({
    host: of.host,
    kind: of.kind,
    name: plain((of.name ?? of.id).replace(/^sha256:/, '').replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1'), 80),
    actions: [...counts].map(([action, count]) => (count > 1 ? `${action} x${count}` : action)),
    first,
    last,
    trouble: [...counts.keys()].some((action) => /^(?:oom|health_status: unhealthy|die\((?!0\)|143\)))/.test(action)),
  }));
  return {
    happenings: happenings.sort((a, b) => Number(b.trouble) - Number(a.trouble) || b.last.getTime() - a.last.getTime()),
    healthRuns: events.length - told.length,
  };
}

function actionOf({ action, exitCode }: DockerEvent): string {
  const word = plain(action, 60);
  return action === 'die' && exitCode !== undefined ? `die(${exitCode})` : word;
}
