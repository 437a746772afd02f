import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test.each([
  ['8096', 'gaming-pc jellyfin: publishes 8096/tcp'],
  ['443/udp', 'rpi caddy: publishes 443/udp'],
  ['8080', 'gaming-pc open-webui: publishes 3000 (8080 inside)/tcp'],
  ['/share/CACHEDEV1_DATA/Container/loki/chunks', 'nas loki: mounts /share/CACHEDEV1_DATA/Container/loki at '],
  ['jellyfin_config', 'gaming-pc jellyfin: mounts jellyfin_config at /config'],
  ['grafana/loki', 'nas loki: image grafana/loki:3.5.7'],
  ['10.10.7', 'gaming-pc jellyfin/jellyfin:10.10.7: an image that no container uses'],
  ['CIFS_PASSWORD', 'gaming-pc jellyfin: has the variable CIFS_PASSWORD'],
  ['com.docker.compose.project=immich', 'gaming-pc immich-redis: label com.docker.compose.project=immich'],
])('%s is found', async (query, line) => {
  const { call } = await simulatedServer();
  expect((await call('docker_find', { query })).text).toContain(line);
});

test('an address is looked for in every container', async () => {
  const { call, lab } = await simulatedServer();
  const address = lab.containers('gaming-pc').find(({ name }) => name === 'jellyfin')?.address ?? 'none';
  expect((await call('docker_find', { query: address })).text).toContain('gaming-pc jellyfin: has this address in jellyfin_default');
});

test('nothing is said with how many were looked at, and who did not answer', async () => {
  const { call, simulator } = await simulatedServer();
  await simulator.unplug('rpi');
  const { text } = await call('docker_find', { query: '9999' });
  expect(text).toMatch(/^Nothing of 25 containers on 2 of 3 hosts has 9999; images and volumes neither\.\n! rpi: /);
});
