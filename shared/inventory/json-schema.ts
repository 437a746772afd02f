import { z } from 'zod';
import { BackupsFile } from './backup.ts';
import { HostsFile } from './host.ts';
import { NetworkFile } from './network.ts';
import { Service } from './service.ts';

/** Folder of the schemas inside a repository. */
export const SCHEMAS = 'infrastructure/schema';

const SHAPES = { hosts: HostsFile, network: NetworkFile, backups: BackupsFile, service: Service };
export type InventoryFile = keyof typeof SHAPES;

/** JSON Schemas (draft 7, what editors know best) of the four kinds of inventory files, by path in the repository. */
export function inventorySchemas(): { path: string; text: string }[] {
  return Object.entries(SHAPES).map(([name, shape]) => {
    const schema = z.toJSONSchema(shape, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
    return { path: `${SCHEMAS}/${name}.schema.json`, text: `${JSON.stringify(schema, null, 2)}\n` };
  });
}

/** The first line of an inventory file, by which an editor finds its schema; contracts lie one folder deeper. */
export function schemaLine(kind: InventoryFile): string {
  return `# yaml-language-server: $schema=${kind === 'service' ? '../' : ''}schema/${kind}.schema.json`;
}
