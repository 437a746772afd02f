import { emptyInventory } from '@homelab/shared/inventory/inventory.ts';
import { expect, test } from 'vitest';
import { labAt } from '../../../shared/lab/lab-at.ts';
import { contractOf, ownProject } from './fleet.ts';
import { onePerHost } from './one-per-host.ts';

const { inventory } = labAt();
const container = (host: string, name: string, project: string, id = 'f'.repeat(64)) => ({ id, host, name, project });

test('the suite knows its own containers: by project on its host, and by the host name that Docker gave it', () => {
  const own = ownProject(() => inventory, 'gaming-pc');
  expect(own(container('gaming-pc', 'mcp-dns', 'mcp'))).toBe(true);
  expect(own(container('gaming-pc', 'anything', 'mcp'))).toBe(true);
  expect(own(container('nas', 'mcp-dns', 'mcp'))).toBe(false);
  expect(own(container('gaming-pc', 'jellyfin', 'jellyfin'))).toBe(false);
  expect(ownProject(() => inventory, 'local', true)(container('local', 'mcp-dns', 'mcp'))).toBe(true);
  const id = `0123456789ab${'0'.repeat(52)}`;
  expect(ownProject(() => emptyInventory, '0123456789ab')(container('x', 'y', 'z', id))).toBe(true);
  expect(ownProject(() => emptyInventory, '')(container('x', 'y', 'z', id))).toBe(false);
});

test('a contract is found by host and container, not by name alone', () => {
  expect(contractOf(inventory, { host: 'nas', name: 'pihole', project: 'pihole', service: 'pihole' })?.name).toBe('pihole-backup');
  expect(contractOf(inventory, { host: 'rpi', name: 'pihole', project: 'pihole', service: 'pihole' })?.name).toBe('pihole-primary');
  expect(contractOf(inventory, { host: 'rpi', name: 'pihole', project: 'other', service: 'pihole' })).toBeUndefined();
  expect(contractOf(inventory, { host: 'gaming-pc', name: 'pihole' })).toBeUndefined();
});

test('one write per host at a time, in order, also after a failure; other hosts do not wait', async () => {
  const alone = onePerHost();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = alone('a', async () => {
    await first.promise;
    order.push('a1');
    throw new Error('no');
  });
  const two = alone('a', async () => void order.push('a2'));
  await alone('b', async () => void order.push('b1'));
  first.resolve();
  await expect(one).rejects.toThrow('no');
  await two;
  expect(order).toEqual(['b1', 'a1', 'a2']);
});
