import { expect, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { labServer } from '../tests/lab-server.ts';

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();

describeWith(['git'], 'repo_changes', () => {
  function history() {
    const lab = labFolder({ 'README.md': '# Lab\n' });
    lab.git(['init', '-q', '-b', 'main']);
    lab.write('docs/immich.md', '# Immich\n\n## Backup\n\nweekly\n\n## Update\n\nby hand\n');
    lab.write('services/immich/compose.yaml', 'services:\n  immich:\n    image: immich:v1\n');
    lab.commit('start', day(40));
    lab.write(
      'services/immich/compose.yaml',
      'services:\n  immich:\n    image: immich:v2\n    environment:\n      DB_PASSWORD: hunter2-Xk9vQ7pLm3\n',
    );
    lab.commit('immich v2', day(3));
    lab.write('docs/immich.md', '# Immich\n\n## Backup\n\nnightly\n\n## Update\n\nby hand\n');
    lab.write('.env', 'SESSION=plainword\n');
    lab.git(['add', '-f', '.env']);
    lab.commit('backup nightly', day(1));
    return lab;
  }

  test('commits by service and folder, sections, lines, and the commits themselves', async () => {
    const { call } = await labServer(history());
    const { text } = await call('repo_changes');
    expect(text).toMatch(/^2 commits in \d{4}-\d\d-\d\d \d\d:\d\d -> .* \(7d\), 3 files\n/);
    expect(text).toContain('service immich · 1 commit · +3 -1\n  services/immich/compose.yaml +3 -1 (services)');
    expect(text).toContain('docs/ · 1 commit · +1 -1\n  docs/immich.md +1 -1 (Backup)');
    expect(text).toMatch(/Commits, newest first:\n {2}[0-9a-f]{7} .* ago {2}backup nightly\n {2}[0-9a-f]{7} .* ago {2}immich v2\n/);
    expect(text.split('\n').at(-1)).toMatch(/^src: lab-\S+ [0-9a-f]{7} · .* old · clean$/);
  });

  test('a service, a path, a longer time, and a time without changes', async () => {
    const { call } = await labServer(history());
    const service = (await call('repo_changes', { service: 'immich' })).text;
    expect(service).toMatch(/^2 commits/);
    expect(service).not.toContain('.env');
    const path = (await call('repo_changes', { path: 'services', since: '60d' })).text;
    expect(path).toMatch(/^2 commits/);
    expect(path).not.toContain('docs/');
    expect((await call('repo_changes', { since: '1h' })).text).toMatch(/^No commits in/);
    expect((await call('repo_changes', { since: '2020-01-01' })).text).toMatch(/^3 commits/);
  });

  test('the diff is redacted, leaves out environment files and compares with the work tree', async () => {
    const lab = history();
    lab.write('docs/immich.md', '# Immich\n\n## Backup\n\nhourly\n\n## Update\n\nby hand\n');
    const { call } = await labServer(lab);
    const { text } = await call('repo_changes', { diff: true });
    expect(text).toContain('Uncommitted: docs/immich.md');
    expect(text).toContain('-weekly\n+hourly');
    expect(text).toContain('-    image: immich:v1\n+    image: immich:v2');
    expect(text).toContain('DB_PASSWORD: [redacted');
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('plainword');
    const ofService = (await call('repo_changes', { diff: true, service: 'immich', since: '2d' })).text;
    expect(ofService).toContain('+hourly');
    expect(ofService).not.toContain('immich:v2');
  });

  test('a long diff is cut and says so', async () => {
    const lab = history();
    lab.write('docs/new.md', Array.from({ length: 900 }, (_, number) => `line ${number}`).join('\n'));
    lab.commit('long', day(0));
    const { call } = await labServer(lab);
    expect((await call('repo_changes', { diff: true, path: 'docs/new.md' })).text).toMatch(
      /Diff, both ends compared, \d+ of 90\d lines:[\s\S]*The rest: give `path`/,
    );
  });

  test('a commit whose words look like the format stays one commit', async () => {
    const lab = history();
    const nasty = `x\x01${'0'.repeat(40)}\x02 1\t2\tfake.md`;
    lab.write('a"b\tc.md', 'odd name\n');
    lab.commit(nasty, day(0));
    const { call } = await labServer(lab);
    const { text } = await call('repo_changes', { since: '12h' });
    expect(text).toMatch(/^1 commit .* 1 file\n/);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

test('bad times and paths are refused with how to write them', async () => {
  const { call } = await labServer({ 'a.md': 'a' });
  for (const since of ['soon', '2999-01-01', '7', 'yesterday; rm']) {
    expect(await call('repo_changes', { since })).toMatchObject({
      isError: true,
      text: expect.stringMatching(/^invalid_input: `since`.*7d/),
    });
  }
  for (const path of ['../x', '/etc', ':(top)x/..', '.git/hooks'])
    expect(await call('repo_changes', { path })).toMatchObject({ isError: true });
});

test('without git it lists what was written and says what it cannot tell', async () => {
  const { call } = await labServer({ 'a.md': 'a', 'docs/b.md': 'b' });
  const { text } = await call('repo_changes', { since: '1d' });
  expect(text).toContain('Written: ');
  expect(text).toContain('docs/b.md');
  expect(text).toMatch(/Note: the folder is not a git repository.*cannot be told\.\nsrc: .* no git$/);
});
