import { redactDeep } from '@homelab/shared/redact/redact.ts';
import { z } from 'zod';
import { redactedLabels } from './container-list.ts';
import type { CallOptions, Engine } from './engine.ts';
import { brokenAnswer } from './engine-faults.ts';
import { imagePath } from './names.ts';

/** An image on a host; sizes in bytes. */
export interface Image {
  /** `sha256:...` */
  id: string;
  /** `name:tag`; none for a dangling image. */
  tags: string[];
  /** `name@sha256:...` as the registry knows it; none for an image that was built or loaded here. */
  digests: string[];
  created: Date;
  size: number;
  labels: Record<string, string>;
}

/** An image with what it brings into its containers. Redacted as a container's. */
export interface ImageDetails extends Image {
  os: string;
  architecture: string;
  env: string[];
  command: string[];
  entrypoint: string[];
}

export interface Volume {
  name: string;
  driver: string;
  mountpoint: string;
  created?: Date;
  labels: Record<string, string>;
  /** Made without a name, by an image or a short form. */
  anonymous: boolean;
}

export interface Network {
  id: string;
  name: string;
  driver: string;
  internal: boolean;
  subnets: string[];
  labels: Record<string, string>;
}

const Text = z.string().catch('');
const Labels = z.record(z.string(), z.string()).nullish();
const Words = z.union([z.array(z.string()), z.string().transform((word) => [word])]).nullish();

const ListedImage = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Created: z.number().catch(0),
  Size: z.number().catch(0),
  Labels,
});
const InspectedImage = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RepoDigests: z.array(z.string()).nullish(),
  Created: Text,
  Size: z.number().catch(0),
  Os: Text,
  Architecture: Text,
  Config: z.object({ Env: z.array(z.string()).nullish(), Cmd: Words, Entrypoint: Words, Labels }).nullish(),
});
const ListedVolume = z.object({ Name: z.string(), Driver: Text, Mountpoint: Text, CreatedAt: z.string().nullish(), Labels });
const ListedNetwork = z.object({
  Id: z.string(),
  Name: z.string(),
  Driver: Text,
  Internal: z.boolean().catch(false),
  IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string().optional() })).nullish() }).nullish(),
  Labels,
});

const named = (references: readonly string[] | null | undefined): string[] => (references ?? []).filter((one) => !one.startsWith('<none>'));

/** The images of a host. */
export async function listImages(engine: Engine, call: CallOptions): Promise<Image[]> {
  return checked(engine.host, ListedImage, await engine.raw({ path: '/images/json', ...call }), 'images').map((one) => ({
    id: one.Id,
    tags: named(one.RepoTags),
    digests: named(one.RepoDigests),
    created: new Date(one.Created * 1_000),
    size: one.Size,
    labels: redactedLabels(one.Labels ?? {}),
  }));
}

/** One image by reference or id. */
export async function inspectImage(engine: Engine, reference: string, call: CallOptions): Promise<ImageDetails> {
  const one = await engine.json(InspectedImage, { path: `${imagePath(reference)}/json`, subject: `image ${reference}`, ...call });
  return {
    id: one.Id,
    tags: named(one.RepoTags),
    digests: named(one.RepoDigests),
    created: new Date(one.Created || 0),
    size: one.Size,
    labels: redactedLabels(one.Config?.Labels ?? {}),
    os: one.Os,
    architecture: one.Architecture,
    env: redactDeep(one.Config?.Env ?? []),
    command: redactDeep(one.Config?.Cmd ?? []),
    entrypoint: redactDeep(one.Config?.Entrypoint ?? []),
  };
}

const Volumes = z.object({ Volumes: z.array(z.unknown()).nullish() });

/** The volumes of a host. */
export async function listVolumes(engine: Engine, call: CallOptions): Promise<Volume[]> {
  const { Volumes: list } = await engine.json(Volumes, { path: '/volumes', ...call });
  return checked(engine.host, ListedVolume, list ?? [], 'volumes').map((one) => ({
    name: one.Name,
    driver: one.Driver,
    mountpoint: one.Mountpoint,
    ...(one.CreatedAt && { created: new Date(one.CreatedAt) }),
    labels: redactedLabels(one.Labels ?? {}),
    anonymous: one.Labels?.['com.docker.volume.anonymous'] !== undefined || /^[0-9a-f]{64}$/.test(one.Name),
  }));
}

/** The networks of a host. */
export async function listNetworks(engine: Engine, call: CallOptions): Promise<Network[]> {
  return checked(engine.host, ListedNetwork, await engine.raw({ path: '/networks', ...call }), 'networks').map((one) => ({
    id: one.Id,
    name: one.Name,
    driver: one.Driver,
    internal: one.Internal,
    subnets: (one.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
    labels: redactedLabels(one.Labels ?? {}),
  }));
}

function checked<Shape extends z.ZodType>(host: string, shape: Shape, list: unknown, what: string): z.output<Shape>[] {
  if (!Array.isArray(list)) throw brokenAnswer(host, `something else than a list of ${what}`);
  return list.map((one) => {
    const parsed = shape.safeParse(one);
    if (!parsed.success) throw brokenAnswer(host, `${what} of another shape than the Docker API has`, parsed.error);
    return parsed.data;
  });
}
