import { expect, test } from 'vitest';
import { INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labServer } from '../tests/lab-server.ts';

test('a name, alias, address, port, domain, MAC, container, image or path is told with why it matched and where it stands', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  for (const [query, first] of [
    ['pi', /^pi · host · 192\.0\.2\.10 · .* · infrastructure\/hosts\.yaml:4$/],
    ['Raspberry', /^pi · host .* by alias raspberry/],
    ['192.0.2.30', /^store · host .* by address 192\.0\.2\.30/],
    ['192.0.2.10:8081', /^resolver-a · .* by port 8081\/tcp \(web\) · infrastructure\/services\/resolver-a\.yaml:6$/],
    ['nas:445', /^files · .* by port 445\/tcp/],
    ['192.0.2.53', /^dns · shared address · 192\.0\.2\.53 · vrrp: pi MASTER, store BACKUP/],
    ['192.0.2.53:53/udp', /^resolver-a/],
    ['https://photos.home.arpa/albums', /^fotos-für-alle · .* by domain photos\.home\.arpa/],
    ['gate.home.arpa', /^gate\.home\.arpa · DNS record · 192\.0\.2\.1 · router gate/],
    ['00-00-5E-00-53-0A', /^pi · host .* by MAC/],
    ['example/frames:v2@sha256:ab12', /^frames · .* by image example\/frames/],
    ['/srv/fotos/2024/a.jpg', /^fotos-für-alle · .* by data in \/srv\/fotos/],
    ['FOTOS FÜR ALLE', /^fotos-für-alle · service/],
    ['vlan 7', /^lan · network · 192\.0\.2\.0\/25/],
    ['where does the pihole run?', /^resolver-a · service · on pi \(192\.0\.2\.10\) · .* by alias pihole/],
    ['/var/lib/nothing', /^pi · host .* by disk ssd at \//],
  ] as const) {
    const { text, isError } = await call('inventory_find', { query });
    expect([query, isError, text.split('\n')[0]]).toEqual([query, false, expect.stringMatching(first)]);
    expect(text.split('\n').at(-1)).toMatch(/^src: /);
  }
});

test('two of a name are both told', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const lines = (await call('inventory_find', { query: 'Pi-hole' })).text.split('\n');
  expect(lines.slice(0, 2).map((line) => line.split(' · ')[0])).toEqual(['resolver-a', 'resolver-b']);
  expect(lines[0]).toContain('behind dns 192.0.2.53');
});

test('what matched nothing is named, with what is near', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  expect((await call('inventory_find', { query: 'stroe' })).text).toContain('Did you mean: store?');
  const port = (await call('inventory_find', { query: 'store:9999' })).text;
  expect(port).toMatch(/^store · host/);
  expect(port).toContain('Matched nothing: port 9999.');
  expect((await call('inventory_find', { query: 'pi and zeppelin' })).text).toContain('Matched nothing: zeppelin.');
  const free = (await call('inventory_find', { query: '192.0.2.77' })).text;
  expect(free).toMatch(/^lan · network .* handed out by DHCP/);
  expect(free).toContain('Matched nothing: 192.0.2.77 as an address of a host, device or shared address.');
  const nothing = (await call('inventory_find', { query: 'qqqqqqqq' })).text;
  expect(nothing).toContain('Nothing in the inventory is called that.');
});

test('without an inventory it tells what compose files say, as a guess, with file and line', async () => {
  const { call } = await labServer({
    'hosts/nas/media/compose.yaml': 'services:\n  jellyfin:\n    image: jellyfin/jellyfin:10\n    ports: ["8096:8096"]\n',
  });
  const { text } = await call('inventory_find', { query: 'jellyfin' });
  expect(text).toMatch(/^jellyfin · service · on nas .*ports 8096.* · hosts\/nas\/media\/compose\.yaml:2$/m);
  expect(text.split('\n').at(-1)).toContain('no inventory: GUESSED from compose files and host lists');
  const empty = await labServer({ 'README.md': '# Nothing\n' });
  expect((await empty.call('inventory_find', { query: 'jellyfin' })).text).toContain(
    'no inventory, and no compose file or host list to guess from',
  );
});
