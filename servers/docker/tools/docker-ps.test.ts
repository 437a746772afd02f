import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, test } from 'vitest';
import { shortImage, shortPorts } from '../answer/short.ts';
import type { ContainerRow } from '../summary/container-row.ts';
import { fullLines, shortLines } from '../summary/ps-lines.ts';
import { simulatedServer } from '../tests/simulated-server.ts';

test('troubles in full, the rest by project, and that it is simulated', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_ps');
  const lines = text.split('\n');
  expect(lines[0]).toBe('38 containers in all on 3 hosts, 38 running, 2 in trouble');
  expect(lines[1]).toMatch(/^! gaming-pc jellyfin: 7 ends in 6h for memory, last .+ ago \(137\), 20 restarts in all$/);
  expect(lines[2]).toMatch(/^! nas nebula-sync: unhealthy/);
  expect(text).toContain('gaming-pc 14/14 up: alloy, glances 2/2, immich 4/4, jellyfin, mcp 5/5, open-webui');
  expect(lines.at(-1)).toMatch(/^src: simulated Docker of rpi, gaming-pc, nas · \d{4}-/);
});

test('narrowed by state, host, project and name', async () => {
  const { call } = await simulatedServer();
  const problems = (await call('docker_ps', { state: 'problem' })).text;
  expect(problems).toMatch(/^2 containers in trouble on 3 hosts\ngaming-pc\n ! jellyfin .*:10\.11\.3 8096,7359\/udp/);
  expect(problems).not.toContain('caddy');
  const full = (await call('docker_ps', { host: 'pi', full: true })).text;
  expect(full).toContain('rpi (13/13 up)');
  expect(full).toMatch(/\n caddy \d+d :2\.10\.2 80,443,443\/udp\n/);
  expect((await call('docker_ps', { project: 'pihole', host: 'nas' })).text).toContain('2 containers found on 1 host');
  expect((await call('docker_ps', { name: 'jelyfin' })).text).toContain('did you mean jellyfin?');
  expect((await call('docker_ps', { host: 'toaster' })).text).toBe(
    'not_found: No host with Docker has this name. There are: rpi, gaming-pc, nas.',
  );
});

test('a host that is gone is told, and its containers are not called well', async () => {
  const { call, simulator } = await simulatedServer();
  await simulator.unplug('nas');
  const { text } = await call('docker_ps', { state: 'problem' });
  expect(text).toMatch(/^1 containers in trouble on 2 of 3 hosts\n/);
  expect(text).toMatch(/\n! nas: .+\(.+\)\nsrc: simulated Docker of rpi, gaming-pc · /);
});

test('what was stopped is shown as stopped, what was killed as trouble', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('rpi')?.stop('uptime-kuma');
  simulator.engines.get('rpi')?.stop('homepage', 1);
  const { text } = await call('docker_ps', { host: 'rpi' });
  expect(text).toMatch(/^13 containers in all on 1 host, 11 running, 1 in trouble\n! rpi homepage: exited\(1\)/);
  expect(text).toContain('uptime-kuma (exited)');
});

test('fifty containers on three hosts: 500 tokens as it comes, 1,300 in full', async () => {
  const { connect } = await simulatedServer();
  const json = await connect({ format: 'json' });
  const { rows } = (await json.call('docker_ps')).structuredContent as { rows: ContainerRow[] };
  const more = rows.slice(0, 12).map((row, index) => ({ ...row, name: `${row.name}-${index}`, project: `stack-${index}` }));
  const fifty = [...rows, ...more].sort((a, b) => a.host.localeCompare(b.host));
  expect(fifty).toHaveLength(50);
  expect(encode(shortLines(fifty).join('\n')).length).toBeLessThanOrEqual(450);
  const full = fullLines(fifty, { image: shortImage, ports: shortPorts, counted: true });
  expect(full).toHaveLength(53);
  expect(encode(full.join('\n')).length).toBeLessThanOrEqual(1_250);
});
