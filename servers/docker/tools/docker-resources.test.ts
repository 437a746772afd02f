import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('images with who uses them; the one that nothing uses', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_resources', { kind: 'images', unused: true });
  expect(text).toMatch(/^1 unused images on 3 hosts, 1\.17 GiB/);
  expect(text).toContain('gaming-pc|jellyfin/jellyfin:10.10.7|1.17 GiB|nothing');
  expect((await call('docker_resources', { kind: 'images', limit: 5 })).text).toMatch(/shown 5 of \d+ images; next: limit or host/);
});

test('volumes and networks with who uses them', async () => {
  const { call } = await simulatedServer();
  const volumes = (await call('docker_resources', { kind: 'volumes' })).text;
  expect(volumes).toContain('gaming-pc|mcp_state|mcp-dns, mcp-docker, mcp-homelab, mcp-immich and 1 more');
  const networks = (await call('docker_resources', { kind: 'networks', host: 'nas' })).text;
  expect(networks).toMatch(/nas\|host\|keepalived, pihole\|host Docker's own/);
  expect((await call('docker_resources', { kind: 'networks', unused: true })).text).toMatch(/^0 unused networks on 3 hosts/);
});

test('a volume whose container is gone is unused', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('gaming-pc')?.stop('open-webui');
  expect((await call('docker_resources', { kind: 'volumes', unused: true })).text).toMatch(/^0 unused volumes/);
});
