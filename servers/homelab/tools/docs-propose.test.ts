import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLIENTS } from '../../../shared/testing/connect.ts';
import { describeWith } from '../../../shared/testing/engines.ts';
import { TOKENS } from '../../../shared/testing/start.ts';
import { labFolder } from '../tests/lab-folder.ts';
import { labServer } from '../tests/lab-server.ts';
import { branches, picture } from '../tests/picture.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';

const DB = 'hunter2-Xk9vQ7pLm3';
const LAB = {
  ...SMALL_LAB,
  'docs/windows.md': '\ufeff# Windows\r\n\r\nOne.\r\n',
  'docs/secret.md': `# Access\n\nThe hall.\n\nDB_PASSWORD=${DB}\n\nThe door.\n`,
  'infrastructure/network.yaml': 'apiVersion: homelab/v1\nkind: Network\nnetworks: []\n',
  'scripts/run.sh': 'echo\n',
};

async function proposing(files: Record<string, string> = LAB) {
  const server = await labServer(labFolder(files, { git: true }), { token: TOKENS.write });
  const propose = (args: Record<string, unknown>) => server.call('docs_propose', { reason: 'because the test says so', ...args });
  return { ...server, propose };
}

describeWith(['git'], 'docs_propose', () => {
  test('every client gets branch, lines, diff and the way on; the checked-out branch, index and files stay', async () => {
    const { lab, connect, propose } = await proposing();
    const before = picture(lab);
    for (const [at, kind] of CLIENTS.entries()) {
      const client = await connect(kind);
      const { text, isError } = await client.call('docs_propose', {
        ...{ path: 'docs/network.md', find: 'VLAN 20 is', replace: `VLAN 2${at} is`, reason: 'The cameras moved' },
        ...(at === 0 ? { replace: 'VLAN 19 is' } : {}),
      });
      expect([isError, text]).toEqual([
        false,
        expect.stringMatching(/^Proposed as proposal\/[0-9a-f]{8} \([0-9a-f]{7}, on [0-9a-f]{7}\): docs\/network\.md \+1 -1\./),
      ]);
      expect(text).toContain('-VLAN 20 is for cameras.\n+VLAN ');
      expect(text).toMatch(
        /\nA person reads it with `git diff [0-9a-f]{7} proposal\/[0-9a-f]{8}`\. Bring it in: docs_proposal_merge \(id [0-9a-f]{8}\)\. Take it back: .*discard=true\.\nsrc: /,
      );
    }
    expect(picture(lab)).toEqual(before);
    expect(branches(lab)).toHaveLength(3);
    const [first = ''] = branches(lab);
    const [branch = ''] = first.split(' ');
    expect(lab.git(['log', '-1', '--format=%an <%ae> %cn <%ce>%n%B', branch])).toMatch(
      /^mcp-homelab <test-write> mcp-homelab <test-write>\nThe cameras moved\n\nProposal: /,
    );
    expect(lab.git(['diff', '--stat', '--name-only', 'main', branch])).toBe('docs/network.md\n');
    expect(lab.git(['log', '--format=%P', '-1', branch])).toBe(lab.git(['rev-parse', 'main']));
    lab.git(['fsck', '--strict']);
    // The same change once more is the same proposal.
    const again = await propose({ path: 'docs/network.md', find: 'VLAN 20 is', replace: 'VLAN 21 is' });
    expect(again.text).toMatch(/^Open already as proposal\//);
    expect(branches(lab)).toHaveLength(3);
    expect(picture(lab)).toEqual(before);
  });

  test('a section with or without its heading, a new document, a whole file, an inventory file', async () => {
    const { lab, propose } = await proposing();
    const text = (id: string, path: string) => lab.git(['show', `proposal/${id}:${path}`]);
    const idOf = (reply: string) => /proposal\/([0-9a-f]{8})/.exec(reply)?.[1] ?? '';
    const kept = await propose({ path: 'docs/services/immich.md', section: 'restore', text: 'Ask Ada.' });
    const whole = SMALL_LAB['docs/services/immich.md'] ?? '';
    const [head, tail] = [whole.slice(0, whole.indexOf('### Restore')), whole.slice(whole.indexOf('## Update'))];
    expect(text(idOf(kept.text), 'docs/services/immich.md')).toBe(`${head}### Restore\n\nAsk Ada.\n\n${tail}`);
    const renamed = await propose({ path: 'docs/services/immich.md', section: 'Restore', text: '### Get it back\n\nAsk Bob.\n' });
    expect(text(idOf(renamed.text), 'docs/services/immich.md')).toBe(`${head}### Get it back\n\nAsk Bob.\n\n${tail}`);
    const page = '---\ntitle: Power\nhosts: [nas]\n---\n# Power\n\nSee [the network](network.md#guest-wireless) and [nothing](gone.md).\n';
    const fresh = await propose({ path: 'docs/power.md', text: page });
    expect(text(idOf(fresh.text), 'docs/power.md')).toBe(page);
    expect(fresh.text).toContain('docs/power.md +7 -0');
    expect(fresh.text).toMatch(/\nNote: docs\/power\.md:7 the link to gone\.md leads nowhere\.\n/);
    expect(fresh.text).not.toContain('guest-wireless leads');
    const windows = await propose({ path: 'docs/windows.md', find: 'One.', replace: 'Two.\nThree.' });
    expect(text(idOf(windows.text), 'docs/windows.md')).toBe('\ufeff# Windows\r\n\r\nTwo.\r\nThree.\r\n');
    expect(windows.text).toContain('+2 -1');
    const yaml = await propose({
      path: 'infrastructure/network.yaml',
      section: 'networks',
      text: 'networks:\n  - { name: lan, cidr: 192.0.2.0/24 }',
    });
    expect([yaml.isError, yaml.text]).toEqual([false, expect.stringContaining('infrastructure/network.yaml +2 -1')]);
    lab.git(['fsck', '--strict']);
  });

  test.each([
    ['code', { path: 'scripts/run.sh', text: 'x' }, /^denied: Proposals are for documents only/],
    ['CI', { path: '.github/workflows/x.md', text: 'x' }, /^denied/],
    ['environment', { path: 'docs/.env', text: 'x' }, /^denied/],
    ['compose', { path: 'docs/compose.yaml', text: 'x' }, /^denied/],
    ['manifests', { path: 'infrastructure/kubernetes/x.yaml', text: 'x' }, /^denied/],
    ['orders to programs', { path: 'CLAUDE.md', text: 'x' }, /^denied/],
    ['orders further down', { path: 'docs/agents.md', text: 'x' }, /^denied/],
    ['git itself', { path: '.git/config.md', text: 'x' }, /^invalid_input: The path must be relative/],
    ['git in capitals', { path: 'docs/.GIT/x.md', text: 'x' }, /^invalid_input: The path must be relative/],
    ['above', { path: '../x.md', text: 'x' }, /^invalid_input: The path must be relative/],
    ['absolute', { path: '/etc/x.md', text: 'x' }, /^invalid_input: The path must be relative/],
    ['encoded', { path: 'docs/%2e%2e/x.md', text: 'x' }, /^invalid_input: The path must be relative/],
    ['unseen letters in a path', { path: 'docs/a\u200b.md', text: 'x' }, /^invalid_input: `path` holds a control or invisible/],
    ['a line break in a path', { path: 'docs/a\n.md', text: 'x' }, /^denied/],
    ['through a file', { path: 'docs/network.md/x.md', text: 'x' }, /^conflict: The path is a link/],
    ['a folder', { path: 'docs', text: 'x' }, /^denied/],
    [
      'control characters',
      { path: 'docs/x.md', text: 'a\u001b[31m' },
      /^invalid_input: `text` holds a control or invisible character in line 1/,
    ],
    ['turned text', { path: 'docs/x.md', text: 'a\nb\u202ec' }, /^invalid_input: `text` holds .* in line 2/],
    ['nothing given', { path: 'docs/x.md' }, /^invalid_input: Give either/],
    ['two at once', { path: 'docs/network.md', text: 'a', find: 'b', replace: 'c' }, /^invalid_input: Give either/],
    ['a section of nothing', { path: 'docs/x.md', section: 'A', text: 'a' }, /^not_found: That document does not exist/],
    ['no such section', { path: 'docs/network.md', section: 'Moon', text: 'a' }, /^not_found: The document has no such section/],
    [
      'a section that stands twice',
      { path: 'docs/services/immich.md', section: 'Backup!', text: 'a' },
      /^invalid_input: The document has several/,
    ],
    ['find nowhere', { path: 'docs/network.md', find: 'Mars', replace: 'a' }, /^not_found: `find` stands nowhere/],
    ['find twice', { path: 'docs/network.md', find: 'is ', replace: 'a' }, /^invalid_input: `find` stands in the document more than once/],
    ['no change', { path: 'docs/network.md', find: 'cameras', replace: 'cameras' }, /^conflict: The document says exactly that already/],
    ['empty', { path: 'docs/network.md', text: ' \n' }, /^invalid_input: The document would be empty/],
    ['a placeholder', { path: 'docs/network.md', text: 'key [redacted]\n' }, /^invalid_input: The new text holds `\[redacted\]`/],
    ['broken front matter', { path: 'docs/x.md', text: '---\na: [\n---\n# X\n' }, /^invalid_input: The YAML would be broken: "line \d/],
    [
      'endless front matter',
      { path: 'docs/x.md', text: '---\na: 1\n# X\n' },
      /^invalid_input: The YAML would be broken: "line 1: the front matter has no end"/,
    ],
    [
      'no inventory',
      { path: 'infrastructure/network.yaml', find: 'networks: []', replace: 'nettworks: []' },
      /^invalid_input: The inventory would not load: "line \d: .*nettworks is not known/,
    ],
    ['a taken number', { path: 'decisions/0007-other.md', text: '# 7. Other\n' }, /^conflict: The number 0007 is taken .* 0008 is free/],
    ['too long a call', { path: 'docs/x.md', text: 'a'.repeat(100_001) }, /^invalid_input/],
  ])('%s is refused', async (_, args, told) => {
    const { lab, propose } = await proposing();
    const before = picture(lab);
    const { text, isError } = await propose(args);
    expect([isError, text]).toEqual([true, expect.stringMatching(told)]);
    expect(branches(lab)).toEqual([]);
    expect(picture(lab)).toEqual(before);
  });

  test('a number that an open proposal took is not free', async () => {
    const { propose } = await proposing();
    await propose({ path: 'decisions/0008-a.md', text: '# 8. A\n' });
    expect((await propose({ path: 'decisions/0008-b.md', text: '# 8. B\n' })).text).toMatch(/^conflict: .*0009 is free/);
  });

  test('a secret that stands there stays unseen, unguessed and untouched', async () => {
    const { lab, propose } = await proposing();
    const beside = await propose({ path: 'docs/secret.md', find: 'The door.', replace: 'The gate.' });
    expect(beside.isError).toBe(false);
    expect(beside.text).not.toContain(DB);
    expect(lab.git(['show', `${branches(lab)[0]?.split(' ')[0]}:docs/secret.md`])).toBe(
      `# Access\n\nThe hall.\n\nDB_PASSWORD=${DB}\n\nThe gate.\n`,
    );
    // Right and wrong guesses are told apart by nothing.
    const replies = new Set<string>();
    for (const find of ['hunter2', 'hunter3', DB, 'r2-X', '=hun'])
      replies.add((await propose({ path: 'docs/secret.md', find, replace: 'z' })).text);
    expect([...replies]).toEqual([expect.stringMatching(/^not_found: `find` stands nowhere/)]);
    expect((await propose({ path: 'docs/secret.md', find: 'DB_PASSWORD=', replace: 'DB_PASS=' })).text).toMatch(
      /^denied: A secret stands on the lines/,
    );
    const without = await propose({ path: 'docs/secret.md', text: '# Access\n\nThe hall.\n' });
    expect(without.text).toMatch(/\nNote: takes out a secret; the history still holds it\.\n/);
    expect(without.text).not.toContain(DB);
  });

  test('uncommitted files, links and an unborn branch are told', async () => {
    const { lab, propose } = await proposing();
    lab.write('docs/network.md', '# Network\n\nedited\n');
    expect((await propose({ path: 'docs/network.md', find: 'edited', replace: 'x' })).text).toMatch(
      /^conflict: The file has changes that are not committed/,
    );
    lab.write('docs/new.md', '# New\n');
    expect((await propose({ path: 'docs/new.md', text: '# Newer\n' })).text).toMatch(
      /^conflict: The file has changes that are not committed/,
    );
    const bare = await labServer(labFolder({ 'a.md': '# A\n' }), { token: TOKENS.write });
    expect((await bare.call('docs_propose', { path: 'a.md', text: '# B\n', reason: 'why not' })).text).toMatch(
      /^unavailable: Proposals need git, and the folder is not a git repository/,
    );
    const born = labFolder({ 'a.md': '# A\n' });
    born.git(['init', '-q', '-b', 'main']);
    const unborn = await labServer(born, { token: TOKENS.write });
    expect((await unborn.call('docs_propose', { path: 'b.md', text: '# B\n', reason: 'why not' })).text).toMatch(
      /^conflict: Nothing is committed yet/,
    );
    const lost = await labServer(labFolder({ 'a.md': '# A\n' }, { git: true }), { token: TOKENS.write, searchPath: '/nonexistent' });
    expect((await lost.call('docs_propose', { path: 'a.md', text: '# B\n', reason: 'why not' })).text).toMatch(
      /^unavailable: Proposals need git, and git is not installed/,
    );
  });

  test('repo_changes lists what is open; reading tokens cannot propose', async () => {
    const { propose, call, connect } = await proposing();
    expect((await call('repo_changes')).text).not.toContain('proposal');
    await propose({ path: 'docs/network.md', find: 'cameras', replace: 'bells', reason: 'The cameras are bells' });
    expect((await call('repo_changes')).text).toMatch(
      /\nOpen proposals \(docs_proposal_merge\):\n {2}proposal\/[0-9a-f]{8} docs\/network\.md · by test-write · under 1m old · The cameras are bells\n/,
    );
    const reader = await connect('v2-modern', TOKENS.read);
    expect((await reader.raw.listTools()).tools.map(({ name }) => name)).not.toContain('docs_propose');
    expect((await reader.call('docs_propose', { path: 'docs/a.md', text: 'b', reason: 'why not' })).text).toMatch(/^denied/);
  });

  test('below the top of its repository, in a linked work tree and beside staged files', async () => {
    const outer = labFolder({ 'lab/docs/a.md': '# A\n', 'docs/a.md': '# Outer\n', 'b.md': '# B\n' }, { git: true });
    const lab = { ...outer, root: join(outer.root, 'lab') };
    outer.write('staged.md', 'staged\n');
    outer.git(['add', 'staged.md']);
    const before = picture(outer);
    const { call } = await labServer(lab, { token: TOKENS.write });
    const { text } = await call('docs_propose', { path: 'docs/a.md', text: '# AA\n', reason: 'one level down' });
    expect(text).toContain('docs/a.md +1 -1');
    const [name = ''] = branches(outer)[0]?.split(' ') ?? [];
    expect(outer.git(['show', '--format=', '--name-only', name])).toBe('lab/docs/a.md\n');
    expect(picture(outer)).toEqual(before);
    const linked = `${outer.root}-linked`;
    outer.git(['worktree', 'add', '-q', linked, '-b', 'side']);
    const side = await labServer(
      { ...outer, root: linked, remove: () => outer.git(['worktree', 'remove', '--force', linked]) },
      { token: TOKENS.write },
    );
    expect((await side.call('docs_propose', { path: 'b.md', text: '# BB\n', reason: 'from the side' })).text).toContain('b.md +1 -1');
    expect(branches(outer)).toHaveLength(2);
    expect(readFileSync(join(linked, 'b.md'), 'utf8')).toBe('# B\n');
  });
});
