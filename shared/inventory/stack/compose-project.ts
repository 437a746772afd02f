import { posix } from 'node:path';
import { readComposeTree } from '../compose.ts';
import type { Place } from '../inventory.ts';
import { type Entries, list, mergeService, record } from './compose-merge.ts';

/** Stands before a path inside the repository, where a file says `./` or `../`. */
export const REPOSITORY = '/@repository/';

/** A service with everything that `extends`, `include` and later files bring. */
export interface RawService {
  name: string;
  raw: Entries;
  at: (path: readonly PropertyKey[]) => Place;
}

/** A compose project as its files say, variables not yet put in. */
export interface ComposeProject {
  file: string;
  /** Folder of the first file, from which Compose counts relative paths. */
  folder: string;
  name?: string;
  services: RawService[];
  volumes: Entries;
  networks: Entries;
  secrets: Entries;
  configs: Entries;
  /** What could not be read: the project is then known in part. */
  unreadable: { place: Place; why: string }[];
}

const NESTED = 8;
const SECTIONS = ['volumes', 'networks', 'secrets', 'configs'] as const;

/** Reads and merges the files of one project, `paths` in Compose's order; `files` holds the repository's files by path. Never throws. */
export function composeProject(paths: readonly string[], files: ReadonlyMap<string, string>): ComposeProject {
  const [file = ''] = paths;
  const project: ComposeProject = {
    file,
    folder: posix.dirname(file),
    services: [],
    volumes: {},
    networks: {},
    secrets: {},
    configs: {},
    unreadable: [],
  };
  for (const path of paths) addFile(project, path, project.folder, files, 0);
  return project;
}

function addFile(project: ComposeProject, path: string, folder: string, files: ReadonlyMap<string, string>, depth: number): void {
  const text = files.get(path);
  if (text === undefined || depth > NESTED) {
    const why = text === undefined ? `${path} is not in the repository` : 'files include each other too deeply';
    project.unreadable.push({ place: { file: path, line: 1, column: 1 }, why });
    return;
  }
  const { root, at, problems } = readComposeTree(text, path);
  const [problem] = problems;
  if (problem || !root)
    project.unreadable.push({ place: problem ?? at([]), why: problem ? `the file is broken: ${problem.message}` : 'the file is no map' });
  if (!root) return;
  if (depth + project.services.length > 0 && /!(?:reset|override)\b/.test(text))
    project.unreadable.push({ place: at([]), why: '!reset and !override are not followed' });
  if (typeof root.name === 'string' && depth === 0) project.name = root.name;
  for (const entry of list(root.include)) {
    for (const one of list(record(entry)?.path ?? entry)) {
      const included = posix.join(posix.dirname(path), String(one));
      const own = record(entry)?.project_directory;
      addFile(project, included, own ? posix.join(posix.dirname(path), String(own)) : posix.dirname(included), files, depth + 1);
    }
  }
  for (const section of SECTIONS) project[section] = { ...project[section], ...rebasedFiles(record(root[section]) ?? {}, folder) };
  for (const name of Object.keys(record(root.services) ?? {})) {
    const service = serviceOf(project, path, name, folder, files, 0);
    const known = project.services.findIndex((one) => one.name === name);
    const below = project.services[known];
    if (below && service) project.services[known] = laidOver(below, service);
    else if (service) project.services.push(service);
  }
}

/** One service of one file, laid over what it extends. */
function serviceOf(
  project: ComposeProject,
  path: string,
  name: string,
  folder: string,
  files: ReadonlyMap<string, string>,
  depth: number,
): RawService | undefined {
  const text = files.get(path);
  const tree = text === undefined ? undefined : readComposeTree(text, path);
  const raw = record(record(tree?.root?.services)?.[name]);
  if (!tree || !raw || depth > NESTED) {
    project.unreadable.push({ place: { file: path, line: 1, column: 1 }, why: `${name} cannot be read from ${path}` });
    return undefined;
  }
  const { extends: base, ...own } = raw;
  const service = { name, raw: rebased(own, folder), at: (keys: readonly PropertyKey[]) => tree.at(['services', name, ...keys]) };
  if (base === undefined) return service;
  const from = record(base)?.file;
  const source = from === undefined ? path : posix.join(posix.dirname(path), String(from));
  const extended = String(record(base)?.service ?? base);
  const below = serviceOf(project, source, extended, from === undefined ? folder : posix.dirname(source), files, depth + 1);
  return below ? laidOver(below, service) : service;
}

function laidOver(below: RawService, above: RawService): RawService {
  return {
    name: above.name,
    raw: mergeService(below.raw, above.raw),
    // Joined lists no longer count as either file does: the key is near enough.
    at: (path) => {
      const [key] = path;
      if (key === undefined) return above.at([]);
      const own = above.raw[key as string] !== undefined;
      const both = own && below.raw[key as string] !== undefined;
      return (own ? above : below).at(both ? path.slice(0, 1) : path);
    },
  };
}

function rebased(raw: Entries, folder: string): Entries {
  const moved = (entry: unknown): unknown => {
    if (typeof entry === 'string') return inRepository(entry, folder);
    const { source, path } = record(entry) ?? {};
    if (typeof path === 'string') return { ...record(entry), path: inRepository(path, folder, true) };
    return typeof source === 'string' ? { ...record(entry), source: inRepository(source, folder) } : entry;
  };
  const files = list(raw.env_file).map((entry) => (typeof entry === 'string' ? inRepository(entry, folder, true) : moved(entry)));
  return {
    ...raw,
    ...(raw.volumes === undefined ? {} : { volumes: list(raw.volumes).map(moved) }),
    ...(raw.env_file === undefined ? {} : { env_file: files }),
  };
}

function rebasedFiles(section: Entries, folder: string): Entries {
  return Object.fromEntries(
    Object.entries(section).map(([name, value]) => {
      const file = record(value)?.file;
      return [name, typeof file === 'string' ? { ...record(value), file: inRepository(file, folder, true) } : value];
    }),
  );
}

/** `./x:/y` is a path in the repository; `x:/y` is the name of a volume unless `always`. */
function inRepository(text: string, folder: string, always = false): string {
  if (/^(?:[/~$\\]|[A-Za-z]:[\\/])/.test(text)) return text;
  if (!always && !/^\.\.?(?:[/:]|$)/.test(text)) return text;
  const end = text.indexOf(':');
  const [path, rest] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
  return `${REPOSITORY}${posix.join(folder, path).replace(/\/$/, '')}${rest}`;
}
