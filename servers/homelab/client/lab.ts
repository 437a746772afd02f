import { emptyInventory, type Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { InventorySource } from '@homelab/shared/inventory/open.ts';
import type { Repository, SourceFile } from './document.ts';

/** What is known of the lab: its inventory, or where it has none, one guessed from compose files and host lists. */
export interface Lab {
  inventory: Inventory;
  /** Nobody wrote these entities down as such; each says in `place` what it was taken from. */
  guessed: boolean;
  /** What a guess had to leave out, a sentence each. */
  notes: readonly string[];
}

/** Makes an inventory from the files of a repository that has none. Never throws. */
export type Guesser = (files: readonly SourceFile[]) => { inventory: Inventory; notes: readonly string[] };

/** No inventory and nothing that changes. */
export const noInventory: InventorySource = { current: () => emptyInventory, close: () => {} };

/** The lab as of now: what `source` reads, or what `guess` makes of the repository's files while that is empty. */
export function labOver(repository: Repository, source: InventorySource, guess: Guesser): () => Lab {
  let known: { from: Inventory | readonly SourceFile[]; lab: Lab } | undefined;
  return () => {
    const own = source.current();
    const empty = own.hosts.length + own.services.length + own.networks.length + own.vips.length + own.backups.length === 0;
    const from = empty ? repository.files() : own;
    // Problems of files that hold nothing of use are told beside the guess; they change with `own`.
    if (known?.from === from && (!empty || known.lab.inventory.problems === own.problems)) return known.lab;
    if (!empty) known = { from, lab: { inventory: own, guessed: false, notes: [] } };
    else {
      const { inventory, notes } = guess(repository.files());
      known = { from, lab: { inventory: { ...inventory, problems: own.problems }, guessed: true, notes } };
    }
    return known.lab;
  };
}
