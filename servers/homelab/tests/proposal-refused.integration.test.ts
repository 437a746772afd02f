import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import type { labFolder } from './lab-folder.ts';
import { picture } from './picture.ts';
import { withProposal } from './with-proposal.ts';

describeWith(['git'], 'a proposal that cannot be brought in', () => {
  const main = (path: string, text: string) => (lab: ReturnType<typeof labFolder>) => {
    lab.write(path, text);
    lab.commit('meanwhile');
  };
  test.each<[string, (lab: ReturnType<typeof labFolder>, id: string) => unknown, RegExp]>([
    ['an edited file', (lab) => lab.write('README.md', 'x\n'), /^conflict: The checked-out files are not clean: 1 is changed/],
    ['an untracked file', (lab) => lab.write('x.md', 'x\n'), /^conflict: The checked-out files are not clean/],
    [
      'a staged file',
      (lab) => {
        lab.write('README.md', 'x\n');
        lab.git(['add', '.']);
      },
      /^conflict: The checked-out files are not clean/,
    ],
    [
      'the same lines changed',
      main('docs/network.md', '# Network\n\nVLAN 22 is for cameras.\n'),
      /^conflict: The checked-out branch changed the same lines/,
    ],
    ['a locked index', (lab) => lab.write('.git/index.lock', ''), /^conflict: Another git program is at work/],
    ['a rebase', (lab) => mkdirSync(join(lab.root, '.git/rebase-merge')), /^conflict: Git is in the middle of a rebase/],
    ['no branch', (lab) => lab.git(['checkout', '-q', '--detach']), /^conflict: No branch is checked out/],
    [
      'merged by hand',
      (lab, id) => lab.git(['merge', '-q', `proposal/${id}`]),
      /^conflict: The checked-out branch already holds that proposal/,
    ],
    ['checked out', (lab, id) => lab.git(['checkout', '-q', `proposal/${id}`]), /^conflict: That proposal is checked out/],
    ['gone', (lab, id) => lab.git(['branch', '-D', `proposal/${id}`]), /^not_found: There is no open proposal/],
    [
      'filled with code',
      (lab, id) => {
        amend(lab, id, 'run.sh', 'echo\n');
      },
      /^denied: Proposals are for documents only/,
    ],
    [
      'filled with a link',
      (lab, id) => {
        link(lab, id);
      },
      /^conflict: The proposal does more than add and rewrite/,
    ],
    [
      'taking a file away',
      (lab, id) => {
        rm(lab, id);
      },
      /^conflict: The proposal does more than add and rewrite/,
    ],
  ])('%s is refused with the reason, and nothing moves', async (_, spoil, told) => {
    const { lab, id, merge } = await withProposal();
    spoil(lab, id);
    const before = picture(lab);
    const { text, isError } = await merge();
    expect([isError, text]).toEqual([true, expect.stringMatching(told)]);
    expect(picture(lab)).toEqual(before);
  });

  test.each(['../main', 'a b', '--all', 'x\ndelete refs/heads/main', 'refs/heads/main', '*'])('%j is no id', async (id) => {
    const { lab, call } = await withProposal();
    const before = picture(lab);
    expect((await call('docs_proposal_merge', { id })).text).toMatch(/^not_found: There is no open proposal/);
    expect((await call('docs_proposal_merge', { id, discard: true })).text).toMatch(/^not_found/);
    expect(picture(lab)).toEqual(before);
  });

  test('an ignored file in the way of a new one stays', async () => {
    const { lab, propose, call } = await withProposal();
    const id = await propose({ path: 'docs/mine.md', text: '# Theirs\n' });
    lab.write('.gitignore', 'docs/mine.md\n');
    lab.commit('ignore');
    lab.write('docs/mine.md', '# Mine\n');
    expect((await call('docs_proposal_merge', { id })).text).toMatch(/^conflict: A file that the proposal changes is not on the disk/);
    expect(readFileSync(join(lab.root, 'docs/mine.md'), 'utf8')).toBe('# Mine\n');
  });
});

function beside(lab: ReturnType<typeof labFolder>, id: string, work: (folder: string, git: (args: string[]) => string) => void): void {
  const folder = `${lab.root}-beside`;
  lab.git(['worktree', 'add', '-q', folder, `proposal/${id}`]);
  work(folder, (args) => lab.git(['-C', folder, ...args]));
  lab.git(['-C', folder, 'add', '-A']);
  lab.git(['-C', folder, 'commit', '-q', '-m', 'more']);
  lab.git(['worktree', 'remove', '--force', folder]);
}

const amend = (lab: ReturnType<typeof labFolder>, id: string, path: string, text: string): void =>
  beside(lab, id, (folder) => writeFileSync(join(folder, path), text));
const link = (lab: ReturnType<typeof labFolder>, id: string): void =>
  beside(lab, id, (folder) => {
    rmSync(join(folder, 'README.md'));
    symlinkSync('/etc/passwd', join(folder, 'README.md'));
  });
const rm = (lab: ReturnType<typeof labFolder>, id: string): void => beside(lab, id, (folder) => rmSync(join(folder, 'README.md')));
