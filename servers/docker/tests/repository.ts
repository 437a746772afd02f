import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ComposeService, readCompose } from '@homelab/shared/inventory/compose.ts';
import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { loadInventory } from '@homelab/shared/inventory/load.ts';

/** This project's folder. */
export const PROJECT = join(import.meta.dirname, '../../..');

/** Everything below `compose/` by path, as text. */
export function composeFolder(): Map<string, string> {
  const paths = readdirSync(join(PROJECT, 'compose'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(PROJECT.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

/** This project's inventory and stacks. */
export interface Repository {
  inventory: Inventory;
  files: Map<string, string>;
  /** Paths of the compose files. */
  stacks: readonly string[];
  /** The compose service of a contract. */
  serviceOf: (name: string) => ComposeService;
}

export function repository(): Repository {
  const inventory = loadInventory(PROJECT);
  const files = composeFolder();
  const stacks = [...files.keys()].filter((path) => path.endsWith('/compose.yaml')).sort();
  const serviceOf = (name: string): ComposeService => {
    const runtime = inventory.services.find(({ value }) => value.name === name)?.value.runtime;
    const { services } = readCompose(files.get(runtime?.file ?? '') ?? '', runtime?.file ?? '');
    const found = services.find((one) => one.name === runtime?.services[0]);
    if (!found) throw new Error(`${name} has no compose service`);
    return found;
  };
  return { inventory, files, stacks, serviceOf };
}
