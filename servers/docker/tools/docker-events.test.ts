import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('counted by what they happened to, troubles first', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_events');
  expect(text).toMatch(/\n! gaming-pc jellyfin: oom x7, die\(137\) x7, start x7 · last /);
  expect(text).toMatch(/\n! nas nebula-sync: health_status: unhealthy · last /);
  expect(text.indexOf('rpi homepage: die(0), destroy, create, start')).toBeGreaterThan(text.indexOf('nebula-sync'));
});

test('of one container and a short time only; nothing is told as nothing remembered', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('rpi')?.restart('caddy');
  expect((await call('docker_events', { name: 'caddy', since: '5m' })).text).toContain('rpi caddy: die(0), start, restart');
  expect((await call('docker_events', { name: 'vaultwarden', since: '5m' })).text).toContain('Nothing is remembered of this time.');
  expect((await call('docker_events', { since: '2999-01-01' })).text).toMatch(/^invalid_input: `since` lies in the future\./);
});
