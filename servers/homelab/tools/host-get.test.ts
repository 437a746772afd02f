import { expect, test } from 'vitest';
import { INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labServer } from '../tests/lab-server.ts';

test('a machine with how it is reached, its labels, notes, services and pages', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  const { text } = await call('host_get', { host: 'raspberry' });
  const lines = text.split('\n');
  expect(lines[0]).toBe('pi · infrastructure/hosts.yaml:4');
  expect(lines).toContain('reach: ssh pi@192.0.2.10:2222 (sh, key pinned) · docker by streamlocal');
  expect(lines).toContain('holds: dns 192.0.2.53 (MASTER)');
  expect(lines).toContain('metrics: {host="pi"} · logs {host="pi"}');
  expect(lines).toContain('reboot: Two minutes.');
  expect(lines).toContain('sudo: Without a password.');
  expect(text).toContain('services (4): ');
  expect(text).toContain('resolver-a 53/udp, 8081');
  expect(lines).toContain('docs: disk-full');
  expect((await call('docs_read', { ref: 'disk-full' })).text).toContain('A disk is full');
  expect(text).not.toContain('SHA256');
});

test('without SSH and Docker it says so; an unknown name gets the nearest', async () => {
  const { call } = await labServer(INVENTORY_LAB);
  expect((await call('host_get', { host: 'store' })).text).toContain('reach: no SSH · no Docker');
  expect((await call('host_get', { host: 'stoer' })).text).toContain('No host is called stoer.\nDid you mean: store?');
});

test('a broken file does not hide the others, and the last line says what is missing', async () => {
  const broken = (INVENTORY_LAB['infrastructure/hosts.yaml'] ?? '').replace('os: { family: linux }', 'os: { family: beos }');
  const { call, lab } = await labServer({ ...INVENTORY_LAB, 'infrastructure/hosts.yaml': broken });
  const told = /inventory INCOMPLETE: 1 problem, first infrastructure\/hosts\.yaml:\d+; see inventory_check$/;
  expect((await call('host_get', { host: 'pi' })).text).toMatch(told);
  const missing = (await call('host_get', { host: 'store' })).text;
  expect(missing).toContain('No host is called store.');
  expect(missing).toMatch(told);
  lab.write('infrastructure/hosts.yaml', 'hosts: [');
  await expect.poll(async () => (await call('host_get', { host: 'pi' })).text, { timeout: 10_000 }).toContain('No host is called pi.');
  expect((await call('service_get', { service: 'files' })).text).toMatch(/^files · .*\non store/);
});
