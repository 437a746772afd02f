import { expect, test } from 'vitest';
import { INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labServer } from '../tests/lab-server.ts';

const TALK = Object.fromEntries(
  Array.from({ length: 6 }, (_, n) => [
    `docs/talk-${n}.md`,
    '# Resolver-a, 8081 and more\n\nresolver-a resolver-a 8081 pihole photos.home.arpa\n',
  ]),
);

test('a question that is a name, an address with a port or a domain finds the contract first', async () => {
  const { call } = await labServer({ ...INVENTORY_LAB, ...TALK });
  for (const [query, path] of [
    ['resolver-a', 'infrastructure/services/resolver-a.yaml'],
    ['192.0.2.10:8081', 'infrastructure/services/resolver-a.yaml'],
    ['photos.home.arpa', 'infrastructure/services/fotos-für-alle.yaml'],
    ['store', 'infrastructure/hosts.yaml'],
  ] as const) {
    const { text } = await call('docs_search', { query });
    expect([query, text.split('\n')[0]]).toEqual([query, expect.stringMatching(new RegExp(`^1 ${path}`))]);
  }
});

test('among other words a name only tips the scales', async () => {
  const { call } = await labServer({
    ...INVENTORY_LAB,
    'docs/zigbee.md': '# Zigbee and resolver-a\n\nThe zigbee stick disturbs resolver-a.\n',
  });
  expect((await call('docs_search', { query: 'zigbee stick disturbs resolver-a' })).text).toMatch(/^1 docs\/zigbee\.md/);
});
