import type { ServerResponse } from 'node:http';
import { inspectJson, listJson } from './container-json.ts';
import { EngineError } from './engine-error.ts';
import { infoJson, versionJson } from './engine-identity.ts';
import { eventJson, filtersOf, isAskedFor } from './event-json.ts';
import { type LogAsk, logFrames } from './log-stream.ts';
import type { EngineEvent, SimulatedEngine } from './simulated-engine.ts';
import { statsJson } from './stats-json.ts';
import { diskJson, imageDetailsJson, imageJson, networksJson, volumeJson, volumesOf } from './storage-json.ts';

/** What an answer is made of: JSON, nothing, or bytes as they come. */
export type Answer =
  | { status?: number; json?: unknown }
  | { bytes: Iterable<Buffer>; type: string }
  | { follow: (response: ServerResponse) => void };

/** One request, its path without the version. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
}

type Route = (engine: SimulatedEngine, key: string, query: URLSearchParams) => Answer;

const NONE: Answer = { status: 204 };
const changed = (did: boolean): Answer => (did ? NONE : { status: 304 });
const done = (_nothing: unknown): Answer => NONE;

const ROUTES: readonly [method: string, path: RegExp, route: Route][] = [
  ['GET', /^\/version$/, (engine) => ({ json: versionJson(engine) })],
  ['GET', /^\/info$/, (engine) => ({ json: infoJson(engine) })],
  ['GET', /^\/containers\/json$/, listContainers],
  ['GET', /^\/containers\/([^/]+)\/json$/, (engine, key) => ({ json: inspectJson(engine.find(key), engine.now()) })],
  ['GET', /^\/containers\/([^/]+)\/logs$/, logs],
  [
    'GET',
    /^\/containers\/([^/]+)\/stats$/,
    (engine, key, query) => ({ json: statsJson(engine, engine.find(key), isTrue(query.get('one-shot'))) }),
  ],
  ['GET', /^\/containers\/([^/]+)\/top$/, top],
  ['GET', /^\/events$/, events],
  ['GET', /^\/images\/json$/, (engine) => ({ json: engine.images().map((image) => imageJson(image, engine)) })],
  ['GET', /^\/images\/(.+)\/json$/, (engine, key) => ({ json: imageDetailsJson(imageOf(engine, key), engine) })],
  ['GET', /^\/volumes$/, (engine) => ({ json: { Volumes: volumesOf(engine).map((one) => volumeJson(one, engine)), Warnings: null } })],
  ['GET', /^\/networks$/, (engine) => ({ json: networksJson(engine) })],
  ['GET', /^\/networks\/([^/]+)$/, network],
  ['GET', /^\/system\/df$/, (engine) => ({ json: diskJson(engine) })],
  ['POST', /^\/containers\/([^/]+)\/start$/, (engine, key) => changed(engine.start(key))],
  ['POST', /^\/containers\/([^/]+)\/stop$/, (engine, key) => changed(engine.stop(key))],
  ['POST', /^\/containers\/([^/]+)\/restart$/, (engine, key) => done(engine.restart(key))],
  ['POST', /^\/containers\/([^/]+)\/kill$/, (engine, key) => done(engine.kill(key))],
  ['POST', /^\/containers\/([^/]+)\/pause$/, (engine, key) => done(engine.pause(key))],
  ['POST', /^\/containers\/([^/]+)\/unpause$/, (engine, key) => done(engine.unpause(key))],
  ['DELETE', /^\/containers\/([^/]+)$/, (engine, key, query) => done(engine.remove(key, isTrue(query.get('force'))))],
  ['DELETE', /^\/images\/(.+)$/, removeImage],
  ['POST', /^\/containers\/prune$/, pruneContainers],
];

/** Answers a request as the engine would; throws an EngineError for what it refuses. */
export function answer(engine: SimulatedEngine, { method, path, query }: Asked): Answer {
  for (const [wanted, pattern, route] of ROUTES) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match) return route(engine, decodeURIComponent(match[1] ?? ''), query);
  }
  throw new EngineError(404, 'page not found');
}

const isTrue = (value: string | null): boolean => value !== null && !['', '0', 'no', 'false', 'none'].includes(value.toLowerCase());

function listContainers(engine: SimulatedEngine, _: string, query: URLSearchParams): Answer {
  const { label = [], name, id, status } = filtersOf(query.get('filters'));
  const now = engine.now();
  const json = engine
    .containers()
    .filter(({ life }) => isTrue(query.get('all')) || status !== undefined || life.state !== 'exited')
    .filter(
      ({ fact, life }) =>
        (!name || name.some((part) => fact.name.includes(part))) &&
        (!id || id.some((part) => fact.id.startsWith(part))) &&
        (!status || status.includes(life.state)),
    )
    .map((one) => listJson(one, now))
    .filter(({ Labels }) => label.every((pair) => (pair.includes('=') ? hasLabel(Labels, pair) : pair in (Labels as object))));
  return { json };
}

