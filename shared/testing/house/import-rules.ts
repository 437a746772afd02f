import { posix } from 'node:path';
import { ENVIRONMENT, FREE, IMPORT_TABLE, type Row, SDK } from './import-table.ts';
import { type Import, type Source, type SourceFacts, sourceFacts } from './source-facts.ts';

/** Where a file stands: its room in the import table, and its server where it belongs to one. */
export interface Place {
  room: string;
  server?: string;
}

/** What each workspace's package.json says: `packages` by folder (`servers/homelab`), its name and the names it depends on. */
export type Manifests = Record<string, { name: string; dependencies: readonly string[] }>;

const SERVER_ROOMS = ['client', 'tools', 'resources', 'prompts', 'commands', 'simulator'];
const IO = /^node:(fs|child_process|net|tls|http|https|http2|dgram|dns|cluster|worker_threads|readline|inspector|sqlite)(\/|$)/;

/** The room of a project file; undefined when the tree has no such place. */
export function placeOf(path: string): Place | undefined {
  const [top, second = '', third, ...deeper] = path.split('/');
  if (top === 'shared') return { room: `shared/${second}` };
  if (top !== 'servers') return undefined;
  if (second === 'suite') return { room: 'suite', server: second };
  if (third === undefined) return undefined;
  if (deeper.length === 0) return { room: third, server: second };
  return { room: SERVER_ROOMS.includes(third) ? third : 'topic', server: second };
}

/** The project file an import names, or undefined for a package or one of Node's modules. */
function targetOf(from: string, module: string, manifests: Manifests): string | undefined {
  if (module.startsWith('.')) return posix.join(posix.dirname(from), module);
  const folder = Object.keys(manifests).find((one) => module === manifests[one]?.name || module.startsWith(`${manifests[one]?.name}/`));
  return folder && posix.join(folder, module.slice(manifests[folder]?.name.length));
}

function packageRefusal(row: Row, place: Place, module: string, manifests: Manifests): string | undefined {
  if (module.startsWith('node:')) return row.pure && IO.test(module) ? `${place.room} does no I/O` : undefined;
  if (module.startsWith(SDK)) return row.packages.includes(SDK) ? undefined : 'only shared/mcp knows the MCP SDK';
  const name = module.split('/', module.startsWith('@') ? 2 : 1).join('/');
  const own = manifests[`servers/${place.server}`]?.dependencies ?? [];
  if (row.packages.includes('any') || row.packages.includes(name) || (row.packages.includes('own') && own.includes(name))) return undefined;
  return `${place.room} may import the packages: ${row.packages.join(', ') || 'none'}`;
}

function roomRefusal(row: Row, place: Place, from: string, target: string, one: Import): string | undefined {
  const there = placeOf(target);
  const rule = `${place.room} may import ${[...row.may, ...(row.types ?? []).map((room) => `${room} (types)`)].join(', ') || 'nothing of ours'}`;
  if (!there || FREE.some((free) => free.test(target) && there.room !== 'simulator')) return rule;
  const foreign = there.server !== undefined && there.server !== place.server;
  if (foreign && place.room !== 'suite') return `no server imports another server; ${rule}`;
  if (!foreign && there.room === place.room) {
    if (row.alone) return `no ${place.room} file imports another; ${rule}`;
    const sameTopic = there.room !== 'topic' || from.split('/')[2] === target.split('/')[2];
    if (sameTopic) return undefined;
  }
  if (row.may.includes(there.room)) return undefined;
  return one.typesOnly && row.types?.includes(there.room) ? undefined : rule;
}

function refusal(row: Row, place: Place, path: string, one: Import, manifests: Manifests): string | undefined {
  if (one.module === undefined) return place.room === 'shared/commands' ? undefined : 'an import names its module as a literal';
  const target = targetOf(path, one.module, manifests);
  return target === undefined ? packageRefusal(row, place, one.module, manifests) : roomRefusal(row, place, path, target, one);
}

function breachesOf(source: Source, facts: SourceFacts, manifests: Manifests): string[] {
  const place = placeOf(source.path);
  const row = place && IMPORT_TABLE.find((candidate) => candidate.rooms.includes(place.room));
  if (!place || !row) return [`${source.path}: stands in no room of the import table`];
  const at = (line: number, what: string, rule: string): string => `${source.path}:${line}: ${what}: ${rule}`;
  const imports = facts.imports.flatMap((one) => {
    const rule = refusal(row, place, source.path, one, manifests);
    return rule ? [at(one.line, `imports ${one.module ?? 'a computed module'}`, rule)] : [];
  });
  const environment = place.room === ENVIRONMENT ? [] : facts.environment;
  return [
    ...imports,
    ...environment.map((line) => at(line, 'reads process.env', `only ${ENVIRONMENT} reads the environment`)),
    ...(row.pure ? facts.fetches : []).map((line) => at(line, 'calls fetch', `${place.room} does no I/O`)),
  ];
}

/** Every import that the table refuses, as `file:line: imports what: rule`; empty when the house is in order. */
export function importBreaches(sources: readonly Source[], manifests: Manifests): string[] {
  return sources
    .filter(({ path }) => !FREE.some((free) => free.test(path)))
    .flatMap((source) => breachesOf(source, sourceFacts(source), manifests));
}
