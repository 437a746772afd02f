import { Fault } from '@homelab/shared/faults.ts';
import { inventorySchemas } from '@homelab/shared/inventory/json-schema.ts';
import { defineResource } from '@homelab/shared/mcp/resource.ts';
import type { Homelab } from '../client/homelab.ts';
import { beginning } from '../lookup/words.ts';

/** JSON Schemas of the inventory's files: `service.json`, `hosts.json`, `network.json`, `backups.json`. */
export const schemas = defineResource<Homelab>({
  name: 'schemas',
  title: 'Schemas of the inventory',
  description: 'JSON Schema of an inventory file: service.json, hosts.json, network.json or backups.json.',
  mimeType: 'application/schema+json',
  template: 'homelab://schema/{name}',
  complete: {
    name: async (value) =>
      beginning(
        value,
        inventorySchemas().map(({ path }) => nameOf(path)),
      ),
  },
  async read(_uri, { name = '' }) {
    const schema = inventorySchemas().find(({ path }) => nameOf(path) === name);
    if (!schema)
      throw new Fault('not_found', 'There is no schema of that name.', {
        hint: 'There are service.json, hosts.json, network.json and backups.json.',
      });
    return schema.text;
  },
});

function nameOf(path: string): string {
  return path.replace(/^.*\//, '').replace('.schema.json', '.json');
}
