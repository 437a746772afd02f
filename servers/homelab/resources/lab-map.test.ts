import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { contract, INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { type LabServer, labServer } from '../tests/lab-server.ts';
import { PROJECT } from '../tests/reference-lab.ts';

async function read({ client }: LabServer, uri: string): Promise<string> {
  return (await client.raw.readResource({ uri })).contents.map((content) => ('text' in content ? content.text : '')).join('');
}

test('the map holds every machine with its services, and what hangs on what', async () => {
  const map = await read(await labServer(INVENTORY_LAB), 'homelab://map');
  expect(map).toContain('\npi · 192.0.2.10 · Debian · 4 services\n');
  expect(map).toContain('\n  fotos-für-alle · 2283 photos.home.arpa via gatekeeper · needs files, resolver-b\n');
  expect(map).toContain('shared dns 192.0.2.53: pi MASTER, store BACKUP');
  expect(map.trimEnd().split('\n').at(-1)).toMatch(/^src: /);
  const lost = await read(await labServer({ ...INVENTORY_LAB, ...contract('drifter', 'nowhere') }), 'homelab://map');
  expect(lost).toContain('on hosts that the inventory does not have · 1 services\n  drifter');
});

test('the map of this project is one page', async () => {
  const map = await read(await labServer({ ...labFolder(), root: PROJECT }), 'homelab://map');
  expect(encode(map).length).toBeLessThan(2500);
});

test('services and hosts are read by name, in any script, and completed', async () => {
  const server = await labServer(INVENTORY_LAB);
  expect(await read(server, `homelab://services/${encodeURIComponent('fotos-für-alle')}`)).toContain(
    'hard files (store): the library lies there',
  );
  expect(await read(server, 'homelab://hosts/nas')).toContain('stays: dns 192.0.2.53 on pi (resolver-a)');
  await expect(read(server, 'homelab://hosts/moon')).rejects.toThrow('no host of that name');
  await expect(read(server, 'homelab://services/pihole')).rejects.toThrow('no one service of that name');
  for (const [uri, value, values] of [
    ['homelab://services/{name}', 'reso', ['resolver-a', 'resolver-b']],
    ['homelab://hosts/{name}', 'or', ['store']],
    ['homelab://schema/{name}', 'serv', ['service.json']],
  ] as const) {
    const completed = await server.client.raw.complete({ ref: { type: 'ref/resource', uri }, argument: { name: 'name', value } });
    expect(completed.completion.values).toEqual(values);
  }
});

test('the schema of a contract is what the inventory is checked with; at most 20 resources are listed', async () => {
  const server = await labServer({
    ...INVENTORY_LAB,
    ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`docs/p${n}.md`, '# Page\n'])),
  });
  const schema = JSON.parse(await read(server, 'homelab://schema/service.json'));
  expect(schema.required).toContain('owner_node');
  await expect(read(server, 'homelab://schema/moon.json')).rejects.toThrow('no schema of that name');
  expect((await server.client.raw.listResources()).resources).toHaveLength(20);
});
