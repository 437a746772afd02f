import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from './inventory.ts';
import { inventoryFiles, loadInventory } from './load.ts';

/** An inventory that follows its files. */
export interface InventorySource {
  /** As of at most half a second ago. */
  current: () => Inventory;
  close: () => void;
}

const EVERY_MS = 500;

/** Opens the inventory of the repository at `root` and reads it again when a file of it changes, appears or goes. */
export function openInventory(root: string, onChange: (inventory: Inventory) => void = () => {}): InventorySource {
  let stamp = stampOf(root);
  let inventory = loadInventory(root);
  // Polling works on every file system, bind mounts and network shares included; forty stats cost nothing.
  const timer = setInterval(() => {
    const now = stampOf(root);
    if (now === stamp) return;
    stamp = now;
    inventory = loadInventory(root);
    onChange(inventory);
  }, EVERY_MS).unref();
  return { current: () => inventory, close: () => clearInterval(timer) };
}

function stampOf(root: string): string {
  return inventoryFiles(root)
    .map((file) => {
      const stat = statSync(join(root, file), { throwIfNoEntry: false });
      return `${file} ${stat?.mtimeMs} ${stat?.size} ${stat?.ino}`;
    })
    .join('\n');
}
