import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ElicitAnswer } from '../../../shared/testing/connect.ts';
import { describeWith } from '../../../shared/testing/engines.ts';
import { TOKENS } from '../../../shared/testing/start.ts';
import { branches, picture } from '../tests/picture.ts';
import { SMALL_LAB } from '../tests/small-lab.ts';
import { withProposal } from '../tests/with-proposal.ts';

describeWith(['git'], 'docs_proposal_merge', () => {
  test('forward: files, index and branch move together, the proposal is gone, and its undo works', async () => {
    const { lab, id, merge, call } = await withProposal();
    const before = picture(lab);
    const { text, isError } = await merge();
    expect([isError, text]).toEqual([
      false,
      expect.stringMatching(new RegExp(`^proposal/${id} is in main now, as [0-9a-f]{12}: docs/network\\.md\\. It is not pushed\\.\\n`)),
    ]);
    expect(readFileSync(join(lab.root, 'docs/network.md'), 'utf8')).toContain('VLAN 21 is');
    expect(lab.git(['status', '--porcelain'])).toBe('');
    expect(branches(lab)).toEqual([]);
    expect(lab.git(['rev-list', '--count', 'main'])).toBe('2\n');
    expect(lab.git(['symbolic-ref', 'HEAD'])).toBe('refs/heads/main\n');
    lab.git(['fsck', '--strict']);
    // Nothing but that one file, the index and the branch is another one.
    const after = picture(lab);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed.sort()).toEqual(['.git/index', '.git/logs/HEAD', 'docs/network.md', 'main']);
    expect((await call('docs_read', { ref: 'docs/network.md' })).text).toContain('VLAN 21 is');
    const undo = /Undo, by a person: `git (revert [^`]+)`/.exec(text)?.[1] ?? '';
    lab.git([...undo.split(' '), '--no-edit']);
    expect(readFileSync(join(lab.root, 'docs/network.md'), 'utf8')).toBe(SMALL_LAB['docs/network.md']);
  });

  test('beside newer commits: a merge commit with both, new files too, and its undo works', async () => {
    const { lab, propose, call } = await withProposal();
    const id = await propose({ path: 'docs/new/power.md', text: '# Power\n' });
    lab.write('docs/other.md', '# Other\n');
    lab.commit('other');
    const { text } = await call('docs_proposal_merge', { id, reason: 'asked for' });
    expect(text).toContain(`proposal/${id} is in main now`);
    expect(readFileSync(join(lab.root, 'docs/new/power.md'), 'utf8')).toBe('# Power\n');
    expect(lab.git(['status', '--porcelain'])).toBe('');
    expect(lab.git(['log', '-1', '--format=%an %ae %s%n%b'])).toBe(`mcp-homelab test-disruptive Merge proposal/${id}\nasked for\n`);
    const undo = /`git (revert -m 1 [0-9a-f]{12})`/.exec(text)?.[1] ?? '';
    lab.git([...undo.split(' '), '--no-edit']);
    expect(lab.git(['ls-files', 'docs'])).toBe('docs/network.md\ndocs/old-network.md\ndocs/other.md\ndocs/services/immich.md\n');
    lab.git(['fsck', '--strict']);
  });

  test('modes stay, and hooks, filters and signing of the repository never run', async () => {
    const { lab, propose, call } = await withProposal();
    const marker = join(lab.root, '.git', 'ran');
    const trap = join(lab.root, '.git', 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\necho "$0" >> '${marker}'\ncat\n`, { mode: 0o755 });
    lab.git(['update-index', '--chmod=+x', 'docs/network.md']);
    rmSync(join(lab.root, 'docs/network.md'));
    lab.git(['checkout', '-q', 'docs/network.md']);
    lab.write('.gitattributes', '*.md filter=evil merge=evil diff=evil\n');
    lab.commit('modes');
    const id = await propose({ path: 'docs/network.md', find: 'guest SSID', replace: 'guest network' });
    lab.write('README.md', '# Home lab\n\nFive machines.\n');
    lab.commit('so that it must be merged');
    mkdirSync(join(lab.root, '.git/hooks'), { recursive: true });
    const hooks = [
      'pre-commit',
      'post-commit',
      'pre-merge-commit',
      'post-merge',
      'post-checkout',
      'post-index-change',
      'reference-transaction',
    ];
    for (const hook of hooks) symlinkSync(trap, join(lab.root, '.git/hooks', hook));
    for (const [key, value] of [
      ['core.hooksPath', join(lab.root, '.git/hooks')],
      ['core.fsmonitor', trap],
      ['filter.evil.clean', trap],
      ['filter.evil.smudge', trap],
      ['filter.evil.required', 'true'],
      ['merge.evil.driver', trap],
      ['diff.evil.command', trap],
      ['diff.external', trap],
      ['commit.gpgSign', 'true'],
      ['gpg.program', trap],
    ] as const)
      writeFileSync(
        join(lab.root, '.git/config'),
        `${readFileSync(join(lab.root, '.git/config'), 'utf8')}[${key.split('.').length === 2 ? key.split('.')[0] : `${key.split('.')[0]} "evil"`}]\n\t${key.split('.').at(-1)} = ${value}\n`,
      );
    const more = await propose({ path: 'docs/power.md', text: '# Power\n' });
    for (const one of [id, more]) expect((await call('docs_proposal_merge', { id: one })).text).toContain('is in main now');
    expect((await call('repo_changes', { diff: true })).isError).toBe(false);
    expect(() => readFileSync(marker)).toThrow('ENOENT');
    expect(readFileSync(join(lab.root, 'docs/network.md'), 'utf8')).toContain('guest network');
    expect(statSync(join(lab.root, 'docs/network.md')).mode & 0o111).toBe(0o111);
    // The same repository does run them for a person.
    expect(lab.git(['config', 'core.fsmonitor'])).toBe(`${trap}\n`);
    lab.git(['update-ref', 'refs/heads/x', 'HEAD']);
    expect(readFileSync(marker, 'utf8')).toContain('reference-transaction');
  });

  test('discarded by its maker it is kept aside; that of another waits for the operator', async () => {
    const { lab, id, merge, call, connect } = await withProposal();
    const before = picture(lab);
    const writer = await connect('v2-modern', TOKENS.write);
    expect((await writer.call('docs_proposal_merge', { id, discard: true })).text).toMatch(
      /^approval_required: .*the proposal is of somebody else/,
    );
    expect((await writer.call('docs_proposal_merge', { id })).text).toMatch(/^denied: This call .* needs a token of level disruptive/);
    const { text } = await merge({ discard: true });
    expect(text).toMatch(/^Discarded proposal\/[0-9a-f]{8}\. A person brings it back with `git branch proposal\//);
    expect(branches(lab)).toEqual([]);
    expect(picture(lab)).toEqual(before);
    lab.git((/`git ([^`]+)`/.exec(text)?.[1] ?? '').split(' '));
    expect(branches(lab)).toHaveLength(1);
    expect((await call('docs_proposal_merge', { id })).text).toContain('is in main now');
  });

  test('asked in the chat, the person sees the difference; their no holds', async () => {
    const { lab, id, connect, kinds } = await withProposal('disruptive: ask');
    const before = picture(lab);
    const asked: string[] = [];
    let answer: ElicitAnswer = { action: 'decline' };
    const elicit = async (message: string) => {
      asked.push(message);
      return answer;
    };
    const client = await connect('v2-modern', TOKENS.disruptive, { elicit });
    expect((await client.call('docs_proposal_merge', { id })).text).toMatch(/^denied: The person was asked and declined/);
    expect(picture(lab)).toEqual(before);
    expect(asked[0]).toContain('-VLAN 20 is for cameras.\n+VLAN 21 is for cameras.');
    expect(asked[0]).toContain('Files (1): docs/network.md');
    answer = { action: 'accept', content: { approve: true } };
    expect((await client.call('docs_proposal_merge', { id })).text).toContain('is in main now');
    expect(await kinds()).toEqual(['asked', 'denied', 'asked', 'approved', 'began', 'ended']);
  });

  test('approved by the operator it runs once; what moved since is stale and does not run', async () => {
    const { lab, id, propose, merge, call, safety, kinds } = await withProposal('disruptive: operator');
    const other = await propose({ path: 'README.md', find: 'Four', replace: 'Five' });
    const waiting = [(await merge()).text, (await call('docs_proposal_merge', { id: other })).text];
    const [first = '', second = ''] = waiting.map((text) => /action ([0-9a-z]{10}) waits/.exec(text)?.[1] ?? text);
    const before = picture(lab);
    await safety.actions.approve(first, 'ada');
    const { text } = await call('homelab_actions', { id: first, wait: 20 });
    expect(text).toMatch(
      new RegExp(`^${first} completed docs_proposal_merge on refs/heads/main, proposal/${id} .*\\n {2}ok: proposal/${id} is in main now`),
    );
    expect(picture(lab)['docs/network.md']).not.toBe(before['docs/network.md']);
    expect(lab.git(['rev-list', '--count', 'main'])).toBe('2\n');
    // The second was shown to the person on top of a commit that is no longer the newest.
    const between = picture(lab);
    await safety.actions.approve(second, 'ada');
    const stale = await call('homelab_actions', { id: second, wait: 20 });
    expect(stale.text).toMatch(new RegExp(`^${second} failed docs_proposal_merge .*\\n {2}stale: `));
    expect(picture(lab)).toEqual(between);
    expect(branches(lab)).toHaveLength(1);
    await expect(safety.actions.approve(first, 'ada')).rejects.toThrow();
    expect((await kinds()).filter((kind) => kind === 'began')).toHaveLength(1);
  });

  test('what the person sees is never cut silently, and several services at once are for the operator', async () => {
    const { lab, id, propose, call, safety } = await withProposal();
    const long = await propose({ path: 'docs/long.md', text: `# Long\n\n${'a line of it\n'.repeat(600)}` });
    const read = await call('docs_proposal_merge', { id: long });
    expect(read.text).toMatch(/\n\d+ of 60\d lines of the difference; all of it: git show [0-9a-f]{12}\n/);
    const folder = `${lab.root}-beside`;
    lab.git(['worktree', 'add', '-q', folder, `proposal/${id}`]);
    mkdirSync(join(folder, 'docs/services'), { recursive: true });
    for (const name of ['vaultwarden', 'immich']) writeFileSync(join(folder, 'docs/services', `${name}.md`), '# It\n');
    for (const args of [
      ['add', '-A'],
      ['commit', '-q', '-m', 'more'],
    ])
      lab.git(['-C', folder, ...args]);
    lab.git(['worktree', 'remove', '--force', folder]);
    expect((await call('docs_proposal_merge', { id })).text).toMatch(
      /^approval_required: Nothing was done yet: it is about several services, so action/,
    );
    expect(safety.actions.list({ state: 'pending' }).actions[0]?.effect.preview).toContain(
      'Files (3): docs/network.md, docs/services/immich.md, docs/services/vaultwarden.md (new)',
    );
  });
});
