import { expect, test } from 'vitest';
import { contract, INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labServer } from '../tests/lab-server.ts';

test('what a service needs and what breaks without it; a hard need of a shared address survives one holder', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const { text } = await call('service_graph', { name: 'fotos-für-alle' });
  expect(text.split('\n').slice(0, -1)).toEqual(
    [
      'fotos-für-alle · service · infrastructure/services/fotos-für-alle.yaml:1',
      'needs:',
      '  hard files (store): the library lies there',
      '  hard resolver-b (store): asks 192.0.2.53',
      '  soft gatekeeper: ingress',
      'single points of failure: host pi, host store, files (store)',
      'stops with it (1):',
      '  frames',
      'backups that cannot run: none',
    ].filter((line) => !line.endsWith('none')),
  );
});

test('what breaks without a machine: there, elsewhere, less, what stays by failover, and backups', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const { text } = await call('service_graph', { name: 'nas' });
  expect(text.split('\n').slice(0, -1)).toEqual([
    'store · host · infrastructure/hosts.yaml:18',
    'stops there (2): files, resolver-b',
    'stops elsewhere (2):',
    '  files -> fotos-für-alle on pi: the library lies there',
    '  fotos-für-alle -> frames on pi',
    'stays: dns 192.0.2.53 on pi (resolver-a)',
    'backups that cannot run: nightly',
  ]);
  expect((await call('service_graph', { name: 'resolver-b', direction: 'breaks' })).text).toContain('stops with it (0): nothing');
});

test('with the last holder gone a shared address goes, and all that leaned on it', async () => {
  const one = (INVENTORY_LAB['infrastructure/network.yaml'] ?? '').replace('      - { host: pi, state: MASTER, priority: 150 }\n', '');
  const { call } = await labServer({ ...INVENTORY_LAB, 'infrastructure/network.yaml': one });
  const { text } = await call('service_graph', { name: 'resolver-b', direction: 'breaks' });
  expect(text).toContain('goes away: dns 192.0.2.53, nothing is left to hold it');
  expect(text).toContain('stops with it (2):\n  fotos-für-alle on pi: asks 192.0.2.53');
});

test('a share that is mounted counts as a need of its machine', async () => {
  const { call } = await labServer({
    ...INVENTORY_LAB,
    ...contract('films', 'pi', { persistence: '[{ target: /f, source: //192.0.2.30/films, kind: cifs, criticality: low }]' }),
  });
  expect((await call('service_graph', { name: 'films' })).text).toContain('hard host store: mounts a share of it');
  expect((await call('service_graph', { name: 'store' })).text).toMatch(
    /stops elsewhere \(3\):\n(.*\n)*? {2}films on pi: mounts a share of it/,
  );
});

test('circles are told and end', async () => {
  const { call } = await labServer({
    ...INVENTORY_LAB,
    ...contract('hen', 'pi', { depends_on: '[{ service: egg }]' }),
    ...contract('egg', 'pi', { depends_on: '[{ service: hen }]' }),
    ...contract('self', 'pi', { depends_on: '[{ service: self }]' }),
  });
  const hen = (await call('service_graph', { name: 'hen', depth: 10 })).text;
  expect(hen).toMatch(/CIRCLE of hard dependencies: (hen, egg, hen|egg, hen, egg)/);
  expect(hen).toContain('stops with it (1):\n  egg');
  const lab = (await call('service_graph')).text;
  expect(lab).toContain('CIRCLE of hard dependencies: self, self');
  expect(lab).toContain('host pi takes 7');
  expect(lab).toContain('Failover: dns 192.0.2.53 moves between pi and store.');
});

test('a need that no contract describes is told, unknown names get the nearest service and host', async () => {
  const { call } = await labServer({ ...INVENTORY_LAB, ...contract('lonely', 'pi', { depends_on: '[{ service: ghost }]' }) });
  expect((await call('service_graph', { name: 'lonely' })).text).toContain('hard ghost (no contract)');
  expect((await call('service_graph', { name: 'filse' })).text).toContain('Did you mean: files?');
});

test('a shared address: who holds it, who leans on it, what happens without each holder', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const { text } = await call('service_graph', { name: '192.0.2.53' });
  expect(text.split('\n').slice(0, -1)).toEqual([
    expect.stringMatching(/^dns · shared address · infrastructure\/network\.yaml:\d+$/),
    '192.0.2.53 · vrrp: pi MASTER, store BACKUP · serves resolver-a, resolver-b',
    'named as a need by: hard fotos-für-alle',
    'without host pi stays: dns 192.0.2.53 on store (resolver-b)',
    'without host store stays: dns 192.0.2.53 on pi (resolver-a)',
    'without all of them goes away: dns 192.0.2.53, nothing is left to hold it',
  ]);
  expect((await call('service_graph', { name: 'stroe' })).text).toContain('No service or host is called stroe.\nDid you mean: store?');
});
