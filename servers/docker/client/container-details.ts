import { redact, redactDeep, redactEntry } from '@homelab/shared/redact/redact.ts';
import { z } from 'zod';
import type { Container, Health, PublishedPort } from './container.ts';
import { composeOf, mountOf, nameOf, redactedLabels, stateOf } from './container-list.ts';
import type { CallOptions, Engine } from './engine.ts';
import { containerPath } from './names.ts';

/** One run of a health check. */
export interface HealthRun {
  at?: Date;
  exitCode: number;
  /** Redacted. */
  output: string;
}

/** A container in full. Environment, commands, labels and health output are redacted: a secret is `[redacted]`, everything else is as it is. */
export interface ContainerDetails extends Container {
  restarts: number;
  startedAt?: Date;
  finishedAt?: Date;
  oomKilled: boolean;
  /** What the engine said when it could not start it. Redacted. */
  error?: string;
  pid?: number;
  tty: boolean;
  entrypoint: string[];
  command: string[];
  env: { name: string; value: string }[];
  user?: string;
  workingDir?: string;
  hostname?: string;
  restartPolicy: { name: string; most?: number };
  privileged: boolean;
  capabilities: string[];
  networkMode: string;
  pidMode?: string;
  readOnly: boolean;
  /** Bytes, cores, count; absent where there is no limit. */
  limits: { memory?: number; cpus?: number; pids?: number };
  healthcheck?: { test: string[]; intervalMs?: number; timeoutMs?: number; retries?: number };
  failingStreak?: number;
  healthRuns: HealthRun[];
  addresses: { network: string; address?: string; aliases: string[] }[];
  logDriver: string;
  /** Anything that changes whenever the container does: for telling that a target is still the one that was looked at. */
  fingerprint: { id: string; imageId: string; startedAt: string };
}

const Text = z.string().catch('');
const Words = z.union([z.array(z.string()), z.string().transform((word) => [word])]).nullish();
const Nanoseconds = z.number().nullish();

const Inspected = z.object({
  Id: z.string().regex(/^[0-9a-f]{12,64}$/),
  Name: Text,
  Created: Text,
  Image: Text,
  RestartCount: z.number().catch(0),
  State: z.object({
    Status: Text,
    Pid: z.number().nullish(),
    ExitCode: z.number().nullish(),
    OOMKilled: z.boolean().nullish(),
    Error: z.string().nullish(),
    StartedAt: Text,
    FinishedAt: Text,
    Health: z
      .object({
        Status: Text,
        FailingStreak: z.number().nullish(),
        Log: z.array(z.object({ Start: Text, ExitCode: z.number().catch(-1), Output: Text })).nullish(),
      })
      .nullish(),
  }),
  Config: z.object({
    Image: Text,
    Tty: z.boolean().nullish(),
    Env: z.array(z.string()).nullish(),
    Cmd: Words,
    Entrypoint: Words,
    User: z.string().nullish(),
    WorkingDir: z.string().nullish(),
    Hostname: z.string().nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    Healthcheck: z.object({ Test: Words, Interval: Nanoseconds, Timeout: Nanoseconds, Retries: z.number().nullish() }).nullish(),
  }),
  HostConfig: z.object({
    RestartPolicy: z.object({ Name: Text, MaximumRetryCount: z.number().nullish() }).nullish(),
    Privileged: z.boolean().nullish(),
    CapAdd: z.array(z.string()).nullish(),
    NetworkMode: Text,
    PidMode: z.string().nullish(),
    ReadonlyRootfs: z.boolean().nullish(),
    Memory: z.number().nullish(),
    NanoCpus: z.number().nullish(),
    CpuQuota: z.number().nullish(),
    CpuPeriod: z.number().nullish(),
    PidsLimit: z.number().nullish(),
    LogConfig: z.object({ Type: Text }).nullish(),
  }),
  Mounts: z
    .array(z.object({ Type: Text, Name: z.string().optional(), Source: Text, Destination: Text, RW: z.boolean().catch(true) }))
    .nullish(),
  NetworkSettings: z
    .object({
      Ports: z.record(z.string(), z.array(z.object({ HostIp: Text, HostPort: Text })).nullish()).nullish(),
      Networks: z.record(z.string(), z.object({ IPAddress: z.string().nullish(), Aliases: z.array(z.string()).nullish() })).nullish(),
    })
    .nullish(),
});
type Inspected = z.output<typeof Inspected>;

/** Everything the engine knows of a container, by id, id prefix or name. */
export async function inspectContainer(engine: Engine, id: string, call: CallOptions): Promise<ContainerDetails> {
  return detailsOf(engine.host, await engine.json(Inspected, { path: `${containerPath(id)}/json`, subject: `container ${id}`, ...call }));
}

