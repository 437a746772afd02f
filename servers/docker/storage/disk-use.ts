import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { DiskItem, DiskUse } from '../client/disk.ts';

/** What one kind of things takes on a host; bytes. */
export const KindUse = z.object({
  kind: z.enum(['images', 'containers', 'volumes', 'build cache']),
  count: z.int(),
  size: z.number(),
  /** What nothing uses. For volumes that is data which nothing mounts now: it may still be wanted. */
  unused: z.number(),
  largest: z.array(z.object({ name: z.string(), size: z.number(), used: z.boolean() })),
});
export type KindUse = z.output<typeof KindUse>;

const LARGEST = 5;

/** Disk use by kind, the largest five of each. */
export function kindsOf({ images, containers, volumes, buildCache, layersSize }: DiskUse): KindUse[] {
  return [
    { ...kindUse('images', images), size: layersSize },
    kindUse('containers', containers),
    kindUse('volumes', volumes),
    kindUse('build cache', buildCache),
  ];
}

function kindUse(kind: KindUse['kind'], items: readonly DiskItem[]): KindUse {
  const sum = (some: readonly DiskItem[]): number => some.reduce((total, { size }) => total + size, 0);
  return {
    kind,
    count: items.length,
    size: sum(items),
    unused: sum(items.filter(({ used }) => !used)),
    largest: [...items]
      .sort((a, b) => b.size - a.size)
      .slice(0, LARGEST)
      .filter(({ size }) => size > 0)
      .map(({ name, size, used }) => ({ name: plain(name, 100), size, used })),
  };
}
