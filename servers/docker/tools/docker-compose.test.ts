import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('every project with its services up, troubles marked', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_compose');
  expect(text).toMatch(/^26 compose projects on 3 hosts\n/);
  expect(text).toContain('gaming-pc immich 4/4');
  expect(text).toContain('! nas pihole 2/2 (nebula-sync unhealthy)');
});

test('one project with folder, file and the file of the repository', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_compose', { project: 'jellyfin' });
  expect(text).toContain('  in C:/homelab/compose/gaming-pc/jellyfin');
  expect(text).toContain('  repository compose/gaming-pc/jellyfin/compose.yaml');
});

test('a service of a contract without a container is told', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('gaming-pc')?.remove('immich-redis', true);
  simulator.engines.get('rpi')?.remove('caddy', true);
  expect((await call('docker_compose', { project: 'immich' })).text).toContain('! gaming-pc immich 3/4 (immich-redis has no container)');
  expect((await call('docker_compose', { host: 'rpi' })).text).toContain('! rpi caddy 0/1 (caddy has no container)');
});
