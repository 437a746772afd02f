import { plain } from '@homelab/shared/render/plain.ts';
import { duration } from '@homelab/shared/render/quantity.ts';
import { z } from 'zod';
import type { Provenance } from '../client/document.ts';

/** Where an answer comes from, as every reply of this server ends with. */
export const Source = z.object({
  repository: z.string(),
  commit: z.string().optional(),
  committed: z.string().optional(),
  age: z.string().optional(),
  state: z.enum(['clean', 'uncommitted changes', 'no git']),
  note: z.string().optional(),
});
export type Source = z.infer<typeof Source>;

/** How old something is, in one unit: answers made seconds apart say the same. */
export function ageOf(date: Date, now = Date.now()): string {
  const ms = Math.max(0, now - date.getTime());
  const unit = ms < 3_600_000 ? 60_000 : ms < 86_400_000 ? 3_600_000 : 86_400_000;
  return ms < 60_000 ? 'under 1m' : duration(Math.floor(ms / unit) * unit);
}

/** The source as it is at `now`, in milliseconds. */
export function sourceOf({ name, commit, committed, dirty, git, note }: Provenance, now = Date.now()): Source {
  return {
    repository: plain(name, 60),
    ...(commit && { commit: commit.slice(0, 7) }),
    ...(committed && { committed: committed.toISOString(), age: ageOf(committed, now) }),
    state: git ? (dirty ? 'uncommitted changes' : 'clean') : 'no git',
    ...(note && { note }),
  };
}

/** `src: lab 3fa91c2 · 2 h old · clean`, and what must be known besides. */
export function sourceLine({ repository, commit, age, state, note }: Source): string {
  const known = [commit ? `${repository} ${commit}` : repository, ...(age ? [`${age} old`] : []), state, ...(note ? [note] : [])];
  return `src: ${known.join(' · ')}`;
}
