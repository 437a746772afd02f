import { z } from 'zod';
import type { Watched } from '../client/watched.ts';
import { troubleOf } from './trouble.ts';

/** A container as an overview shows it. */
export const ContainerRow = z.object({
  host: z.string(),
  project: z.string(),
  name: z.string(),
  state: z.string(),
  health: z.string().optional(),
  /** ISO 8601 */
  since: z.string().optional(),
  exitCode: z.int().optional(),
  trouble: z.string().optional(),
  image: z.string(),
  ports: z.array(
    z.object({ container: z.int(), host: z.int().optional(), protocol: z.enum(['tcp', 'udp', 'sctp']), address: z.string().optional() }),
  ),
});
export type ContainerRow = z.output<typeof ContainerRow>;

export function rowOf(one: Watched): ContainerRow {
  const { host, name, state, health, since, exitCode, image, ports } = one;
  const trouble = troubleOf(one);
  return {
    host,
    project: one.project ?? '',
    name,
    state,
    ...(health && { health }),
    ...(since && { since: since.toISOString() }),
    ...(exitCode !== undefined && { exitCode }),
    ...(trouble && { trouble }),
    image,
    ports: ports.map((port) => ({ ...port })),
  };
}
