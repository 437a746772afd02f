import { z } from 'zod';
import { type Changes, changesOf } from './changes.ts';
import type { Container } from './container.ts';
import { type ContainerDetails, inspectContainer } from './container-details.ts';
import { type ContainerFilter, listContainers } from './container-list.ts';
import { type DiskUse, readDiskUse } from './disk.ts';
import { type CallOptions, type Engine, engineOver } from './engine.ts';
import { type EventAsk, type EventsFound, readEvents } from './events.ts';
import type { HostFault } from './host-fault.ts';
import type { HostSettings, TransportKind } from './host-settings.ts';
import { linkTo } from './link.ts';
import type { LogLine } from './log-lines.ts';
import { followLogs, type LogAsk, type LogPart, readLogs } from './logs.ts';
import { type Remote, remoteOver } from './remote-commands.ts';
import {
  type Image,
  type ImageDetails,
  inspectImage,
  listImages,
  listNetworks,
  listVolumes,
  type Network,
  type Volume,
} from './resources.ts';
import type { Channels } from './ssh/channels.ts';
import type { Connection } from './ssh/connection.ts';
import { type ContainerStats, readStats, type SampleBook } from './stats.ts';
import { type ProcessTable, readTop } from './top.ts';

/** How a host is reached, as far as it was tried. */
export interface HostLink {
  connected: boolean;
  transport?: TransportKind;
  /** For people: `streamlocal /var/run/docker.sock`. */
  way?: string;
  /** The API version that is spoken. */
  api?: string;
  /** Ways before it that did not go, and why. */
  refused: readonly { kind: TransportKind; why: string }[];
  /** Why it could not be reached last. */
  failure?: HostFault;
}

/** What an engine says of itself. */
export interface EngineAbout {
  /** `20.10.24` */
  version: string;
  /** The version that is spoken. */
  api: string;
  os: string;
  arch: string;
  name: string;
  containers: number;
  running: number;
  cpus: number;
  memory: number;
  storageDriver: string;
  /** Milliseconds of this question. */
  ms: number;
}

/** One host with its engine, in our words. Names are a container's name, id or id prefix; every failure is a HostFault. */
export interface DockerHost {
  readonly name: string;
  readonly settings: HostSettings;
  link(): HostLink;
  about(call?: CallOptions): Promise<EngineAbout>;
  containers(filter?: ContainerFilter, call?: CallOptions): Promise<Container[]>;
  inspect(id: string, call?: CallOptions): Promise<ContainerDetails>;
  logs(id: string, ask?: LogAsk, call?: CallOptions): Promise<LogPart>;
  follow(id: string, ask?: Omit<LogAsk, 'until' | 'keep' | 'scanBytes'>, call?: CallOptions): AsyncGenerator<LogLine>;
  /** Of running containers, by full id. */
  stats(ids: readonly string[], call?: CallOptions): Promise<ContainerStats[]>;
  top(id: string, call?: CallOptions): Promise<ProcessTable>;
  events(ask: EventAsk, call?: CallOptions): Promise<EventsFound>;
  images(call?: CallOptions): Promise<Image[]>;
  image(reference: string, call?: CallOptions): Promise<ImageDetails>;
  volumes(call?: CallOptions): Promise<Volume[]>;
  networks(call?: CallOptions): Promise<Network[]>;
  /** As of at most ten minutes ago, unless `fresh`. */
  disk(ask?: { fresh?: boolean }, call?: CallOptions): Promise<DiskUse>;
  readonly changes: Changes;
  readonly remote: Remote;
  /** For calls that have no words yet; answers are checked by the caller. */
  readonly engine: Engine;
  close(): void;
}

const DISK_AGE_MS = 600_000;

const Info = z.object({
  ServerVersion: z.string().catch(''),
  OSType: z.string().catch(''),
  Architecture: z.string().catch(''),
  Name: z.string().catch(''),
  Containers: z.number().catch(0),
  ContainersRunning: z.number().catch(0),
  NCPU: z.number().catch(0),
  MemTotal: z.number().catch(0),
  Driver: z.string().catch(''),
});

/** A host over its connection; without one the engine is this machine's own. */
export function dockerHost(settings: HostSettings, channels: Channels, connection: Connection | undefined): DockerHost {
  const link = linkTo(settings, channels, connection);
  const engine = engineOver(link);
  const samples: SampleBook = new Map();
  let disk: DiskUse | undefined;
  let spoken: string | undefined;
  return {
    name: settings.name,
    settings,
    engine,
    changes: changesOf(engine),
    remote: remoteOver(settings, link, channels),
    link() {
      const way = link.way();
      const state = connection?.state();
      return {
        connected: state?.connected ?? way !== undefined,
        ...(way && { transport: way.kind, way: way.name }),
        ...(way && spoken && { api: spoken }),
        refused: way?.refused ?? [],
        ...(state?.failure && { failure: state.failure }),
      };
    },
    async about(call = {}) {
      spoken = await engine.api(call);
      const begun = performance.now();
      const info = await engine.json(Info, { path: '/info', ...call });
      return {
        version: info.ServerVersion,
        api: spoken,
        os: info.OSType,
        arch: info.Architecture,
        name: info.Name,
        containers: info.Containers,
        running: info.ContainersRunning,
        cpus: info.NCPU,
        memory: info.MemTotal,
        storageDriver: info.Driver,
        ms: Math.round(performance.now() - begun),
      };
    },
    containers: (filter = {}, call = {}) => listContainers(engine, filter, call),
    inspect: (id, call = {}) => inspectContainer(engine, id, call),
    logs: (id, ask = {}, call = {}) => readLogs(engine, id, ask, call),
    follow: (id, ask = {}, call = {}) => followLogs(engine, id, ask, call),
    stats: (ids, call = {}) => readStats(engine, ids, samples, call),
    top: (id, call = {}) => readTop(engine, id, call),
    events: (ask, call = {}) => readEvents(engine, ask, call),
    images: (call = {}) => listImages(engine, call),
    image: (reference, call = {}) => inspectImage(engine, reference, call),
    volumes: (call = {}) => listVolumes(engine, call),
    networks: (call = {}) => listNetworks(engine, call),
    async disk({ fresh = false } = {}, call = {}) {
      if (fresh || !disk || Date.now() - disk.at.getTime() > DISK_AGE_MS) disk = await readDiskUse(engine, call);
      return disk;
    },
    close() {
      link.close();
      connection?.close();
    },
  };
}
