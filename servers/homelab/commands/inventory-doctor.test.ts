import { expect, onTestFinished, test } from 'vitest';
import { INVENTORY_LAB } from '../tests/inventory-lab.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { inventoryDoctor } from './inventory-doctor.ts';

function checked(files: Record<string, string>) {
  const lab = labFolder(files);
  onTestFinished(lab.remove);
  return inventoryDoctor(lab.root).run();
}

test('doctor counts what the inventory holds', async () => {
  expect(await checked(INVENTORY_LAB)).toEqual({ ok: 'ok', found: '2 hosts, 6 services, 1 backup jobs from 9 files' });
});

test('doctor names the first wrong line, fails when nothing is left, and tells how to begin', async () => {
  const broken = await checked({ ...INVENTORY_LAB, 'infrastructure/services/files.yaml': 'name: [\n' });
  expect(broken).toMatchObject({ ok: 'warn', found: expect.stringMatching(/wrong at infrastructure\/services\/files\.yaml:\d+:\d+/) });
  expect(await checked({ 'infrastructure/hosts.yaml': 'hosts: {' })).toMatchObject({ ok: 'fail' });
  expect(await checked({ 'README.md': '# Lab\n' })).toMatchObject({ ok: 'warn', todo: expect.stringContaining('init') });
});
