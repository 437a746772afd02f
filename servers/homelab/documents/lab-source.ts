import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import type { Repository } from '../client/document.ts';
import type { Lab } from '../client/lab.ts';
import { Source, sourceLine, sourceOf } from './source.ts';

/** Where an answer about the lab's entities comes from, and what is missing from it. */
export const LabSource = Source.extend({ inventory: z.string().optional() });
export type LabSource = z.infer<typeof LabSource>;

/** The source as it is now, with what is wrong with the inventory. */
export function labSourceOf(repository: Repository, { inventory, guessed, notes }: Lab): LabSource {
  const { problems } = inventory;
  const first = problems[0];
  const told = [
    ...(guessed && inventory.services.length + inventory.hosts.length === 0
      ? ['no inventory, and no compose file or host list to guess from']
      : []),
    ...(guessed && inventory.services.length + inventory.hosts.length > 0
      ? [
          `no inventory: GUESSED from compose files and host lists${notes.length > 0 ? `, ${notes.length} left out` : ''}; npm run inventory -- init writes one`,
        ]
      : []),
    ...(first
      ? [
          `inventory INCOMPLETE: ${problems.length} problem${problems.length === 1 ? '' : 's'}, first ${plain(first.file, 80)}:${first.line}; see inventory_check`,
        ]
      : []),
  ];
  const { skipped: _, ...provenance } = repository.provenance();
  return { ...sourceOf(provenance), ...(told.length > 0 && { inventory: told.join(' · ') }) };
}

/** The last line of a reply about the lab. */
export function labLine({ inventory, ...source }: LabSource): string {
  return `${sourceLine(source)}${inventory ? ` · ${inventory}` : ''}`;
}
