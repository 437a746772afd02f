import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { gitIn, type LabFolder, labFolder } from '../tests/lab-folder.ts';
import { repository } from '../tests/open-lab.ts';

/** A repository whose own configuration names a program for everything git can be made to run; `ran()` lists what did run. */
function trapped(): { lab: LabFolder; ran: () => string[]; forget: () => void } {
  const lab = labFolder({ 'a.md': '# A\n', 'b.bin.md': 'b\n', '.gitattributes': '*.md diff=evil filter=evil merge=evil\n' }, { git: true });
  lab.write('a.md', '# A\n\nsecond\n');
  lab.commit('second');
  const outside = labFolder({ 'a.md': '# Outside\n' });
  const log = join(outside.root, 'ran.log');
  const trap = (name: string) => {
    const path = join(outside.root, name);
    writeFileSync(path, `#!/bin/sh\necho ${name} >> '${log}'\ncat\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const config: [string, string][] = [
    ['core.fsmonitor', trap('fsmonitor')],
    ['core.pager', trap('pager')],
    ['pager.log', trap('pager-log')],
    ['core.editor', trap('editor')],
    ['core.sshCommand', trap('ssh')],
    ['core.alternateRefsCommand', trap('alternate-refs')],
    ['credential.helper', trap('credential')],
    ['diff.external', trap('external')],
    ['diff.evil.textconv', trap('textconv')],
    ['diff.evil.command', trap('diff-command')],
    ['filter.evil.clean', trap('clean')],
    ['filter.evil.smudge', trap('smudge')],
    ['filter.evil.process', trap('process')],
    ['gpg.program', trap('gpg')],
    ['log.showSignature', 'true'],
    ['alias.status', `!${trap('alias')}`],
    ['remote.origin.url', `ext::${trap('remote')} %S`],
    ['remote.origin.promisor', 'true'],
    ['extensions.partialClone', 'origin'],
    ['protocol.ext.allow', 'always'],
    ['core.untrackedCache', 'true'],
  ];
  signHead(lab);
  const hooks = join(lab.root, '.git', 'hooks');
  mkdirSync(hooks, { recursive: true });
  for (const hook of ['post-index-change', 'post-checkout', 'pre-commit', 'reference-transaction']) {
    writeFileSync(join(hooks, hook), readFileSync(trap(hook)));
    chmodSync(join(hooks, hook), 0o755);
  }
  for (const [key, value] of config) lab.git(['config', key, value]);
  // Same size, other time: git must look into the file to know whether it changed, and would filter it first.
  lab.write('a.md', '# A\n\nSECOND\n');
  onTestFinished(() => {
    lab.remove();
    outside.remove();
  });
  return {
    lab,
    ran: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    forget: () => rmSync(log, { force: true }),
  };
}

/** Gives HEAD a signature, so that showing it would call the signature program. */
function signHead(lab: LabFolder): void {
  const raw = lab.git(['cat-file', 'commit', 'HEAD']);
  const signed = raw.replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\n');
  lab.write('.git/signed', signed);
  const hash = lab.git(['hash-object', '-t', 'commit', '-w', '.git/signed']).trim();
  lab.git(['update-ref', 'refs/heads/main', hash]);
}

describeWith(['git'], 'a repository with a hostile configuration', () => {
  test('the traps do spring for a plain git', () => {
    const { lab, ran, forget } = trapped();
    for (const args of [['status'], ['diff', 'HEAD'], ['log', '-1', '-p'], ['ls-files', '-o']]) {
      try {
        gitIn(lab.root, args);
      } catch {
        // A trap may well break the command; what counts is that it ran.
      }
    }
    expect(ran()).toEqual(expect.arrayContaining(['fsmonitor', 'gpg', 'diff-command', 'textconv']));
    expect(ran().some((name) => ['clean', 'process'].includes(name))).toBe(true);
    forget();
    expect(ran()).toEqual([]);
  });

  test('reading, following and asking for changes runs none of it', async () => {
    const { lab, ran, forget } = trapped();
    forget();
    const made = await repository(lab.root);
    expect(made.provenance()).toMatchObject({ git: true, dirty: true });
    expect(made.files().map(({ path }) => path)).toEqual(['a.md', 'b.bin.md']);
    const { commits, diff, note } = await made.changes({ since: new Date(0), diff: true });
    expect(note).toBeUndefined();
    expect(commits.map(({ subject }) => subject)).toEqual(['second', 'start']);
    expect(diff?.text).toContain('+SECOND');
    lab.write('c.md', 'new\n');
    writeFileSync(join(lab.root, '.git', 'HEAD'), 'ref: refs/heads/main\n');
    await made.refresh();
    expect(made.file('c.md')).toBeDefined();
    expect(ran()).toEqual([]);
  });

  test('a work tree elsewhere in the configuration is not followed', async () => {
    const { lab } = trapped();
    const elsewhere = labFolder({ 'a.md': '# Elsewhere, secret\n' });
    onTestFinished(elsewhere.remove);
    lab.git(['config', 'core.worktree', elsewhere.root]);
    const made = await repository(lab.root);
    expect(made.file('a.md')?.text).toContain('SECOND');
    expect((await made.changes({ since: new Date(0), diff: true })).diff?.text).not.toContain('Elsewhere');
  });

  test('a HEAD that points out of the folder is no commit', async () => {
    const { lab } = trapped();
    writeFileSync(join(lab.root, '.git', 'HEAD'), 'ref: refs/../../../outside\n');
    const made = await repository(lab.root);
    expect(made.provenance().commit).toBeUndefined();
  });
});
