import type { Inventory, Located } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import { contractLines, SECTIONS } from './contract.ts';
import { graphLines } from './graph-lines.ts';
import { guessedText, placeText } from './words.ts';

/** All that the inventory says of a service: its contract in full, what it needs and what breaks without it. Third-party text. */
export function servicePage(inventory: Inventory, service: Located<Service>): string[] {
  const { value, place } = service;
  const { type, project, file, services, images, manager, notes } = value.runtime;
  const runtime = [type, project, manager, file, services.length > 0 && `containers ${services.join(', ')}`, images.join(', '), notes];
  // The tree below tells the needs, with their hosts.
  const parts = contractLines(service, inventory, new Set(SECTIONS.filter((section) => section !== 'needs')));
  return [
    `${value.name} · ${value.description} · ${placeText(place)}`,
    `on ${value.owner_node} · ${runtime.filter(Boolean).join(' · ')}`,
    ...parts.map(({ section, line, text }, index) =>
      parts[index - 1]?.section === section ? `  ${text}` : `${section} L${line}: ${text}`,
    ),
    ...(value.guessed.length > 0 ? [`guessed, wholly or in part: ${guessedText(value.guessed)}`] : []),
    ...graphLines(inventory, value.name, { needs: true, breaks: true, depth: 4 }),
  ];
}
