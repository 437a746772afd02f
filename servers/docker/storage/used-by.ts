import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Container } from '../client/container.ts';
import type { DockerHost } from '../client/docker-host.ts';

/** The kinds of things an engine keeps beside containers. */
export const KINDS = ['images', 'volumes', 'networks'] as const;
export type Kind = (typeof KINDS)[number];

/** One of them, and the containers that use it. */
export const Thing = z.object({
  host: z.string(),
  name: z.string(),
  id: z.string(),
  /** Bytes; only of images. */
  size: z.number().optional(),
  /** ISO 8601 */
  created: z.string().optional(),
  note: z.string(),
  usedBy: z.array(z.string()),
});
export type Thing = z.output<typeof Thing>;

type Lists = {
  images: Awaited<ReturnType<DockerHost['images']>>;
  volumes: Awaited<ReturnType<DockerHost['volumes']>>;
  networks: Awaited<ReturnType<DockerHost['networks']>>;
};

const OWN_NETWORKS = ['bridge', 'host', 'none'];

/** Images, each with the containers made from it. */
export function imageThings(host: string, images: Lists['images'], containers: readonly Container[]): Thing[] {
  return images.map(({ id, tags, digests, size, created }) => ({
    host,
    name: plain(tags.join(', ') || digests[0] || '<none>', 120),
    id,
    size,
    created: created.toISOString(),
    note: [...(tags.length === 0 ? ['dangling'] : []), ...(digests.length === 0 ? ['no registry knows it'] : [])].join(', '),
    usedBy: names(containers.filter(({ imageId, image }) => imageId === id || tags.includes(image))),
  }));
}

/** Volumes, each with the containers that mount it. */
export function volumeThings(host: string, volumes: Lists['volumes'], containers: readonly Container[]): Thing[] {
  return volumes.map(({ name, driver, created, anonymous }) => ({
    host,
    name: plain(anonymous ? name.slice(0, 12) : name, 100),
    id: name,
    ...(created && !Number.isNaN(created.getTime()) && { created: created.toISOString() }),
    note: [...(driver === 'local' ? [] : [plain(driver, 40)]), ...(anonymous ? ['anonymous'] : [])].join(', '),
    usedBy: names(containers.filter(({ mounts }) => mounts.some(({ kind, source }) => kind === 'volume' && source === name))),
  }));
}

/** Networks, each with the containers in it; Docker's own three count as used. */
export function networkThings(host: string, networks: Lists['networks'], containers: readonly Container[]): Thing[] {
  return networks.map(({ id, name, driver, subnets, internal }) => ({
    host,
    name: plain(name, 100),
    id,
    note: [
      plain(driver, 30),
      ...subnets.map((subnet) => plain(subnet, 50)),
      ...(internal ? ['internal'] : []),
      ...(OWN_NETWORKS.includes(name) ? ["Docker's own"] : []),
    ].join(' '),
    usedBy: names(containers.filter(({ networks: own }) => own.includes(name))),
  }));
}

/** Whether nothing uses it, and it is not Docker's own. */
export function isUnused({ usedBy, note }: Thing): boolean {
  return usedBy.length === 0 && !note.includes("Docker's own");
}

const names = (containers: readonly Container[]): string[] => containers.map(({ name }) => plain(name, 80));
