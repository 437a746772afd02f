import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type InventoryFile, inventorySchemas, schemaLine } from './json-schema.ts';
import { inventoryFiles } from './load.ts';

const PROJECT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

test('the schemas in the repository are those of the shapes; npm run docs writes them', () => {
  for (const { path, text } of inventorySchemas()) expect(read(path), path).toBe(text);
});

test('a schema knows fields, their meaning and what is not allowed beside them', () => {
  const service = JSON.parse(inventorySchemas().find(({ path }) => path.endsWith('service.schema.json'))?.text ?? '{}');
  expect(service.required).toEqual(
    expect.arrayContaining(['name', 'owner_node', 'runtime', 'exposure', 'depends_on', 'healthcheck', 'persistence']),
  );
  expect(service.required).not.toContain('tags');
  expect(service.additionalProperties).toBe(false);
  expect(service.properties.exposure.items.properties.scope).toMatchObject({
    enum: ['container', 'host', 'lan', 'vpn', 'public'],
    description: 'Who can reach it',
  });
});

test('every inventory file names the schema of its kind first, and it is there', () => {
  for (const file of inventoryFiles(PROJECT)) {
    const text = read(file);
    const kind = (/^kind: (\w+)/m.exec(text)?.[1] ?? '').toLowerCase() as InventoryFile;
    const [first = ''] = text.split('\n');
    expect(first, file).toBe(schemaLine(kind));
    expect(existsSync(join(PROJECT, dirname(file), first.split('$schema=')[1] ?? 'none')), file).toBe(true);
  }
});
