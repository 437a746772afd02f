import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { repositoryCheck } from './repository-check.ts';

function lab(...args: Parameters<typeof labFolder>) {
  const made = labFolder(...args);
  onTestFinished(made.remove);
  return made;
}

describeWith(['git'], 'a git repository', () => {
  test('a repository is ok with its commit and how much was read', async () => {
    const { root } = lab({ 'README.md': '# Lab\n', 'nas.md': '# NAS\n' }, { git: true });
    const { ok, found } = await repositoryCheck(root).run();
    expect(ok).toBe('ok');
    expect(found).toMatch(/: 2 files read, at commit [0-9a-f]{8}$/);
  });

  test('a rebase in the middle and an empty repository are told', async () => {
    const rebasing = lab({ 'README.md': '# Lab\n' }, { git: true });
    mkdirSync(join(rebasing.root, '.git', 'rebase-merge'));
    expect(await repositoryCheck(rebasing.root).run()).toMatchObject({
      ok: 'warn',
      found: expect.stringContaining('in the middle of a rebase'),
    });
    expect(await repositoryCheck(lab({}, { git: true }).root).run()).toMatchObject({
      ok: 'fail',
      found: expect.stringContaining('0 files read'),
    });
  });
});

test('a plain folder is told', async () => {
  const plain = lab({ 'README.md': '# Lab\n' });
  expect(await repositoryCheck(plain.root).run()).toMatchObject({ ok: 'warn', found: expect.stringContaining('no git') });
});

test('no repository is a Fault that names the setting', async () => {
  const { root } = lab();
  await expect(repositoryCheck(join(root, 'gone')).run()).rejects.toMatchObject({
    code: 'invalid_input',
    hint: expect.stringContaining('HOMELAB_REPO'),
  });
});