function detailsOf(host: string, one: Inspected): ContainerDetails {
  const { State: state, Config: config, HostConfig: own } = one;
  const labels = config.Labels ?? {};
  const compose = composeOf(labels);
  const [startedAt, finishedAt] = [moment(state.StartedAt), moment(state.FinishedAt)];
  const ran = state.Status !== 'created';
  const since = state.Status === 'running' || state.Status === 'paused' ? startedAt : finishedAt;
  const health = (['healthy', 'unhealthy', 'starting'] as const).find((word): word is Health => word === state.Health?.Status);
  const check = config.Healthcheck;
  const cpus = own.NanoCpus ? own.NanoCpus / 1e9 : own.CpuQuota && own.CpuQuota > 0 ? own.CpuQuota / (own.CpuPeriod || 100_000) : undefined;
  const networks = Object.entries(one.NetworkSettings?.Networks ?? {});
  return {
    id: one.Id,
    name: nameOf([one.Name], one.Id),
    host,
    ...(compose && { project: compose.project, service: compose.service, compose }),
    image: config.Image,
    imageId: one.Image,
    state: stateOf(state.Status),
    ...(health && { health }),
    ...(since && { since }),
    created: moment(one.Created) ?? new Date(0),
    ...(ran && state.Status !== 'running' && state.ExitCode != null && { exitCode: state.ExitCode }),
    restarts: one.RestartCount,
    ports: portsOf(one.NetworkSettings?.Ports ?? {}),
    mounts: (one.Mounts ?? []).map((mount) => mountOf(mount.Type, mount.Name ?? mount.Source, mount.Destination, mount.RW)),
    networks: networks.map(([name]) => name),
    labels: redactedLabels(labels),
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    oomKilled: state.OOMKilled ?? false,
    ...(state.Error && { error: redact(state.Error) }),
    ...(state.Pid && { pid: state.Pid }),
    tty: config.Tty ?? false,
    entrypoint: redactDeep(config.Entrypoint ?? []),
    command: redactDeep(config.Cmd ?? []),
    env: (config.Env ?? []).map(pairOf),
    ...(config.User && { user: config.User }),
    ...(config.WorkingDir && { workingDir: config.WorkingDir }),
    ...(config.Hostname && { hostname: config.Hostname }),
    restartPolicy: {
      name: own.RestartPolicy?.Name || 'no',
      ...(own.RestartPolicy?.MaximumRetryCount && { most: own.RestartPolicy.MaximumRetryCount }),
    },
    privileged: own.Privileged ?? false,
    capabilities: own.CapAdd ?? [],
    networkMode: own.NetworkMode,
    ...(own.PidMode && { pidMode: own.PidMode }),
    readOnly: own.ReadonlyRootfs ?? false,
    limits: {
      ...(own.Memory && { memory: own.Memory }),
      ...(cpus && { cpus }),
      ...(own.PidsLimit && own.PidsLimit > 0 && { pids: own.PidsLimit }),
    },
    ...(check && { healthcheck: checkOf(check) }),
    ...(state.Health?.FailingStreak != null && { failingStreak: state.Health.FailingStreak }),
    healthRuns: (state.Health?.Log ?? []).map(({ Start, ExitCode, Output }) => {
      const at = moment(Start);
      return { ...(at && { at }), exitCode: ExitCode, output: redact(Output.slice(0, 4_096)) };
    }),
    addresses: networks.map(([network, { IPAddress, Aliases }]) => ({
      network,
      ...(IPAddress && { address: IPAddress }),
      aliases: Aliases ?? [],
    })),
    logDriver: own.LogConfig?.Type ?? '',
    fingerprint: { id: one.Id, imageId: one.Image, startedAt: state.StartedAt },
  };
}

/** The engine writes the year 1 for "never". */
function moment(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1970 ? undefined : date;
}

function pairOf(entry: string): { name: string; value: string } {
  const at = entry.indexOf('=');
  const [name, value] = at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
  return { name, value: redactEntry(name, value) };
}

function checkOf({
  Test,
  Interval,
  Timeout,
  Retries,
}: NonNullable<Inspected['Config']['Healthcheck']>): NonNullable<ContainerDetails['healthcheck']> {
  return {
    test: redactDeep(Test ?? []),
    ...(Interval && { intervalMs: Interval / 1e6 }),
    ...(Timeout && { timeoutMs: Timeout / 1e6 }),
    ...(Retries && { retries: Retries }),
  };
}

function portsOf(ports: Record<string, { HostIp: string; HostPort: string }[] | null | undefined>): PublishedPort[] {
  return Object.entries(ports).flatMap(([key, bound]): PublishedPort[] => {
    const [, number, word] = /^(\d+)\/(\w+)$/.exec(key) ?? [];
    const base: PublishedPort = { container: Number(number), protocol: word === 'udp' || word === 'sctp' ? word : 'tcp' };
    if (!bound || bound.length === 0) return [base];
    return bound.map(({ HostIp, HostPort }) => ({
      ...base,
      ...(HostPort && { host: Number(HostPort) }),
      ...(HostIp && { address: HostIp }),
    }));
  });
}
