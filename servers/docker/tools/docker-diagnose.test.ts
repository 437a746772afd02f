import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('why Jellyfin keeps dying: memory, its rhythm, what changed, what its log said', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_diagnose', { name: 'jellyfin' });
  expect(text).toContain('It runs out of memory: the kernel kills it at its limit of 1 GiB (exit 137).');
  expect(text).toMatch(/- 20 restarts since it was made, 7 ends in 6h, about every (?:39|40)m \d+s, last .+ ago \(137, memory\)/);
  expect(text).toMatch(/- made anew 1d 2h ago from jellyfin\/jellyfin:10\.11\.3, before from jellyfin\/jellyfin:10\.10\.7/);
  expect(text).toContain('Memory pressure: working set');
  expect(text).toContain('needs hard nas-smb on nas: not in Docker; soft caddy on rpi: healthy');
  expect(text).toContain('docs_read runbooks/container-oom.md');
  expect(encode(text).length).toBeLessThanOrEqual(500);
});

test('why nebula-sync is unhealthy: what its check and its log say', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_diagnose', { name: 'nebula-sync' });
  expect(text).toContain('its health check fails (5 times in a row)');
  expect(text).toContain('429 api_seats_exceeded');
  expect(encode(text).length).toBeLessThanOrEqual(500);
});

test('one that is well is told so, one that was stopped by somebody, one that ended by itself, a paused one', async () => {
  const { call, simulator } = await simulatedServer();
  expect((await call('docker_diagnose', { name: 'caddy' })).text).toMatch(/\nNothing wrong is seen: up since .+ ago, healthy\.\n/);
  const engine = simulator.engines.get('rpi');
  engine?.stop('caddy');
  engine?.pause('homepage');
  expect((await call('docker_diagnose', { name: 'caddy' })).text).toMatch(
    /\nSomebody stopped it .+ ago: exit 0, the program reported success\./,
  );
  expect((await call('docker_diagnose', { name: 'homepage' })).text).toContain('docker_power unpause lets it go on');
});

test('one that runs while what it needs is down is no good news', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('gaming-pc')?.stop('immich-redis');
  const { text } = await call('docker_diagnose', { name: 'immich-server' });
  expect(text).toContain('what it needs does not: immich-redis on gaming-pc.');
  expect(text).toContain('hard immich-redis on gaming-pc: exited');
});

test('what could not be asked is told, never left out', async () => {
  const { call, simulator } = await simulatedServer();
  await simulator.unplug('rpi');
  const { text } = await call('docker_diagnose', { name: 'jellyfin', host: 'gaming-pc' });
  expect(text).toContain('soft caddy on rpi: not known, its host did not answer');
});
