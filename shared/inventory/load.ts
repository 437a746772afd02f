import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { type FileProblem, readYaml, type YamlReading } from '../config/yaml-file.ts';
import { Fault } from '../faults.ts';
import { BackupJob, BackupsFile } from './backup.ts';
import { Host, HostsFile } from './host.ts';
import type { Inventory, Located, Place } from './inventory.ts';
import { Network, NetworkFile, Vip } from './network.ts';
import { Service } from './service.ts';

/** Folder of the inventory inside a repository. */
export const INFRASTRUCTURE = 'infrastructure';

// One file may be broken in a thousand places; a person mends the first ones first.
const MOST_PROBLEMS_PER_FILE = 50;
const MOST_SERVICES = 5_000;

/** Files the inventory consists of, relative to `root`, in a fixed order; only those that exist. */
export function inventoryFiles(root: string): string[] {
  const single = ['hosts.yaml', 'network.yaml', 'backups.yaml'].map((name) => join(INFRASTRUCTURE, name));
  const contracts = entries(join(root, INFRASTRUCTURE, 'services'))
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(INFRASTRUCTURE, 'services', entry.name));
  const beside = entries(join(root, 'services'))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join('services', entry.name, 'service.yaml'));
  return [...single, ...contracts.sort(), ...beside.sort()]
    .filter((path) => isFile(join(root, path)))
    .slice(0, MOST_SERVICES)
    .map((path) => path.split(sep).join('/'));
}

/** Reads the inventory of the repository at `root`. Never throws: a broken file or entry stands in `problems` and hides no other. */
export function loadInventory(root: string): Inventory {
  const reader = new Reader(root);
  const files = inventoryFiles(root);
  const hostsFile = reader.read(`${INFRASTRUCTURE}/hosts.yaml`, files, HostsFile);
  const networkFile = reader.read(`${INFRASTRUCTURE}/network.yaml`, files, NetworkFile);
  const backupsFile = reader.read(`${INFRASTRUCTURE}/backups.yaml`, files, BackupsFile);
  const own = files.filter((file) => !/^infrastructure\/(hosts|network|backups)\.yaml$/.test(file));
  const network = networkFile?.whole as Located<NetworkFile> | undefined;
  return {
    hosts: entriesOf(hostsFile, 'hosts', Host),
    networks: entriesOf(networkFile, 'networks', Network),
    vips: entriesOf(networkFile, 'vips', Vip),
    backups: entriesOf(backupsFile, 'jobs', BackupJob),
    services: own.flatMap((file) => {
      const service = reader.read(file, files, Service)?.whole;
      return service ? [service as Located<Service>] : [];
    }),
    ...(network ? { network } : {}),
    problems: reader.problems,
    files,
  };
}

/** A file as it was read: `raw` whenever its YAML is sound, `whole` when its shape is right as well. */
interface ReadFile {
  raw: unknown;
  whole?: Located<unknown>;
  at: Located<unknown>['at'];
}

class Reader {
  readonly problems: FileProblem[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  read(file: string, existing: readonly string[], shape: z.ZodType): ReadFile | undefined {
    if (!existing.includes(file)) return undefined;
    try {
      const reading = readYaml(join(this.#root, file), shape);
      this.#tell(file, reading.problems);
      const at = placer(file, reading);
      if (reading.value !== undefined) return { raw: reading.value, whole: { value: reading.value, place: at([]), at }, at };
      // Entries that are right are served although others in the file are wrong.
      const loose = readYaml(join(this.#root, file), z.unknown());
      return loose.problems.length > 0 ? undefined : { raw: loose.value, at: placer(file, loose) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.problems.push({ file, line: 1, column: 1, message: error.code === 'not_found' ? 'has gone away' : 'cannot be read' });
      return undefined;
    }
  }

  #tell(file: string, problems: readonly FileProblem[]): void {
    this.problems.push(...problems.slice(0, MOST_PROBLEMS_PER_FILE).map((problem) => ({ ...problem, file })));
    const more = problems.length - MOST_PROBLEMS_PER_FILE;
    if (more > 0) this.problems.push({ file, line: 1, column: 1, message: `has ${more} more problems` });
  }
}

function placer(file: string, reading: YamlReading<unknown>): Located<unknown>['at'] {
  return (path): Place => ({ file, ...reading.at(path) });
}

function entriesOf<Shape extends z.ZodType>(file: ReadFile | undefined, key: string, shape: Shape): Located<z.output<Shape>>[] {
  const list = (file?.raw as Record<string, unknown> | null | undefined)?.[key];
  if (!file || !Array.isArray(list)) return [];
  return list.flatMap((entry, index) => {
    const parsed = shape.safeParse(entry);
    if (!parsed.success) return [];
    return [{ value: parsed.data, place: file.at([key, index]), at: (path) => file.at([key, index, ...path]) }];
  });
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
