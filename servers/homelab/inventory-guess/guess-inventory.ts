import { type ComposeFile, isStackPath, readCompose } from '@homelab/shared/inventory/compose.ts';
import { Host } from '@homelab/shared/inventory/host.ts';
import type { Inventory, Located } from '@homelab/shared/inventory/inventory.ts';
import { NetworkFile } from '@homelab/shared/inventory/network.ts';
import { Service } from '@homelab/shared/inventory/service.ts';
import type { z } from 'zod';
import type { SourceFile } from '../client/document.ts';
import { type Draft, draft, entityName, located } from './draft.ts';
import { type GuessedHosts, guessHosts } from './guess-hosts.ts';
import { guessServices } from './guess-services.ts';
import { hostFolders, type Owner, owners } from './owner.ts';

/** An inventory made from what a repository without one says. */
export interface Guess {
  /** `place` and `at` of each entity point at the file the fact was taken from (`stacks/media/compose.yaml:12`); `guessed` lists fields no file states. */
  inventory: Inventory;
  /** What could not be written down, a sentence each with file and line. */
  notes: string[];
  /** The same entities with the reason for each guess, by field. */
  drafts: { hosts: GuessedHosts['hosts']; services: readonly Draft<Partial<Service>>[]; devices: GuessedHosts['devices'] };
}

/** Where no file names a host, one that stands for it. */
const UNKNOWN_HOST = 'server';

/**
 * Reads hosts from Ansible inventories, `host_vars`, tables in markdown and folder names, and services from compose files.
 * `describe` gives a few words for the name of a product. Never throws; what is broken is left out and noted.
 */
export function guessInventory(
  files: readonly SourceFile[],
  { describe = () => undefined }: { describe?: (product: string) => string | undefined } = {},
): Guess {
  const notes: string[] = [];
  const stacks = stacksOf(files, notes);
  const { hosts, devices } = guessHosts(files);
  if (hosts.length === 0) {
    for (const { name, stack } of hostFolders(stacks.map(({ file }) => file))) {
      const host: GuessedHosts['hosts'][number] = draft({ name: entityName(name) }, { file: stack, line: 1, column: 1 });
      host.guesses.set('name', 'from the name of a folder');
      hosts.push(host);
    }
  }
  if (hosts.length === 0 && stacks.length > 0) {
    const host: GuessedHosts['hosts'][number] = draft({ name: UNKNOWN_HOST }, { file: stacks[0]?.file ?? '', line: 1, column: 1 });
    host.guesses.set('name', 'no file names a host');
    hosts.push(host);
  }
  const named = hosts.map(({ value }) => ({ name: value.name, aliases: value.aliases ?? [] }));
  const find = owners(files, named);
  const only: Owner = {
    host: named[0]?.name ?? UNKNOWN_HOST,
    why: named.length > 1 ? 'nothing says where it runs; this is the first host' : 'the only host that is known',
  };
  const { services, notes: more } = guessServices(stacks, { files, ownerOf: (stack, names) => find(stack, names) ?? only, describe });
  notes.push(...more);
  const withDocker = new Set(services.map(({ value }) => value.owner_node));
  for (const host of hosts) finishHost(host, withDocker.has(host.value.name));
  const whole = { hosts: checked(hosts, Host, notes), services: checked(services, Service, notes) };
  return {
    inventory: {
      hosts: whole.hosts.map(([from, value]) => located(from, value)),
      services: whole.services.map(([from, value]) => located(from, value)),
      networks: [],
      vips: [],
      backups: [],
      ...networkOf(devices),
      problems: [],
      files: [...new Set([...hosts, ...services, ...devices].map(({ place }) => place.file))],
    },
    notes,
    drafts: {
      hosts: whole.hosts.map(([from]) => from as GuessedHosts['hosts'][number]),
      services: whole.services.map(([from]) => from),
      devices,
    },
  };
}

function stacksOf(files: readonly SourceFile[], notes: string[]): ComposeFile[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ path, kind, text }) => {
    if (kind !== 'compose') return [];
    if (/compose[.-]override\./i.test(path))
      notes.push(`${path} changes services of the file beside it; what it changes is not written down`);
    if (!isStackPath(path)) return [];
    const stack = readCompose(text, path);
    const problem = stack.problems[0];
    if (problem) notes.push(`${path}:${problem.line} is not read: its YAML is broken`);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    // A second file beside the first one usually changes the same services; they are one contract.
    const services = stack.services.filter(({ name }) => (seen.get(`${folder} ${name}`) ?? path) === path);
    if (services.length < stack.services.length) notes.push(`${path} names services of another file beside it; they are taken from there`);
    for (const { name } of services) seen.set(`${folder} ${name}`, path);
    return services.length > 0 ? [{ ...stack, services }] : [];
  });
}

function finishHost(host: GuessedHosts['hosts'][number], runsDocker: boolean): void {
  const { value, guesses } = host;
  if (value.address === undefined) {
    value.address = value.domain ?? value.name;
    guesses.set('address', 'no file gives one; its name may do');
  }
  if (value.os === undefined) {
    value.os = { family: 'linux' };
    guesses.set('os', 'most are');
  } else guesses.set('os.family', 'from the words for its system');
  if (runsDocker && value.docker === undefined) {
    value.docker = { transport: ['dial-stdio', 'cli'] } as Host['docker'];
    guesses.set('docker', 'compose files belong to it; how its engine is reached is not written anywhere');
  }
  if ((value.roles ?? []).length === 0) delete value.roles;
}

/** Drafts that have the shape of an entity, as such; the rest is noted. */
function checked<Shape extends z.ZodType>(
  drafts: readonly Draft<Partial<z.output<Shape>>>[],
  shape: Shape,
  notes: string[],
): [Draft<Partial<z.output<Shape>>>, z.output<Shape>][] {
  return drafts.flatMap((from) => {
    const parsed = shape.safeParse({
      ...(shape === (Service as unknown) ? { apiVersion: 'homelab/v1', kind: 'Service' } : {}),
      ...from.value,
      guessed: [...from.guesses.keys()],
    });
    if (parsed.success) return [[from, parsed.data] as [typeof from, z.output<Shape>]];
    notes.push(`${from.place.file}:${from.place.line} is left out: ${parsed.error.issues[0]?.path.join('.') ?? ''} cannot be written down`);
    return [];
  });
}

/** Paths of the fields of devices that are only guessed, as `network.yaml` names them. */
export function guessedDevices(devices: GuessedHosts['devices']): string[] {
  return devices.flatMap(({ guesses }, index) => [...guesses.keys()].map((field) => `devices[${index}].${field}`));
}

function networkOf(devices: GuessedHosts['devices']): { network?: Located<NetworkFile> } {
  const first = devices[0];
  if (!first) return {};
  const network = draft({ devices: devices.map(({ value }) => value), guessed: guessedDevices(devices) }, first.place);
  for (const [index, { place }] of devices.entries()) network.places.set(`devices[${index}]`, place);
  const parsed = NetworkFile.safeParse({ apiVersion: 'homelab/v1', kind: 'Network', ...network.value });
  return parsed.success ? { network: located(network, parsed.data) } : {};
}
