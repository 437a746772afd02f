import { join } from 'node:path';
import type { Inventory } from './inventory.ts';
import { CONTRACTS, inventoryFiles, loadInventory, type Readings } from './load.ts';
import { stampOf } from './repository-files.ts';

/** An inventory that follows its files. */
export interface InventorySource {
  /** As of at most half a second ago. */
  current: () => Inventory;
  close: () => void;
}

/** How an inventory is opened. */
export interface InventoryOptions {
  /** Patterns for contracts, relative to the repository. */
  contracts?: readonly string[];
  /** Called after it was read again. */
  onChange?: (inventory: Inventory) => void;
}

const EVERY_MS = 500;

/**
 * Opens the inventory of the repository at `root` and reads it again when a file of it changes, appears or goes. While the repository is
 * away, what was read stays. Throws `invalid_input` for a pattern that leaves the repository.
 */
export function openInventory(root: string, { contracts = CONTRACTS, onChange = () => {} }: InventoryOptions = {}): InventorySource {
  let stamp = stampOfAll(root, contracts);
  const readings: Readings = new Map();
  let inventory = loadInventory(root, contracts, readings);
  // Polling works on every file system, bind mounts and network shares included; forty stats cost nothing.
  const timer = setInterval(() => {
    if (stampOf(root) === 'gone') return;
    const now = stampOfAll(root, contracts);
    if (now === stamp) return;
    stamp = now;
    inventory = loadInventory(root, contracts, readings);
    onChange(inventory);
  }, EVERY_MS).unref();
  return { current: () => inventory, close: () => clearInterval(timer) };
}

function stampOfAll(root: string, contracts: readonly string[]): string {
  return inventoryFiles(root, contracts)
    .map((file) => `${file} ${stampOf(join(root, file))}`)
    .join('\n');
}
