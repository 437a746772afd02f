import { renameSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contractPath, contractText, inventoryFolder } from '../testing/inventory-folder.ts';
import type { Inventory } from './inventory.ts';
import { openInventory } from './open.ts';

const names = ({ services }: Inventory) => services.map(({ value }) => value.name);

function opened(files: Record<string, string>) {
  const folder = inventoryFolder(files);
  const source = openInventory(folder.root);
  onTestFinished(() => {
    source.close();
    folder.remove();
  });
  return { ...folder, source };
}

test('a change, a new file and a removed one are there within a second', async () => {
  const { root, write, source } = opened({ [contractPath('a')]: contractText('a') });
  const within = { timeout: 1000, interval: 20 };
  write(contractPath('b'), contractText('b'));
  await vi.waitFor(() => expect(names(source.current())).toEqual(['a', 'b']), within);
  write(contractPath('a'), contractText('renamed'));
  await vi.waitFor(() => expect(names(source.current())).toEqual(['renamed', 'b']), within);
  rmSync(`${root}/${contractPath('a')}`);
  await vi.waitFor(() => expect(names(source.current())).toEqual(['b']), within);
});

test('a file that breaks takes nothing else with it and comes back when it is mended', async () => {
  const { write, source } = opened({ [contractPath('a')]: contractText('a'), [contractPath('b')]: contractText('b') });
  write(contractPath('a'), 'name: [');
  await vi.waitFor(() => expect(source.current().problems).toHaveLength(1), { timeout: 5000 });
  expect(names(source.current())).toEqual(['b']);
  write(contractPath('a'), contractText('a'));
  await vi.waitFor(() => expect(names(source.current())).toEqual(['a', 'b']), { timeout: 5000 });
  expect(source.current().problems).toEqual([]);
});

test('nothing changed means the same object; what did not change is not read again', async () => {
  const { write, source } = opened({ [contractPath('a')]: contractText('a'), [contractPath('b')]: contractText('b') });
  const before = source.current();
  expect(source.current()).toBe(before);
  write(contractPath('a'), contractText('a', 'depends_on: []\ntags: [new]\n'));
  await vi.waitFor(() => expect(source.current()).not.toBe(before), { timeout: 5000 });
  expect(source.current().services[1]?.value).toBe(before.services[1]?.value);
});

test('while the repository is away, what was read stays', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const folder = inventoryFolder({ [contractPath('a')]: contractText('a') });
  const changes = vi.fn();
  const source = openInventory(folder.root, { onChange: changes });
  onTestFinished(() => {
    source.close();
    folder.remove();
  });
  renameSync(folder.root, `${folder.root}-away`);
  vi.advanceTimersByTime(2000);
  expect(names(source.current())).toEqual(['a']);
  expect(changes).not.toHaveBeenCalled();
  renameSync(`${folder.root}-away`, folder.root);
  folder.write(contractPath('b'), contractText('b'));
  vi.advanceTimersByTime(1000);
  expect(names(source.current())).toEqual(['a', 'b']);
  expect(changes).toHaveBeenCalledTimes(1);
});
