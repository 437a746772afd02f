import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('what each kind takes, what nothing uses, and the largest', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_disk', { host: 'gaming-pc' });
  expect(text).toMatch(/^gaming-pc [\d.]+ GiB, measured /);
  expect(text).toMatch(/\n {2}images 15: [\d.]+ GiB, 1\.17 GiB unused · ghcr\.io\/open-webui\/open-webui:v0\.6\.36 4 GiB, /);
  expect(text).toMatch(/\n {2}build cache 3: 1\.73 GiB, 1\.73 GiB unused\n/);
});

test('measured again only on request', async () => {
  const { call, connect, simulator } = await simulatedServer();
  const json = await connect({ format: 'json' });
  const at = async (fresh: boolean) =>
    ((await json.call('docker_disk', { host: 'nas', fresh })).structuredContent as { hosts: { at: string }[] }).hosts[0]?.at;
  const first = await at(false);
  expect(await at(false)).toBe(first);
  expect(await at(true)).not.toBe(first);
  await simulator.unplug('nas');
  expect((await call('docker_disk', { host: 'nas', fresh: true })).text).toMatch(/^! nas: /);
});
