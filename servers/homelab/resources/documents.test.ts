import { expect, test } from 'vitest';
import { labServer } from '../tests/lab-server.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';

test('at most 20 are listed, the README, decisions and runbooks first', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, number) => [`docs/n${number}.md`, '# N\n']));
  const { client } = await labServer({ ...SMALL_LAB, ...many });
  const { resources } = await client.raw.listResources();
  expect(resources).toHaveLength(20);
  expect(resources.slice(1, 5).map(({ name }) => name)).toEqual([
    'README.md',
    'decisions/0003-traefik.md',
    'decisions/0007-caddy.md',
    'runbooks/immich-oom.md',
  ]);
});

test('odd names survive the way through the uri; secrets do not', async () => {
  const { client } = await labServer({ 'docs/50% über #1.md': '# Odd\n\npassword: hunter2-Xk9vQ7pLm3\n' });
  const [, listed] = (await client.raw.listResources()).resources;
  const { contents } = await client.raw.readResource({ uri: listed?.uri ?? '' });
  const text = contents.map((content) => ('text' in content ? content.text : '')).join('');
  expect(text).toContain('# Odd');
  expect(text).toContain('[redacted');
  expect(text).toMatch(/\nsrc: .*\n$/);
});

test.for([
  '..%2Fx',
  '%2e%2e/x',
  '/etc/passwd',
  '.git/config',
  'docs/gone.md',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'docs%5C..%5Cx',
  'a%00.md',
])('%j is refused or not found', async (path) => {
  const { client } = await labServer(SMALL_LAB);
  await expect(client.raw.readResource({ uri: `homelab://docs/${path}` })).rejects.toThrow();
});

test('completion takes what begins with the value first, then what holds it', async () => {
  const { client } = await labServer(SMALL_LAB);
  const complete = async (value: string) =>
    (await client.raw.complete({ ref: { type: 'ref/resource', uri: 'homelab://docs/{+path}' }, argument: { name: 'path', value } }))
      .completion.values;
  expect(await complete('docs/')).toEqual(['docs/network.md', 'docs/old-network.md', 'docs/services/immich.md']);
  expect(await complete('immich')).toContain('infrastructure/services/immich.yaml');
  expect(await complete('zzz')).toEqual([]);
});
