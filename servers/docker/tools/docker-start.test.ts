import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('starts what is down, says how it is then, and that nothing was to do the second time', async () => {
  const { connect, simulator } = await simulatedServer();
  simulator.engines.get('rpi')?.stop('caddy');
  const writer = await connect({ level: 'write' });
  expect((await writer.call('docker_start', { name: 'caddy', host: 'rpi' })).text).toMatch(
    /^Started caddy on rpi: was exited\(0\) .+ ago, is up .+ starting\.\nUndo: docker_power stop\.$/,
  );
  expect((await writer.call('docker_start', { name: 'caddy', host: 'rpi' })).text).toMatch(/^Nothing to do: caddy on rpi already was so/);
  expect(simulator.engines.get('rpi')?.find('caddy').life.state).toBe('running');
});

test('a token that reads only may not', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('rpi')?.stop('caddy');
  expect((await call('docker_start', { name: 'caddy', host: 'rpi' })).isError).toBe(true);
  expect(simulator.engines.get('rpi')?.find('caddy').life.state).toBe('exited');
});
