import { expect, test } from 'vitest';
import { contract, INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labServer } from '../tests/lab-server.ts';

test('each kind is a table with shown and total', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  for (const [kind, row, total] of [
    ['hosts', 'pi|192.0.2.10|Debian arm64|resolver|4|infrastructure/hosts.yaml:4', 2],
    ['services', 'files|store||445', 6],
    ['ports', 'pi|53/udp|resolver-a|dns|lan', 6],
    ['domains', 'photos.home.arpa|192.0.2.10|fotos-für-alle|gatekeeper|lan|app', 2],
    ['backups', 'nightly|high|pi: fotos-für-alle|store|0 3 * * *||never', 1],
    ['networks', 'lan|192.0.2.0/25|7|reaches internet', 4],
  ] as const) {
    const { text } = await call('inventory_list', { kind });
    expect(text.split('\n')).toContain(row);
    expect(text).toContain(`${total} of ${total} ${kind}`);
  }
});

test('host and text narrow, an unknown host is told with what is near', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const store = (await call('inventory_list', { kind: 'ports', host: 'nas' })).text;
  expect(store).toMatch(/^port\|service\|what\|scope\n53\/udp\|resolver-b/);
  expect(store).toContain('2 of 2 ports of nas\nNo collisions.');
  expect((await call('inventory_list', { kind: 'services', text: 'FOTOS' })).text).toContain('1 of 1 services with FOTOS');
  expect((await call('inventory_list', { kind: 'ports', host: 'stor' })).text).toContain('No host is called stor.\nDid you mean: store?');
  expect((await call('inventory_list', { kind: 'backups', text: 'zeppelin' })).text).toContain(
    'No backups with zeppelin in the inventory.',
  );
});

test('ports that two services claim are told; other addresses, transports and machines are no collision', async () => {
  const web = (port: string) => ({ exposure: `[{ name: web, ${port}, scope: lan }]` });
  const { call } = await labServer({
    ...INVENTORY_LAB,
    ...contract('one', 'pi', web('port: 9000')),
    ...contract('two', 'pi', web('port: 9000, address: 127.0.0.1')),
    ...contract('three', 'store', web('port: 9000')),
    ...contract('four', 'pi', web('port: 9000, protocol: udp')),
    ...contract('five', 'pi', web('port: 7000, address: 127.0.0.1')),
    ...contract('six', 'pi', web('port: 7000, address: 192.0.2.10')),
  });
  const { text } = await call('inventory_list', { kind: 'ports' });
  expect(text).toMatch(/\nCOLLISIONS: pi 9000\/tcp: \w+ and \w+ \(infrastructure\/services\/\w+\.yaml:\d+\)\n/);
  expect(text.match(/lan COLLIDES/g)).toHaveLength(2);
});
