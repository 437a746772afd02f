import { join } from 'node:path';
import { z } from 'zod';
import { type FileProblem, readYaml, type YamlReading } from '../config/yaml-file.ts';
import { Fault } from '../faults.ts';
import { BackupJob, BackupsFile } from './backup.ts';
import { Host, HostsFile } from './host.ts';
import type { Inventory, Located, Place } from './inventory.ts';
import { Network, NetworkFile, Vip } from './network.ts';
import { contractFiles, inside, isFile, stampOf } from './repository-files.ts';
import { Service } from './service.ts';

/** Folder of the inventory inside a repository. */
export const INFRASTRUCTURE = 'infrastructure';

const SINGLE = ['hosts', 'network', 'backups'];
const SINGLE_PATH = /^infrastructure\/(hosts|network|backups)\.ya?ml$/;
const REASONS: Record<string, string> = {
  not_found: 'has gone away',
  denied: 'leads out of the repository and is not read',
  invalid_input: 'is larger than 1 MiB or no file',
};

/** Where contracts are looked for unless a setting says otherwise, relative to the repository; `*` is one name, `**` any folders. */
export const CONTRACTS: readonly string[] = ['infrastructure/services/*.yaml', 'infrastructure/services/*.yml', 'services/*/service.yaml'];

// One file may be broken in a thousand places; a person mends the first ones first.
const MOST_PROBLEMS_PER_FILE = 50;
const MOST_FILES = 5_000;

/** Files the inventory consists of, relative to `root`, in a fixed order; only those that exist. */
export function inventoryFiles(root: string, contracts: readonly string[] = CONTRACTS): string[] {
  const single = SINGLE.flatMap((name) => [`${INFRASTRUCTURE}/${name}.yaml`, `${INFRASTRUCTURE}/${name}.yml`]);
  return [...single.filter((path) => isFile(join(root, path))), ...contractFiles(root, contracts).filter((path) => !single.includes(path))];
}

/** Reads the inventory of the repository at `root`. Throws only for a pattern that leaves it: a broken file or entry stands in `problems` and hides no other. */
export function loadInventory(root: string, contracts: readonly string[] = CONTRACTS, readings: Readings = new Map()): Inventory {
  const found = inventoryFiles(root, contracts);
  const files = found.slice(0, MOST_FILES);
  const reader = new Reader(root, readings);
  const [hostsFile, networkFile, backupsFile] = [
    reader.single('hosts', files, HostsFile),
    reader.single('network', files, NetworkFile),
    reader.single('backups', files, BackupsFile),
  ];
  if (files.length < found.length) reader.tell(INFRASTRUCTURE, `holds ${found.length} files; the first ${MOST_FILES} are read`);
  const own = files.filter((file) => !SINGLE_PATH.test(file));
  const network = networkFile?.whole as Located<NetworkFile> | undefined;
  return {
    hosts: entriesOf(hostsFile, 'hosts', Host),
    networks: entriesOf(networkFile, 'networks', Network),
    vips: entriesOf(networkFile, 'vips', Vip),
    backups: entriesOf(backupsFile, 'jobs', BackupJob),
    services: own.flatMap((file) => {
      const service = reader.read(file, Service)?.whole;
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

/** What was read before, by file; given to the next load, only files that changed are read again. */
export type Readings = Map<string, { stamp: string; read: ReadFile | undefined; problems: readonly FileProblem[] }>;

class Reader {
  readonly problems: FileProblem[] = [];
  readonly #root: string;
  readonly #readings: Readings;

  constructor(root: string, readings: Readings) {
    this.#root = root;
    this.#readings = readings;
  }

  single(name: string, existing: readonly string[], shape: z.ZodType): ReadFile | undefined {
    const [file, other] = existing.filter((path) => path.replace(/\.ya?ml$/, '') === `${INFRASTRUCTURE}/${name}`);
    if (other) this.tell(other, `is not read, ${file} is there too`);
    return file === undefined ? undefined : this.read(file, shape);
  }

  /** The file as it is, or as it was read before where nothing tells that it changed. */
  read(file: string, shape: z.ZodType): ReadFile | undefined {
    try {
      const path = inside(this.#root, file);
      const stamp = `${path} ${stampOf(path)}`;
      const known = this.#readings.get(file);
      if (known?.stamp === stamp) {
        this.problems.push(...known.problems);
        return known.read;
      }
      const before = this.problems.length;
      const read = this.#parse(path, file, shape);
      this.#readings.set(file, { stamp, read, problems: this.problems.slice(before) });
      return read;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.tell(file, REASONS[error.code] ?? 'cannot be read');
      return undefined;
    }
  }

  #parse(path: string, file: string, shape: z.ZodType): ReadFile | undefined {
    const reading = readYaml(path, shape);
    this.#tell(file, reading.problems);
    const at = placer(file, reading);
    if (reading.value !== undefined) return { raw: reading.value, whole: { value: reading.value, place: at([]), at }, at };
    // Entries that are right are served although others in the file are wrong.
    const loose = readYaml(path, z.unknown());
    return loose.problems.length > 0 ? undefined : { raw: loose.value, at: placer(file, loose) };
  }

  tell(file: string, message: string): void {
    this.problems.push({ file, line: 1, column: 1, message });
  }

  #tell(file: string, problems: readonly FileProblem[]): void {
    this.problems.push(...problems.slice(0, MOST_PROBLEMS_PER_FILE).map((problem) => ({ ...problem, file })));
    const more = problems.length - MOST_PROBLEMS_PER_FILE;
    if (more > 0) this.tell(file, `has ${more} more problems`);
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
