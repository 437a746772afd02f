import { join } from 'node:path';
import type { Inventory } from '../inventory/inventory.ts';
import { loadInventory } from '../inventory/load.ts';
import { type Album, albumsOf } from './albums.ts';
import { type AlertFact, alertsAt, type SilenceFact, silencesAt } from './alerts.ts';
import { type BackupFact, backupsAt } from './backups.ts';
import { type Annotation, annotationsOf, commitsOf, type LabCommit } from './changes.ts';
import { clockAt, HOME_ZONE, SECOND } from './clock.ts';
import { declareContainers } from './container-series.ts';
import { type ContainerFact, containersOf } from './containers.ts';
import { NAMES } from './dns-catalogue.ts';
import { CLIENTS } from './dns-clients.ts';
import { type DnsQuery, type DnsVerdict, queriesBetween, verdictAt } from './dns-queries.ts';
import { gravityDomains, type HeldList, listsAt, type Role, type Seat, seatsAt } from './dns-state.ts';
import { type ContainerEvent, eventsBetween } from './events.ts';
import { declareHost } from './host-series.ts';
import { type ImageFact, imageFact, JELLYFIN_BEFORE } from './images.ts';
import { type Incident, incidentsOf, type Story, storyAt } from './incidents.ts';
import { type LogBook, logBook } from './logs.ts';
import { type Machine, machinesOf } from './machines.ts';
import { type Photo, photosOf } from './photos.ts';
import { type FailedJob, failedJobs, type QueueFact, queuesAt } from './queues.ts';
import { catalogue, type SeriesCatalogue } from './series.ts';
import { declareServices } from './service-series.ts';
import { type Target, targetsOf } from './targets.ts';
import { dataVolumeUse, type FolderUse, type Volume, volumesOf } from './volumes.ts';

/** Both Pi-holes; `dns-catalogue.ts` has the devices, names, groups, lists and rules that do not change. */
export interface LabDns {
  lists: (role: Role, at?: number) => readonly HeldList[];
  gravity: (role: Role, at?: number) => { domains: number; updated: number };
  seats: (role: Role, at?: number) => readonly Seat[];
  /** What a Pi-hole does with a name for a device; a name that nobody asks for is forwarded. */
  verdict: (role: Role, domain: string, client: string, at?: number) => DnsVerdict;
  /** Questions in `[from, to)`, oldest first. */
  queries: (from: number, to: number, only?: { role?: Role; client?: string }) => Generator<DnsQuery>;
}

/** The photo library; `photo-cast.ts` has people, places, cameras and accounts. */
export interface LabPhotos {
  /** Oldest first, hidden, locked and trashed ones included. */
  photos: readonly Photo[];
  albums: readonly Album[];
  queues: (at?: number) => readonly QueueFact[];
  failedJobs: (at?: number) => readonly FailedJob[];
}

/**
 * The lab and its story as data: the same `now` and `seed` give the same lab. All times are milliseconds since 1970.
 * `at` is `now` where it is left out; after `now` everything goes on as it is, before the first of 14 days there is nothing.
 */
export interface Lab extends SeriesCatalogue, Pick<LogBook, 'lines' | 'sources'> {
  now: number;
  seed: number;
  zone: string;
  inventory: Inventory;
  story: Story;
  /** What is wrong, the most important first. */
  incidents: readonly Incident[];
  machines: readonly Machine[];
  targets: readonly Target[];
  volumes: (host: string) => readonly Volume[];
  /** What lies on the data volume of the NAS. */
  dataVolumeUse: (at?: number) => readonly FolderUse[];
  containers: (host: string, at?: number) => readonly ContainerFact[];
  events: (host: string, from: number, to: number) => readonly ContainerEvent[];
  images: (host: string) => readonly ImageFact[];
  alerts: (at?: number) => readonly AlertFact[];
  silences: (at?: number) => readonly SilenceFact[];
  backups: (at?: number) => readonly BackupFact[];
  commits: readonly LabCommit[];
  annotations: readonly Annotation[];
  dns: LabDns;
  library: LabPhotos;
}

/** Where the shipped inventory lies. */
const PROJECT = join(import.meta.dirname, '..', '..');

/** Opens the lab over an inventory, the shipped one by default. Costs some milliseconds; figures are made when they are asked for. */
export function openLab(options: { now: Date; seed?: number; inventory?: Inventory }): Lab {
  const now = Math.floor(options.now.getTime() / SECOND) * SECOND;
  const seed = options.seed ?? 1;
  const inventory = options.inventory ?? loadInventory(PROJECT);
  const story = storyAt(now, seed, clockAt(now));
  const machines = machinesOf(inventory, story);
  const targets = targetsOf(inventory);
  const machine = (name: string): Machine | undefined => machines.find((one) => one.name === name);
  const containers = (host: string, at = now): ContainerFact[] => {
    const found = machine(host);
    return found ? containersOf(found, inventory, story, at) : [];
  };
  const photos = photosOf(story);
  const assetIds = photos.filter(({ thumbnail }) => !thumbnail).map(({ id }) => id);
  const logs = logBook(inventory, story, assetIds);
  const metrics = catalogue((declare) => {
    for (const one of machines) {
      const ofHost = targets.filter(({ host }) => host === one.name);
      const exporter = ofHost.find(({ labels }) => labels.job === 'glances')?.labels;
      const node = ofHost.find(({ labels }) => labels.job === 'node')?.labels ?? exporter;
      if (node) declareHost(one, node, story, declare);
      if (exporter) declareContainers(one, exporter, inventory, story, declare);
    }
    declareServices(inventory, targets, story, declare);
  }, story.beginning);
  return {
    ...metrics,
    lines: logs.lines,
    sources: logs.sources,
    now,
    seed,
    zone: HOME_ZONE,
    inventory,
    story,
    incidents: incidentsOf(story),
    machines,
    targets,
    volumes(host) {
      const found = machine(host);
      return found ? volumesOf(found.host, story) : [];
    },
    dataVolumeUse: (at = now) => dataVolumeUse(story, at),
    containers,
    events(host, from, to) {
      const found = machine(host);
      return found ? eventsBetween(found, inventory, story, from, to) : [];
    },
    images(host) {
      const used = [...new Set(containers(host).map(({ image }) => image))].map((image) => imageFact(host, image, true));
      return used.some(({ name }) => name === 'jellyfin/jellyfin') ? [...used, imageFact(host, JELLYFIN_BEFORE, false)] : used;
    },
    alerts: (at = now) => alertsAt(inventory, story, at),
    silences: (at = now) => silencesAt(story, at),
    backups: (at = now) => backupsAt(inventory, story, at),
    commits: commitsOf(story),
    annotations: annotationsOf(story),
    dns: {
      lists: (role, at = now) => listsAt(story, role, at),
      gravity: (role, at = now) => ({ domains: gravityDomains(story, role, at), updated: story.gravityOf(role, at) }),
      seats: (role, at = now) => seatsAt(story, role, at),
      verdict(role, domain, client, at = now) {
        const groups = CLIENTS.find(({ name, address }) => name === client || address === client)?.groups ?? ['Default'];
        const asked = NAMES.find(({ name }) => name === domain) ?? { name: domain, interests: [], answer: '198.51.100.9' };
        return verdictAt(story, role, groups, asked, at);
      },
      queries: (from, to, only) => queriesBetween(story, from, to, only),
    },
    library: {
      photos,
      albums: albumsOf(photos),
      queues: (at = now) => queuesAt(story, at),
      failedJobs: (at = now) => failedJobs(story, assetIds, at),
    },
  };
}
