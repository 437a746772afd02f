import { z } from 'zod';
import type { CallOptions, Engine } from './engine.ts';

/** One thing that takes space; bytes. */
export interface DiskItem {
  name: string;
  id: string;
  size: number;
  /** A container uses it, or it runs. */
  used: boolean;
}

/** What takes space in an engine's folder; bytes. */
export interface DiskUse {
  at: Date;
  images: DiskItem[];
  containers: DiskItem[];
  volumes: DiskItem[];
  buildCache: DiskItem[];
  /** Of all images together: shared layers count once. */
  layersSize: number;
}

const Count = z.number().catch(0);
const Names = z.array(z.string()).nullish();
const Usage = z.object({
  LayersSize: Count,
  Images: z.array(z.object({ Id: z.string(), RepoTags: Names, Size: Count, SharedSize: Count, Containers: Count })).nullish(),
  Containers: z.array(z.object({ Id: z.string(), Names, SizeRw: Count, State: z.string().catch('') })).nullish(),
  Volumes: z.array(z.object({ Name: z.string(), UsageData: z.object({ Size: Count, RefCount: Count }).nullish() })).nullish(),
  BuildCache: z.array(z.object({ ID: z.string(), Type: z.string().catch(''), Size: Count, InUse: z.boolean().catch(false) })).nullish(),
});

/** Asks the engine to measure, which takes seconds on some storage drivers. */
export async function readDiskUse(engine: Engine, call: CallOptions): Promise<DiskUse> {
  const use = await engine.json(Usage, { path: '/system/df', deadlineMs: 60_000, ...call });
  return {
    at: new Date(),
    layersSize: use.LayersSize,
    images: (use.Images ?? []).map(({ Id, RepoTags, Size, Containers }) => ({
      name: RepoTags?.find((tag) => !tag.startsWith('<none>')) ?? Id.replace('sha256:', '').slice(0, 12),
      id: Id,
      size: Size,
      used: Containers > 0,
    })),
    containers: (use.Containers ?? []).map(({ Id, Names: names, SizeRw, State }) => ({
      name: names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
      id: Id,
      size: SizeRw,
      used: State === 'running' || State === 'paused' || State === 'restarting',
    })),
    volumes: (use.Volumes ?? []).map(({ Name, UsageData }) => ({
      name: Name,
      id: Name,
      size: Math.max(0, UsageData?.Size ?? 0),
      used: (UsageData?.RefCount ?? 0) > 0,
    })),
    buildCache: (use.BuildCache ?? []).map(({ ID, Type, Size, InUse }) => ({ name: Type, id: ID, size: Size, used: InUse })),
  };
}
