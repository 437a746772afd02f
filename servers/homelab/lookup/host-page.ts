import { hostNode } from '@homelab/shared/inventory/graph.ts';
import type { Host } from '@homelab/shared/inventory/host.ts';
import type { Inventory, Located } from '@homelab/shared/inventory/inventory.ts';
import { graphLines } from './graph-lines.ts';
import { hostLines } from './host-lines.ts';
import { placeText } from './words.ts';

/** All that the inventory says of a machine, and what breaks without it. Third-party text. */
export function hostPage(inventory: Inventory, { value, place }: Located<Host>): string[] {
  const breaks = graphLines(inventory, hostNode(value.name), { needs: false, breaks: true, depth: 1 });
  // Which services run there is told already.
  return [
    `${value.name} · ${placeText(place)}`,
    ...hostLines(inventory, value),
    ...breaks.filter((line) => !line.startsWith('stops there')),
  ];
}
