import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('each engine with its version and way, and the machine without Docker', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_hosts');
  expect(text).toMatch(/^rpi answers · Docker 28\.1\.1 \(API 1\.\d+\) · linux\/aarch64, 4 cores, 4 GiB · 13\/13 running · simulator · /);
  expect(text).toContain('no Docker by the inventory: macbook');
  expect(text).not.toContain('.sock');
});

test('one that does not answer is told with a reason, and no folder of this machine', async () => {
  const { call, simulator } = await simulatedServer();
  await simulator.unplug('gaming-pc');
  const { text } = await call('docker_hosts', { host: 'windows pc' });
  expect(text).toMatch(/^! gaming-pc: /);
  expect(text).not.toContain('docker-simulator-');
});
