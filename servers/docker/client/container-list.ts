import { redactEntry } from '@homelab/shared/redact/redact.ts';
import { z } from 'zod';
import {
  type ComposeLabels,
  type Container,
  type ContainerState,
  type Health,
  type Mount,
  type PublishedPort,
  STATES,
} from './container.ts';
import type { CallOptions, Engine } from './engine.ts';
import { brokenAnswer } from './engine-faults.ts';

/** Which containers a list shows; all of them, stopped ones too, unless told. */
export interface ContainerFilter {
  project?: string;
  running?: boolean;
}

const Text = z.string().catch('');
const Texts = z.record(z.string(), z.string()).nullish();

const Listed = z.object({
  Id: z.string().regex(/^[0-9a-f]{12,64}$/),
  Names: z.array(z.string()).nullish(),
  Image: Text,
  ImageID: Text,
  Created: z.number().catch(0),
  State: Text,
  Status: Text,
  Labels: Texts,
  Ports: z.array(z.object({ IP: z.string().optional(), PrivatePort: z.number(), PublicPort: z.number().optional(), Type: Text })).nullish(),
  Mounts: z
    .array(z.object({ Type: Text, Name: z.string().optional(), Source: Text, Destination: Text, RW: z.boolean().catch(true) }))
    .nullish(),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

const MOST = 10_000;

/** The containers of a host, by name. */
export async function listContainers(
  engine: Engine,
  { project, running = false }: ContainerFilter,
  call: CallOptions,
): Promise<Container[]> {
  const filters = project === undefined ? undefined : { label: [`com.docker.compose.project=${project}`] };
  const list = await engine.raw({ path: '/containers/json', query: { all: running ? undefined : 1, filters }, ...call });
  if (!Array.isArray(list)) throw brokenAnswer(engine.host, 'something else than a list of containers');
  const now = Date.now();
  const found: Container[] = [];
  for (const one of list.slice(0, MOST)) {
    const parsed = Listed.safeParse(one);
    if (!parsed.success) throw brokenAnswer(engine.host, 'a container of another shape than the Docker API has', parsed.error);
    found.push(containerOf(engine.host, parsed.data, now));
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function containerOf(host: string, one: z.output<typeof Listed>, now: number): Container {
  const labels = one.Labels ?? {};
  const compose = composeOf(labels);
  const health = /\((healthy|unhealthy)\)|\(health: (starting)\)/.exec(one.Status);
  const exitCode = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(one.Status)?.[1];
  const since = sinceOf(one.Status, now);
  return {
    id: one.Id,
    name: nameOf(one.Names ?? [], one.Id),
    host,
    ...(compose && { project: compose.project, service: compose.service, compose }),
    image: one.Image,
    imageId: one.ImageID,
    state: stateOf(one.State),
    ...(health && { health: (health[1] ?? health[2]) as Health }),
    ...(since && { since }),
    created: new Date(one.Created * 1_000),
    ...(exitCode !== undefined && { exitCode: Number(exitCode) }),
    ports: (one.Ports ?? []).map(portOf),
    mounts: (one.Mounts ?? []).map((mount) => mountOf(mount.Type, mount.Name ?? mount.Source, mount.Destination, mount.RW)),
    networks: Object.keys(one.NetworkSettings?.Networks ?? {}),
    labels: redactedLabels(labels),
  };
}

/** A container's own name: with links it has several, and the one without a further slash is its own. */
export function nameOf(names: readonly string[], id: string): string {
  const own = names.map((name) => name.replace(/^\//, ''));
  return own.find((name) => !name.includes('/')) ?? id.slice(0, 12);
}

export function stateOf(word: string): ContainerState {
  return STATES.find((state) => state === word) ?? 'unknown';
}

export function mountOf(type: string, source: string, target: string, writable: boolean): Mount {
  const kind = type === 'bind' || type === 'volume' || type === 'tmpfs' ? type : 'other';
  return { kind, source, target, writable };
}

/** Labels as data, with secrets in them replaced. */
export function redactedLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, redactEntry(name, value)]));
}

const PREFIX = 'com.docker.compose.';

/** What compose's labels say; undefined for a container it did not make. */
export function composeOf(labels: Record<string, string>): ComposeLabels | undefined {
  const label = (name: string): string | undefined => labels[PREFIX + name];
  const [project, service] = [label('project'), label('service')];
  if (!project || !service) return undefined;
  const [number, workingDir, configHash] = [label('container-number'), label('project.working_dir'), label('config-hash')];
  return {
    project,
    service,
    ...(number && /^\d{1,6}$/.test(number) && { number: Number(number) }),
    oneOff: /^true$/i.test(label('oneoff') ?? ''),
    ...(workingDir && { workingDir }),
    configFiles: split(label('project.config_files')),
    ...(configHash && { configHash }),
    dependsOn: split(label('depends_on')).map((one) => one.split(':')[0] as string),
  };
}

const split = (text = ''): string[] => text.split(',').filter((part) => part !== '');

function portOf({
  IP,
  PrivatePort,
  PublicPort,
  Type,
}: {
  IP?: string | undefined;
  PrivatePort: number;
  PublicPort?: number | undefined;
  Type: string;
}): PublishedPort {
  const protocol = Type === 'udp' || Type === 'sctp' ? Type : 'tcp';
  return { container: PrivatePort, protocol, ...(PublicPort && { host: PublicPort }), ...(IP && { address: IP }) };
}

const UNITS: Record<string, number> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

/** `Up 3 hours (healthy)`, `Exited (137) About a minute ago`: the moment it speaks of. */
function sinceOf(status: string, now: number): Date | undefined {
  const [, number, unit = ''] =
    /(?:^Up|\)) (?:About |Less than )?(an?|\d+) (second|minute|hour|day|week|month|year)s?\b/.exec(status) ?? [];
  const seconds = UNITS[unit];
  if (!number || seconds === undefined) return undefined;
  return new Date(now - (/^\d/.test(number) ? Number(number) : 1) * seconds * 1_000);
}
