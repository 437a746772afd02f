import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { until } from '../tests/lab-folder.ts';
import { lab, paths, repository } from '../tests/open-lab.ts';
import { openRepository } from './repository.ts';

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

  test('what git needs of ours stands in a temporary folder, or in the spare one, and is gone after closing', async () => {
    const scratch = lab();
    const { root } = lab({ 'a.md': 'a' }, { git: true });
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const [temporary, options] of [
      [scratch.root, {}],
      ['/nowhere', { spareFolder: scratch.root }],
    ] as const) {
      vi.stubEnv('TMPDIR', temporary);
      const made = await openRepository(root, { watch: false, ...options });
      expect(made.provenance().git).toBe(true);
      expect(readdirSync(scratch.root)).toHaveLength(1);
      await made.close();
      expect(readdirSync(scratch.root)).toEqual([]);
    }
  });

  test('git that is not installed counts as none', async () => {
    const { root } = lab({ 'a.md': 'a' }, { git: true });
    const made = await repository(root, { watch: false, searchPath: '/nowhere' });
    expect(paths(made)).toEqual(['a.md']);
    expect(made.provenance().git).toBe(false);
    expect((await made.changes({ since: new Date(0) })).note).toContain('git is not installed');
  });
});
