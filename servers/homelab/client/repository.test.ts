import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { type LabFolder, labFolder, until } from '../tests/lab-folder.ts';
import type { Repository } from './document.ts';
import { openRepository } from './repository.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function lab(...args: Parameters<typeof labFolder>): LabFolder {
  const made = labFolder(...args);
  open.push({ close: made.remove });
  return made;
}

async function repository(root: string, options: Parameters<typeof openRepository>[1] = { watch: false }): Promise<Repository> {
  const made = await openRepository(root, options);
  open.push(made);
  return made;
}

const paths = (made: Repository) => made.files().map(({ path }) => path);

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
    const { root } = lab({ 'docs/a.md': 'inside' });
    const made = await repository(root);
    rmSync(join(root, 'docs'), { recursive: true });
    symlinkSync(outside.root, join(root, 'docs'));
    await made.refresh();
    expect(paths(made)).toEqual([]);
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
  test('a rewritten, a new and a removed file are seen while watching', async () => {
    const { root, write } = lab({ 'a.md': 'one', 'b.md': 'two' });
    const made = await repository(root, {});
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

  test('files are kept while the folder is away, and the note says so', async () => {
    const { root } = lab({ 'a.md': 'one' });
    const made = await repository(root);
    rmSync(root, { recursive: true });
    await made.refresh();
    expect(paths(made)).toEqual(['a.md']);
    expect(made.provenance().note).toContain('cannot be reached');
  });
});

describeWith(['git'], 'a git repository', () => {
  test('tracked, untracked and ignored files; commit, age and dirt', async () => {
    const { root, write, git, commit } = lab({ 'a.md': 'a', '.gitignore': 'out/\n*.log.md\n', 'forced.log.md': 'x' }, { git: true });
    git(['add', '-f', 'forced.log.md']);
    commit('forced', '2024-05-01T10:00:00Z');
    write('new.md', 'new');
    write('out/skip.md', 'no');
    const made = await repository(root);
    expect(paths(made)).toEqual(['a.md', 'forced.log.md', 'new.md']);
    expect(made.provenance()).toMatchObject({
      git: true,
      dirty: true,
      commit: git(['rev-parse', 'HEAD']).trim(),
      committed: new Date('2024-05-01T10:00:00Z'),
    });
    expect(made.file('forced.log.md')?.changed).toEqual(new Date('2024-05-01T10:00:00Z'));
    git(['clean', '-fdq']);
    await made.refresh();
    expect(made.provenance().dirty).toBe(false);
  });

  test('follows git pull', async () => {
    const origin = lab({ 'a.md': 'old', 'b.md': 'b' }, { git: true });
    const clone = lab();
    clone.git(['clone', '-q', origin.root, 'here']);
    const made = await repository(join(clone.root, 'here'), {});
    origin.write('a.md', 'pulled');
    origin.git(['mv', 'b.md', 'c.md']);
    origin.commit('change');
    clone.git(['-C', 'here', 'pull', '-q']);
    const head = origin.git(['rev-parse', 'HEAD']).trim();
    await until('the pulled commit', () => made.provenance().commit === head && made.file('c.md'));
    expect(made.file('a.md')?.text).toBe('pulled');
    expect(paths(made)).toEqual(['a.md', 'c.md']);
    expect(made.provenance().dirty).toBe(false);
  });

  test('in the middle of a rebase it answers and says so', async () => {
    const { root, write, git, commit } = lab({ 'a.md': 'base\n' }, { git: true });
    git(['checkout', '-q', '-b', 'side']);
    write('a.md', 'side\n');
    commit('side');
    git(['checkout', '-q', 'main']);
    write('a.md', 'main\n');
    commit('main');
    expect(() => git(['rebase', 'side'])).toThrow();
    const made = await repository(root);
    expect(made.file('a.md')?.text).toContain('<<<<<<<');
    expect(made.provenance().note).toContain('in the middle of a rebase');
    expect((await made.changes({ since: new Date(0) })).total).toBe(2);
  });

  test('no commit yet, detached HEAD, shallow clone, linked work tree, submodule, folder below the top', async () => {
    const fresh = lab({ 'a.md': 'a' });
    fresh.git(['init', '-q']);
    const made = await repository(fresh.root);
    expect(paths(made)).toEqual(['a.md']);
    expect(made.provenance()).toMatchObject({ git: true, dirty: true, note: 'nothing is committed yet' });
    expect(await made.changes({ since: new Date(0) })).toMatchObject({ commits: [], uncommitted: [{ path: 'a.md' }] });

    const origin = lab({ 'a.md': 'a', 'lab/docs/b.md': 'b' }, { git: true });
    origin.commit('second');
    origin.git(['checkout', '-q', '--detach']);
    expect((await repository(origin.root)).provenance().commit).toBe(origin.git(['rev-parse', 'HEAD']).trim());

    const other = lab();
    other.git(['clone', '-q', '--depth', '1', `file://${origin.root}`, 'shallow']);
    const shallow = await repository(join(other.root, 'shallow'));
    expect((await shallow.changes({ since: new Date(0) })).note).toContain('shallow');

    origin.git(['worktree', 'add', '-q', join(other.root, 'tree')]);
    const tree = await repository(join(other.root, 'tree'));
    expect(tree.provenance().commit).toBe(origin.git(['rev-parse', 'HEAD']).trim());

    const parent = lab({ 'top.md': 't' }, { git: true });
    parent.git(['submodule', '--quiet', 'add', origin.root, 'sub']);
    parent.commit('sub');
    expect(paths(await repository(parent.root))).toEqual(['sub/a.md', 'sub/lab/docs/b.md', 'top.md']);

    const below = await repository(join(origin.root, 'lab'));
    expect(paths(below)).toEqual(['docs/b.md']);
    expect(below.provenance()).toMatchObject({ name: 'lab', git: true, dirty: false });
    expect((await below.changes({ since: new Date(0) })).commits[0]?.files.map(({ path }) => path)).toEqual(['docs/b.md']);
  });

  test('a bare repository is refused with what to do', async () => {
    const { root, git } = lab();
    git(['init', '-q', '--bare']);
    await expect(openRepository(root)).rejects.toMatchObject({ code: 'invalid_input', hint: expect.stringContaining('Clone it') });
  });

  test('a repository that belongs to somebody else is read all the same', async (context) => {
    if (process.getuid?.() !== 0) context.skip('giving files to another user needs the superuser');
    const { root, git } = lab({ 'a.md': 'a' }, { git: true });
    const head = git(['rev-parse', 'HEAD']).trim();
    execFileSync('chown', ['-R', '12345', root]);
    expect(() => git(['status'])).toThrow(/dubious ownership/);
    const made = await repository(root);
    expect(made.provenance()).toMatchObject({ git: true, commit: head, dirty: false });
    expect(paths(made)).toEqual(['a.md']);
  });

  test('git that is not installed counts as none', async () => {
    const { root } = lab({ 'a.md': 'a' }, { git: true });
    const made = await repository(root, { watch: false, searchPath: '/nowhere' });
    expect(paths(made)).toEqual(['a.md']);
    expect(made.provenance().git).toBe(false);
    expect((await made.changes({ since: new Date(0) })).note).toContain('git is not installed');
  });
});
