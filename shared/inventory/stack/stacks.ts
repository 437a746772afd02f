import { posix } from 'node:path';
import { isStackPath } from '../compose.ts';
import { resolveVariables } from '../compose-variables.ts';
import type { Inventory } from '../inventory.ts';
import { composeProject } from './compose-project.ts';
import { type DesiredService, desiredServices } from './desired.ts';

/** A stack of the repository, on one host. */
export interface Stack {
  host: string;
  project: string;
  file: string;
  /** Every file it was read from, in Compose's order. */
  paths: readonly string[];
  services: readonly DesiredService[];
  /** What could not be read of it. */
  unreadable: readonly { place: { file: string; line: number; column: number }; why: string }[];
}

/** What is known of a stack beside its files; the key is the path of its compose file. */
export interface StackSetting {
  /** Everything its `.env` sets; without it `${VAR}` is unknown and `${VAR:-x}` only probably x. */
  variables?: ReadonlyMap<string, string>;
  profiles?: readonly string[];
  /** More files, in Compose's order; without them the first file and its override. */
  files?: readonly string[];
}

const DEFAULT_NAME = /^(?:docker-)?compose\.ya?ml$/;

/** Every stack that contracts name, and every other compose file below a folder that is called like a host. */
export function stacksOf(
  inventory: Inventory,
  files: ReadonlyMap<string, string>,
  settings: ReadonlyMap<string, StackSetting> = new Map(),
): Stack[] {
  const contracted = inventory.services.flatMap(({ value }) => (value.runtime.type === 'compose' ? (value.runtime.file ?? []) : []));
  const others = [...files.keys()].filter((path) => DEFAULT_NAME.test(posix.basename(path)) && isStackPath(path));
  return [...new Set([...contracted, ...others])]
    .filter((path) => files.has(path))
    .flatMap((path) => {
      const contracts = inventory.services.filter(({ value }) => value.runtime.file === path);
      const host = contracts[0]?.value.owner_node ?? hostOfPath(path, inventory);
      if (host === undefined) return [];
      const { variables, profiles = [], files: named } = settings.get(path) ?? {};
      const paths = named ?? [path, ...overrides(path, files)];
      const project = composeProject(paths, files);
      const name = projectName(project.name, contracts[0]?.value.runtime.project, path, variables);
      const setting = { host, project: name, profiles, files, contracts, ...(variables ? { variables } : {}) };
      return [{ host, project: name, file: path, paths, services: desiredServices(project, setting), unreadable: project.unreadable }];
    });
}

function hostOfPath(path: string, { hosts }: Inventory): string | undefined {
  const folders = posix.dirname(path).split('/');
  return hosts.find(({ value }) => folders.includes(value.name))?.value.name;
}

function overrides(path: string, files: ReadonlyMap<string, string>): string[] {
  const { dir, name, ext } = posix.parse(path);
  return [`${name}.override${ext}`].map((file) => posix.join(dir, file)).filter((file) => files.has(file));
}

/** Compose's own rule where nobody gives a name: the folder, in lower case, without what a name may not hold. */
function projectName(
  written: string | undefined,
  contract: string | undefined,
  path: string,
  variables: ReadonlyMap<string, string> | undefined,
): string {
  const resolved = written === undefined ? undefined : resolveVariables(written, variables);
  if (resolved && resolved.unknown.length === 0) return resolved.text;
  const folder = posix.basename(posix.dirname(path));
  return contract ?? folder.toLowerCase().replace(/[^a-z0-9_-]/g, '');
}
