import { expect, test } from 'vitest';
import type { ElicitAnswer } from '../../../shared/testing/connect.ts';
import { simulatedServer } from '../tests/simulated-server.ts';

const yes: ElicitAnswer = { action: 'accept', content: { approve: true } };

/** A server with a client whose person says yes to everything, and what they were asked. */
async function withPerson() {
  const server = await simulatedServer();
  const asked: string[] = [];
  const client = await server.connect({
    level: 'destructive',
    elicit: async (message) => {
      asked.push(message);
      return yes;
    },
  });
  const stateOf = (host: string, name: string) => server.simulator.engines.get(host)?.find(name).life.state;
  return { ...server, asked, stateOf, power: (args: Record<string, unknown>) => client.call('docker_power', args) };
}

test('a restart shows the person what it is, and changes it', async () => {
  const { power, asked, simulator } = await withPerson();
  const { text } = await power({ action: 'restart', name: 'jellyfin', host: 'gaming-pc', reason: 'after raising its limit' });
  expect(text).toMatch(/^Restarted jellyfin on gaming-pc: was up .+, is up .+ starting\.$/);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/Restart \(stop, then start\) jellyfin on gaming-pc \(id [0-9a-f]{12}, jellyfin\/jellyfin:10\.11\.3\), now up /);
  expect(asked[0]).toContain('Contract jellyfin: criticality medium, restart safe');
  expect(simulator.engines.get('gaming-pc')?.find('jellyfin').life.restarts).toBe(0);
});

test('who depends on it is shown; stop, pause, unpause and kill do what they say', async () => {
  const { power, asked, stateOf } = await withPerson();
  expect((await power({ action: 'stop', name: 'loki', host: 'nas' })).text).toMatch(
    /^Stopped loki on nas: .+ is exited\(0\) .+\nUndo: docker_start\.$/,
  );
  expect(asked[0]).toMatch(/Hangs on it: .*alloy-nas/);
  expect(stateOf('nas', 'loki')).toBe('exited');
  expect((await power({ action: 'stop', name: 'loki', host: 'nas' })).text).toMatch(/^Nothing to do/);
  expect((await power({ action: 'pause', name: 'grafana', host: 'nas' })).text).toContain('Undo: docker_power unpause.');
  expect(stateOf('nas', 'grafana')).toBe('paused');
  const before = asked.length;
  expect((await power({ action: 'unpause', name: 'grafana', host: 'nas' })).text).toMatch(/^Resumed grafana/);
  expect(asked).toHaveLength(before);
  expect((await power({ action: 'kill', name: 'grafana', host: 'nas' })).text).toContain('is exited(137)');
});

test('the suite never stops itself, and names the command for a person', async () => {
  const { power, asked, stateOf } = await withPerson();
  for (const action of ['stop', 'restart', 'pause', 'kill'])
    expect((await power({ action, name: 'mcp-homelab', host: 'gaming-pc' })).text).toMatch(
      new RegExp(`^denied: This suite runs in that container or beside it, .+ docker ${action} mcp-homelab\\.$`),
    );
  expect(asked).toEqual([]);
  expect(stateOf('gaming-pc', 'mcp-homelab')).toBe('running');
});

test('a guard that does not hold leaves it to the operator: the second resolver while the first is down', async () => {
  const { power, asked, stateOf, call } = await withPerson();
  expect((await power({ action: 'stop', name: 'pihole', host: 'rpi' })).text).toMatch(/^Stopped pihole on rpi/);
  const { text } = await power({ action: 'restart', name: 'pihole', host: 'nas' });
  expect(text).toMatch(
    /^approval_required: Nothing was done yet: the guard other-resolver-answers does not hold \(the house keeps one resolver\)/,
  );
  expect(asked).toHaveLength(1);
  expect(stateOf('nas', 'pihole')).toBe('running');
  expect((await call('docker_actions')).text).toMatch(/pending docker_power on nas\/pihole:[0-9a-f]{12}/);
});

test('a target that changed while the person thought is refused', async () => {
  const { simulator, connect } = await simulatedServer();
  const engine = simulator.engines.get('rpi');
  const client = await connect({
    level: 'disruptive',
    elicit: async () => {
      engine?.restart('caddy');
      return yes;
    },
  });
  const { text, isError } = await client.call('docker_power', { action: 'stop', name: 'caddy', host: 'rpi' });
  expect([isError, text]).toEqual([true, expect.stringMatching(/^(?:conflict|denied|approval_required): /)]);
  expect(engine?.find('caddy').life.state).toBe('running');
});

test('nobody is asked, nothing is done: a no, an unknown name, a name that several hosts have', async () => {
  const { simulator, connect } = await simulatedServer();
  const client = await connect({ level: 'disruptive', elicit: async () => ({ action: 'decline' }) });
  const args = { action: 'stop', name: 'caddy', host: 'rpi' };
  expect((await client.call('docker_power', args)).text).toMatch(/^denied: The person was asked and declined\. Nothing was done\./);
  expect(simulator.engines.get('rpi')?.find('caddy').life.state).toBe('running');
  expect((await client.call('docker_power', { ...args, name: 'cady' })).text).toMatch(/^not_found: .+ Did you mean caddy on rpi\?$/);
  expect((await client.call('docker_power', { action: 'stop', name: 'caddy' })).text).toMatch(/^invalid_input: .*host/);
  expect((await client.call('docker_power', { ...args, action: 'unpause' })).text).toMatch(/^conflict: /);
});
