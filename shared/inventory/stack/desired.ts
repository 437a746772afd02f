import { type ComposeMount, composeMount } from '../compose-mount.ts';
import { type ComposePort, composePort } from '../compose-port.ts';
import type { Located, Place } from '../inventory.ts';
import type { Service } from '../service.ts';
import { type Entries, list, named, pairs, record } from './compose-merge.ts';
import { type ComposeProject, type RawService, REPOSITORY } from './compose-project.ts';
import { environmentFile } from './environment-file.ts';
import { type Doubts, interpolate } from './interpolate.ts';

/** A mount as a file declares it. */
export interface DesiredMount {
  kind: 'bind' | 'volume';
  /** Path (below `REPOSITORY` where it is relative) or full name of the volume; absent for an anonymous volume. */
  source?: string;
  target: string;
  readOnly: boolean;
  place: Place;
}

/** A service that should run on a host, in one form whatever way it was written. */
export interface DesiredService {
  host: string;
  project: string;
  service: string;
  file: string;
  /** Folder of its project in the repository. */
  folder: string;
  at: (path: readonly PropertyKey[]) => Place;
  contract?: Located<Service>;
  containerName?: string;
  /** Containers that should be there; 0 for an inactive profile or `scale: 0`. */
  scale: number;
  image?: string;
  env: ReadonlyMap<string, string | null>;
  /** It takes more of its environment from files that nobody here can read. */
  moreEnv: boolean;
  ports: readonly ComposePort[];
  mounts: readonly DesiredMount[];
  restart: string;
  networkMode?: string;
  networks: readonly string[];
  privileged: boolean;
  capAdd: readonly string[];
  pid?: string;
  healthcheck: 'set' | 'disabled' | 'image';
  /** Parts of it could not be read, and why. */
  partial?: string;
  doubts: Doubts;
}

/** Where a project runs and what is known of it beside its files. */
export interface ProjectSetting {
  host: string;
  project: string;
  /** Variables of its `.env`, where they are known. */
  variables?: ReadonlyMap<string, string>;
  profiles: readonly string[];
  files: ReadonlyMap<string, string>;
  contracts: readonly Located<Service>[];
}

/** The services of a project in one form. */
export function desiredServices(project: ComposeProject, setting: ProjectSetting): DesiredService[] {
  return project.services.map((service) => desiredService(project, service, setting));
}

function desiredService(project: ComposeProject, { name, raw, at }: RawService, setting: ProjectSetting): DesiredService {
  const spread = raw.environment === undefined ? raw : { ...raw, environment: pairs(raw.environment) };
  const { tree, doubts } = interpolate(spread, setting.variables);
  const contract = setting.contracts.find(({ value }) => value.runtime.services.includes(name));
  const env = environmentOf(tree, setting.files);
  const { networkMode, networks } = networksOf(tree, project, setting);
  const [part] = project.unreadable;
  return {
    host: contract?.value.owner_node ?? setting.host,
    project: setting.project,
    service: name,
    file: at([]).file,
    folder: project.folder,
    at,
    ...(contract ? { contract } : {}),
    ...word('containerName', tree.container_name),
    scale: scaleOf(tree, setting.profiles),
    ...word('image', tree.image),
    env: env.known,
    moreEnv: env.more,
    ports: list(tree.ports).flatMap((entry) => {
      const port = composePort(entry);
      return port && !('unknown' in port) ? [port] : [];
    }),
    mounts: [...mountsOf(tree, project, setting, at), ...givenFiles(tree, project, at)],
    restart: String(tree.restart ?? 'no').replace(/^false$/, 'no'),
    ...(networkMode === undefined ? {} : { networkMode }),
    networks,
    privileged: tree.privileged === true || tree.privileged === 'true',
    capAdd: list(tree.cap_add).map(String),
    ...word('pid', tree.pid),
    healthcheck: healthOf(tree.healthcheck),
    ...(part ? { partial: part.why } : {}),
    doubts,
  };
}

function word<Key extends string>(key: Key, value: unknown): { [K in Key]?: string } {
  if (value === undefined || value === null || typeof value === 'object') return {};
  return { [key]: String(value) } as { [K in Key]?: string };
}

function scaleOf(tree: Entries, active: readonly string[]): number {
  const profiles = list(tree.profiles).map(String);
  if (profiles.length > 0 && !profiles.some((one) => active.includes(one))) return 0;
  const count = Number(tree.scale ?? record(tree.deploy)?.replicas ?? 1);
  return Number.isInteger(count) && count >= 0 ? count : 1;
}

function environmentOf(tree: Entries, files: ReadonlyMap<string, string>): { known: Map<string, string | null>; more: boolean } {
  const known = new Map<string, string | null>();
  let more = false;
  for (const entry of list(tree.env_file)) {
    const path = String(record(entry)?.path ?? entry).replace(REPOSITORY, '');
    const text = files.get(path);
    if (text === undefined) more = true;
    else for (const [name, value] of environmentFile(text)) known.set(name, value);
  }
  for (const [name, value] of Object.entries(pairs(tree.environment)))
    known.set(name, value === null || value === undefined ? null : String(value));
  return { known, more };
}

function mountsOf(tree: Entries, project: ComposeProject, { project: prefix }: ProjectSetting, at: RawService['at']): DesiredMount[] {
  return list(tree.volumes).flatMap((entry, index) => {
    const mount: ComposeMount | undefined = composeMount(entry, {});
    if (!mount || mount.kind === 'tmpfs') return [];
    const bind = mount.kind === 'bind';
    const source = bind || mount.source === undefined ? mount.source : fullName(mount.source, project.volumes, prefix);
    const place = at(['volumes', index]);
    const kind = bind ? ('bind' as const) : ('volume' as const);
    return [{ kind, ...(source === undefined ? {} : { source }), target: tidy(mount.target), readOnly: mount.readOnly, place }];
  });
}

/** Secrets and configs that come from files are mounts to the engine. */
function givenFiles(tree: Entries, project: ComposeProject, at: RawService['at']): DesiredMount[] {
  return (['secrets', 'configs'] as const).flatMap((section) =>
    list(tree[section]).flatMap((entry, index) => {
      const source = String(record(entry)?.source ?? entry);
      const file = record(project[section][source])?.file;
      if (typeof file !== 'string') return [];
      const target = String(record(entry)?.target ?? source);
      const folder = section === 'secrets' ? '/run/secrets/' : '/';
      const whole = target.startsWith('/') ? target : folder + target;
      return [{ kind: 'bind' as const, source: file, target: whole, readOnly: true, place: at([section, index]) }];
    }),
  );
}

function networksOf(tree: Entries, project: ComposeProject, { project: prefix }: ProjectSetting) {
  const { networkMode } = word('networkMode', tree.network_mode);
  if (networkMode !== undefined) return { networkMode, networks: [] };
  const names = Object.keys(named(tree.networks));
  return { networks: (names.length > 0 ? names : ['default']).map((name) => fullName(name, project.networks, prefix)) };
}

/** The engine's name of a volume or network. */
function fullName(name: string, declared: Entries, prefix: string): string {
  const own = record(declared[name]);
  if (typeof own?.name === 'string') return own.name;
  if (own?.external === true) return name;
  const outside = record(own?.external)?.name;
  return typeof outside === 'string' ? outside : `${prefix}_${name}`;
}

function healthOf(check: unknown): DesiredService['healthcheck'] {
  const own = record(check);
  if (!own) return 'image';
  return own.disable === true || list(own.test)[0] === 'NONE' ? 'disabled' : own.test === undefined ? 'image' : 'set';
}

function tidy(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
