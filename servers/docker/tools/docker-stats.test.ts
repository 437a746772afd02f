import { expect, test } from 'vitest';
import { simulatedServer } from '../tests/simulated-server.ts';

test('the hungriest first, with its share of the limit', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_stats', { host: 'gaming-pc', top: 3 });
  const lines = text.split('\n');
  expect(lines[0]).toBe('14 running on 1 host, by memory');
  expect(lines[1]).toBe('host|name|cpu|memory|net in/out per s');
  // Which of them it is depends on the hour of the lab; that the order is right does not.
  for (const line of lines.slice(2, 5)) expect(line).toMatch(/^gaming-pc\|[a-z-]+\|[\d.]+ %\|[\d.]+ [MG]iB \([\d.]+ % of \d+ [MG]iB\)\|/);
  const memory = lines.slice(2, 5).map((line) => {
    const [, size, unit] = /\|([\d.]+) ([MG])iB \(/.exec(line) ?? [];
    return Number(size) * (unit === 'G' ? 1_024 : 1);
  });
  expect(memory).toEqual([...memory].sort((a, b) => b - a));
  expect(text).toContain('shown 3 of 14 containers; next: top');
});

test('CPU comes from our own two samples: the transcoding Jellyfin is busiest', async () => {
  const { call } = await simulatedServer();
  const { text } = await call('docker_stats', { sort: 'cpu', top: 1 });
  expect(text).toMatch(/\ngaming-pc\|jellyfin\|[\d.]+ %\|/);
});

test('what is stopped is not measured', async () => {
  const { call, simulator } = await simulatedServer();
  simulator.engines.get('rpi')?.stop('caddy');
  const { text } = await call('docker_stats', { host: 'rpi', name: 'caddy' });
  expect(text).toContain('0 running on 1 host');
});