function hasLabel(labels: unknown, pair: string): boolean {
  const at = pair.indexOf('=');
  return (labels as Record<string, string>)[pair.slice(0, at)] === pair.slice(at + 1);
}

function logs(engine: SimulatedEngine, key: string, query: URLSearchParams): Answer {
  const one = engine.find(key);
  const [stdout, stderr] = [isTrue(query.get('stdout')), isTrue(query.get('stderr'))];
  if (!stdout && !stderr) throw new EngineError(400, 'Bad parameters: you must choose at least one stream');
  const tail = query.get('tail');
  const ask: LogAsk = {
    stdout,
    stderr,
    since: momentOf(query.get('since')) ?? 0,
    until: momentOf(query.get('until')) ?? Number.POSITIVE_INFINITY,
    timestamps: isTrue(query.get('timestamps')),
    ...(tail !== null && /^\d+$/.test(tail) ? { tail: Number(tail) } : {}),
  };
  return { bytes: logFrames(engine, one, ask), type: 'application/vnd.docker.multiplexed-stream' };
}

/** Unix seconds with a fraction, or RFC 3339; 0 and nothing mean no limit. */
function momentOf(text: string | null): number | undefined {
  if (!text || text === '0') return undefined;
  const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  if (Number.isNaN(time)) throw new EngineError(400, `invalid value for "since": failed to parse value as time or duration: "${text}"`);
  return time;
}

function events(engine: SimulatedEngine, _: string, query: URLSearchParams): Answer {
  const [since, until] = [momentOf(query.get('since')), momentOf(query.get('until'))];
  const filters = filtersOf(query.get('filters'));
  const wanted = (event: EngineEvent): boolean => isAskedFor(filters, event);
  const line = (event: EngineEvent): Buffer => Buffer.from(`${JSON.stringify(eventJson(engine, event))}\n`);
  const past =
    since === undefined ? [] : engine.events(since, Math.min(until ?? Number.POSITIVE_INFINITY, engine.now() + 1)).filter(wanted);
  if (until !== undefined && until <= engine.now() + 1_000) return { bytes: past.map(line), type: 'application/json' };
  return {
    follow(response) {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      for (const event of past) response.write(line(event));
      const tell = (event: EngineEvent): void => void (wanted(event) && response.write(line(event)));
      engine.said.on('event', tell);
      const timer = until === undefined ? undefined : setTimeout(() => response.end(), until - engine.now()).unref();
      response.on('close', () => {
        engine.said.off('event', tell);
        clearTimeout(timer);
      });
    },
  };
}

function top(engine: SimulatedEngine, key: string): Answer {
  const { fact, life } = engine.find(key);
  if (life.state !== 'running' && life.state !== 'paused') throw new EngineError(409, `container ${fact.id} is not running`);
  const started = new Date(life.startedAt).toISOString().slice(11, 16);
  return {
    json: {
      Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
      Processes: [['root', '1001', '980', '0', started, '?', '00:00:04', `/init ${fact.name}`]],
    },
  };
}

function imageOf(engine: SimulatedEngine, key: string) {
  const found = engine.images().find(({ name, tag, id }) => `${name}:${tag}` === key || id === key || id.slice(7).startsWith(key));
  if (!found) throw new EngineError(404, `No such image: ${key}`);
  return found;
}

function removeImage(engine: SimulatedEngine, key: string): Answer {
  const image = imageOf(engine, key);
  if (image.inUse)
    throw new EngineError(
      409,
      `conflict: unable to remove repository reference "${key}" (must force) - container is using its referenced image ${image.id.slice(7, 19)}`,
    );
  engine.removeImage(image);
  return { json: [{ Untagged: `${image.name}:${image.tag}` }, { Deleted: image.id }] };
}

function network(engine: SimulatedEngine, key: string): Answer {
  const found = networksJson(engine, true).find(({ Name, Id }) => Name === key || Id === key);
  if (!found) throw new EngineError(404, `network ${key} not found`);
  return { json: found };
}

function pruneContainers(engine: SimulatedEngine): Answer {
  const stopped = engine.containers().filter(({ life }) => life.state === 'exited');
  for (const { fact } of stopped) engine.remove(fact.id, false);
  return { json: { ContainersDeleted: stopped.map(({ fact }) => fact.id), SpaceReclaimed: 0 } };
}
