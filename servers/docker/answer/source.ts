import { zoned } from '@homelab/shared/render/time.ts';
import { z } from 'zod';

/** What an answer was read from, and when. */
export const Source = z.object({ hosts: z.array(z.string()), at: z.string(), simulated: z.boolean() });
export type Source = z.output<typeof Source>;

export function sourceOf(hosts: readonly string[], simulated: boolean, at = new Date()): Source {
  return { hosts: [...hosts], at: at.toISOString(), simulated };
}

/** The last line of an answer. */
export function sourceLine({ hosts, at, simulated }: Source): string {
  return `src: ${simulated ? 'simulated ' : ''}Docker of ${hosts.join(', ') || 'no host'} · ${zoned(new Date(at))}`;
}
