import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import { smallDisk } from '../../../shared/testing/safety/small-disk.ts';
import { TOKENS } from '../../../shared/testing/start.ts';
import { gitIn, type LabFolder, labFolder } from './lab-folder.ts';
import { labServer } from './lab-server.ts';
import { branches, picture } from './picture.ts';
import { SMALL_LAB } from './small-lab.ts';
import { stateFolder } from './state-folder.ts';
import { withProposal } from './with-proposal.ts';

const CHANGE = { path: 'docs/network.md', find: 'VLAN 20', replace: 'VLAN 21', reason: 'because of the test' };

/** A lab on a disk of its own, that can be filled and made read-only. */
function onDisk(context: TestContext): { lab: LabFolder; small: Exclude<ReturnType<typeof smallDisk>, string> } {
  const small = smallDisk(4096);
  if (typeof small === 'string') return context.skip(small);
  onTestFinished(small.remove);
  const made = labFolder(SMALL_LAB, { git: true });
  const root = join(small.folder, 'lab');
  mkdirSync(root);
  cpSync(made.root, root, { recursive: true });
  made.remove();
  gitIn(root, ['status']);
  return { small, lab: { ...made, root, git: (args, date) => gitIn(root, args, date), remove: () => {} } };
}

describeWith(['git'], 'places that cannot be written', () => {
  test('mounted read-only: told with the setting, before a person is asked', async (context) => {
    const { lab, small } = onDisk(context);
    const { call } = await labServer(lab, { token: TOKENS.disruptive });
    const made = await call('docs_propose', CHANGE);
    const id = /proposal\/([0-9a-f]{8})/.exec(made.text)?.[1];
    small.readOnly();
    const told = /^unavailable: The repository cannot be written: .* HOMELAB_REPO/;
    expect((await call('docs_propose', { ...CHANGE, replace: 'VLAN 22' })).text).toMatch(told);
    expect((await call('docs_proposal_merge', { id })).text).toMatch(told);
    expect((await call('docs_proposal_merge', { id, discard: true })).text).toMatch(told);
    expect((await call('docs_read', { ref: 'docs/network.md' })).text).toContain('VLAN 20');
    small.writable();
  });

  test('a full disk: nothing is half there, and with room it goes on', async (context) => {
    const { lab, small } = onDisk(context);
    const { call } = await labServer(lab, { token: TOKENS.write });
    const before = picture(lab);
    small.fill();
    expect((await call('docs_propose', CHANGE)).isError).toBe(true);
    expect(branches(lab)).toEqual([]);
    small.free();
    expect(picture(lab)).toEqual(before);
    lab.git(['fsck', '--strict', '--no-dangling']);
    expect((await call('docs_propose', CHANGE)).text).toMatch(/^Proposed as/);
  });

  test('a full disk while it is brought in: the old state stays', async (context) => {
    const { lab, small } = onDisk(context);
    const { call } = await labServer(lab, { token: TOKENS.disruptive, start: { state: allowing() } });
    const [id] = /[0-9a-f]{8}/.exec((await call('docs_propose', CHANGE)).text) ?? [];
    const head = lab.git(['rev-parse', 'main']);
    small.fill();
    expect((await call('docs_proposal_merge', { id })).isError).toBe(true);
    small.free();
    expect([lab.git(['rev-parse', 'main']), branches(lab).length]).toEqual([head, 1]);
    expect(lab.git(['status', '--porcelain'])).toBe('');
    expect(readFileSync(join(lab.root, 'docs/network.md'), 'utf8')).toBe(SMALL_LAB['docs/network.md']);
    expect((await call('docs_proposal_merge', { id })).text).toContain('is in main now');
  });
});

describeWith(['git'], 'repositories of other kinds', () => {
  test('packed refs, SHA-256 objects, and one below a folder with a colon in its name', async () => {
    const { lab, merge } = await withProposal();
    lab.git(['pack-refs', '--all']);
    lab.git(['gc', '-q']);
    expect((await merge()).text).toContain('is in main now');
    const wide = labFolder(SMALL_LAB);
    wide.git(['init', '-q', '-b', 'main', '--object-format=sha256']);
    wide.commit('start');
    const outer = labFolder();
    const root = join(outer.root, 'a:b "c');
    cpSync(wide.root, root, { recursive: true });
    const odd = { ...wide, root, git: (args: string[]) => gitIn(root, args) };
    onTestFinished(outer.remove);
    odd.git(['status']);
    const { call } = await labServer(odd, { token: TOKENS.disruptive, start: { state: allowing() } });
    const made = await call('docs_propose', CHANGE);
    const [id] = /[0-9a-f]{8}/.exec(made.text) ?? [];
    expect((await call('docs_proposal_merge', { id })).text).toContain('is in main now');
    odd.git(['fsck', '--strict']);
    expect(odd.git(['status', '--porcelain'])).toBe('');
  });

  test('a linked work tree takes a proposal into its own branch', async () => {
    const lab = labFolder(SMALL_LAB, { git: true });
    const linked = `${lab.root}-linked`;
    lab.git(['worktree', 'add', '-q', linked, '-b', 'side']);
    const remove = () => {
      lab.git(['worktree', 'remove', '--force', linked]);
      lab.remove();
    };
    const side = { ...lab, root: linked, git: (args: string[]) => gitIn(linked, args), remove };
    const before = picture(lab);
    const { call } = await labServer(side, { token: TOKENS.disruptive, start: { state: allowing() } });
    const [id] = /[0-9a-f]{8}/.exec((await call('docs_propose', CHANGE)).text) ?? [];
    expect((await call('docs_proposal_merge', { id })).text).toContain('is in side now');
    expect(side.git(['status', '--porcelain'])).toBe('');
    expect(readFileSync(join(linked, 'docs/network.md'), 'utf8')).toContain('VLAN 21');
    expect(picture(lab)).toEqual(before);
  });
});

function allowing(): string {
  return stateFolder('version: 1\ndefaults: { disruptive: allow }\n');
}
