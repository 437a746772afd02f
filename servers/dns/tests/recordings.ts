import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Shape, shapeOf } from './shape.ts';

/** One recorded pair. */
export interface Recording {
  name: string;
  note?: string;
  request: { method: string; path: string; query?: string | Record<string, string>; body?: unknown };
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** The trimmed recordings that stand in the project. */
export function fixtures(): Recording[] {
  const all = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'recordings.json'), 'utf8')) as Record<
    string,
    Omit<Recording, 'name'>
  >;
  return Object.entries(all).map(([name, one]) => ({ name, ...one }));
}

/** The whole recordings, where RECORDINGS_DIR names their folder. */
export function fullRecordings(): Recording[] | undefined {
  const folder = join(process.env.RECORDINGS_DIR ?? '', 'pihole-6.4.1');
  if (!process.env.RECORDINGS_DIR || !existsSync(folder)) return undefined;
  return readdirSync(folder).map((file) => ({
    name: file.replace(/\.json$/, ''),
    ...JSON.parse(readFileSync(join(folder, file), 'utf8')),
  }));
}

/** Route and status without values: what recordings of one kind have in common. */
export function routeOf({ request, status }: Recording): string {
  const parts = request.path.split('?')[0]?.split('/') ?? [];
  const fixed = parts[1] === 'domains' ? parts.slice(0, 2) : parts[1] === 'search' ? parts.slice(0, 2) : parts.slice(0, 3);
  return `${fixed.join('/').replace(/^(\/(?:lists|clients|groups))\/.*/, '$1')} ${status >= 400 ? status : 'ok'}`;
}

/** Everything seen per route. */
export function knownShapes(recordings: readonly Recording[]): Map<string, Shape> {
  const known = new Map<string, Shape>();
  for (const one of recordings) {
    const route = routeOf(one);
    const shape = known.get(route) ?? new Map();
    shapeOf(one.body, '$', shape);
    known.set(route, shape);
  }
  return known;
}
