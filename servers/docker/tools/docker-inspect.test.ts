import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { secretOf } from '../simulator/container-json.ts';
import { simulatedServer } from '../tests/simulated-server.ts';

test('the summary of every container fits into 250 tokens', async () => {
  const { call, lab } = await simulatedServer();
  const sizes: [string, number][] = [];
  for (const { name: host } of lab.machines)
    for (const { name } of lab.containers(host)) {
      const { text, isError } = await call('docker_inspect', { name, host });
      expect([name, isError]).toEqual([name, false]);
      sizes.push([`${host}/${name}`, encode(text).length]);
    }
  expect(sizes).toHaveLength(38);
  expect(sizes.filter(([, size]) => size > 250)).toEqual([]);
});

test('what it is made of, what is notable, and its contract', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_inspect', { name: 'jellyfin' });
  expect(text).toMatch(
    /^jellyfin on gaming-pc · up .+ · id [0-9a-f]{12}\nimage jellyfin\/jellyfin:10\.11\.3 \([0-9a-f]{12}\)\nmade 1d ago · restart unless-stopped, 20 restarts, last end /,
  );
  expect(text).toContain('limits memory 1 GiB');
  expect(text).toContain('contract jellyfin');
  expect((await call('docker_inspect', { name: 'glances', host: 'nas' })).text).toContain('notable host pids, has the Docker socket');
  expect((await call('docker_inspect', { name: 'sysctl-init' })).text).toContain('notable privileged, host pids');
});

test('sections in full; what the contract calls a secret is hidden even where it looks harmless', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_inspect', {
    name: 'nebula-sync',
    sections: ['env', 'health', 'labels', 'network', 'mounts', 'command', 'security'],
  });
  expect(text).toContain('PRIMARY=[redacted]');
  expect(text).not.toContain(secretOf({ host: 'nas', name: 'nebula-sync' }, 'PRIMARY'));
  expect(text).toContain('unhealthy, failed 5 times in a row');
  expect(text).toContain('com.docker.compose.project=pihole');
  expect(text).toContain('TZ=Europe/Berlin');
});

test('names: service of the inventory, project/service, id; several and none are told', async () => {
  const { call, lab } = await simulatedServer();
  const id = lab.containers('rpi').find(({ name }) => name === 'caddy')?.id ?? '';
  for (const name of ['pihole-backup', 'sysctl/sysctl-init', id.slice(0, 12)])
    expect((await call('docker_inspect', { name })).isError).toBe(false);
  expect((await call('docker_inspect', { name: 'alloy' })).text).toBe(
    'invalid_input: This name is used on rpi, gaming-pc and nas. Give `host` too.',
  );
  expect((await call('docker_inspect', { name: 'granfana' })).text).toBe(
    'not_found: No container has this name, id or service. Did you mean grafana on nas?',
  );
  expect((await call('docker_inspect', { name: 'x; rm -rf /' })).text).toMatch(/^not_found: /);
});

test('while a host is silent, nothing is taken for the only one of its name', async () => {
  const { call, simulator } = await simulatedServer();
  await simulator.unplug('nas');
  expect((await call('docker_inspect', { name: 'caddy' })).text).toMatch(
    /^unavailable: nas did not answer, so it is not sure .+ Give host: rpi\.$/,
  );
  expect((await call('docker_inspect', { name: 'caddy', host: 'rpi' })).isError).toBe(false);
  expect((await call('docker_inspect', { name: 'loki' })).text).toMatch(
    /^unavailable: No container of this name was found, but nas could not be asked\./,
  );
});
