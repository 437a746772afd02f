import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { until } from '../tests/lab-folder.ts';
import { lab, paths, repository } from '../tests/open-lab.ts';
import { openRepository } from './repository.ts';

describe('what is read', () => {
  test('text about the lab, with kinds; not vendored, locked, secret, binary, large or foreign', async () => {
    const { root, write } = lab({
      'README.md': '# Lab\r\n\r\nHello\r\n',
      'docs/adr/0007-use-caddy.md': '# 7. Caddy\n',
      'runbooks/nas-full.md': '# NAS full\n',
      'docs/reboot.md': '---\nalerts: [HostDown]\n---\n# Reboot\n',
      'infrastructure/services/immich.yaml': 'name: immich\n',
      'stacks/media.yml': 'services:\n  jelly:\n    image: jellyfin\n',
      'compose.override.yaml': 'services: {}\n',
      Caddyfile: 'photos.home.arpa {\n}\n',
      'ansible/site.yml': '- hosts: all\n',
      'package-lock.json': '{}',
      '.env': 'TOKEN=1\n',
      'stack.env': 'TOKEN=1\n',
      'env.example': 'TOKEN=\n',
      '.env.example': 'TOKEN=\n',
      'node_modules/x/README.md': 'x',
      'photo.jpg': 'x',
      'fake.md': 'PNG\0\0',
      'vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n',
    });
    writeFileSync(join(root, 'huge.md'), '');
    truncateSync(join(root, 'huge.md'), 200 * 1024 * 1024);
    write('build/Dockerfile', 'FROM scratch\n');
    const made = await repository(root);
    expect(Object.fromEntries(made.files().map(({ path, kind }) => [path, kind]))).toEqual({
      '.env.example': 'config',
      Caddyfile: 'config',
      'README.md': 'doc',
      'ansible/site.yml': 'config',
      'build/Dockerfile': 'config',
      'compose.override.yaml': 'compose',
      'docs/adr/0007-use-caddy.md': 'decision',
      'docs/reboot.md': 'runbook',
      'env.example': 'config',
      'infrastructure/services/immich.yaml': 'service',
      'runbooks/nas-full.md': 'runbook',
      'stacks/media.yml': 'compose',
    });
    expect(made.file('README.md')).toMatchObject({ text: '# Lab\n\nHello\n', bytes: 16 });
    expect(made.provenance()).toMatchObject({ git: false, dirty: false });
    expect(made.provenance().skipped).toBe('1 file over 1 MiB; 1 file encrypted; 1 file binary');
  });

  test('links inside stand for their target; links that leave are refused and told; pipes are not opened', async () => {
    const outside = lab({ 'secret.md': 'outside', 'sub/more.md': 'outside' });
    const { root } = lab({ 'AGENTS.md': '# Here\n', '.git-like/x.md': 'x' });
    symlinkSync('AGENTS.md', join(root, 'CLAUDE.md'));
    symlinkSync(join(outside.root, 'secret.md'), join(root, 'away.md'));
    symlinkSync(join(outside.root, 'sub'), join(root, 'folder'));
    symlinkSync(root, join(root, 'loop'));
    const made = await repository(root);
    expect(paths(made)).toEqual(['.git-like/x.md', 'AGENTS.md']);
    expect(made.file('CLAUDE.md')?.text).toBe('# Here\n');
    expect(made.file('away.md')).toBeUndefined();
    expect(made.file('folder/more.md')).toBeUndefined();
    expect(made.provenance().skipped).toMatch(/^1 file linked to a place outside/);
  });

  test('a folder that was swapped for a link is not entered', async () => {
    const outside = lab({ 'a.md': 'outside' });
    const { root } = lab({ 'docs/a.md': 'inside', 'b.md': 'b' });
    const made = await repository(root);
    rmSync(join(root, 'docs'), { recursive: true });
    symlinkSync(outside.root, join(root, 'docs'));
    await made.refresh();
    expect(paths(made)).toEqual(['b.md']);
  });

  test('.gitignore counts without git too, nested and with exceptions', async () => {
    const { root } = lab({
      '.gitignore': '*.txt\n/private/\n',
      'a.txt': 'no',
      'private/b.md': 'no',
      'notes/.gitignore': '!keep.txt\nlocal.md\n',
      'notes/keep.txt': 'yes',
      'notes/local.md': 'no',
      'notes/private/c.md': 'yes',
    });
    expect(paths(await repository(root))).toEqual(['notes/keep.txt', 'notes/private/c.md']);
  });

  test('a folder that does not exist is told with the setting', async () => {
    await expect(openRepository('/nowhere/lab')).rejects.toMatchObject({
      code: 'invalid_input',
      hint: expect.stringContaining('HOMELAB_REPO'),
    });
  });
});

describe('keeping up', () => {
  test.for([true, 'poll'] as const)('a rewritten, a new and a removed file are seen while watching (%s)', async (watch) => {
    const { root, write } = lab({ 'a.md': 'one', 'b.md': 'two' });
    const made = await repository(root, { watch });
    const heard: string[] = [];
    made.onChange((changed, removed) => heard.push(...changed.map(({ path }) => `+${path}`), ...removed.map((path) => `-${path}`)));
    write('a.md', 'rewritten');
    await until('a.md', () => made.file('a.md')?.text === 'rewritten');
    write('deep/er/new.md', 'new');
    await until('deep/er/new.md', () => made.file('deep/er/new.md'));
    rmSync(join(root, 'b.md'));
    await until('b.md to go', () => !made.file('b.md'));
    expect(heard).toEqual(expect.arrayContaining(['+a.md', '+deep/er/new.md', '-b.md']));
  });

  test('a file in a folder that was empty, and a changed .gitignore', async () => {
    const { root, write } = lab({ 'a.md': 'one' });
    mkdirSync(join(root, 'later'));
    const made = await repository(root, {});
    write('later/x.md', 'x');
    await until('later/x.md', () => made.file('later/x.md'));
    write('.gitignore', 'later/\n');
    await until('later/x.md to go', () => !made.file('later/x.md'));
  });

  test.for(['gone', 'emptied'])('files are kept while the folder is %s, the note says so, and it is read when it is back', async (how) => {
    const { root, write } = lab({ 'a.md': 'one' });
    const made = await repository(root);
    rmSync(root, { recursive: true });
    if (how === 'emptied') mkdirSync(root);
    await made.refresh();
    expect(paths(made)).toEqual(['a.md']);
    expect(made.provenance().note).toContain('cannot be reached');
    expect(made.reachable()).toBe(false);
    write('b.md', 'two');
    await made.refresh();
    expect(paths(made)).toEqual(['b.md']);
    expect(made.provenance().note).toBeUndefined();
  });
});
