import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import type { LabFolder } from './lab-folder.ts';
import { lab as folder, repository } from './open-lab.ts';
import { branches, picture } from './picture.ts';
import { stateFolder } from './state-folder.ts';

const KILLS = 40;
const TEXT = { timeout: 180_000 };

interface Proposer {
  process: ChildProcess;
  lines: () => string[];
  ended: Promise<unknown>;
  /** Ends it and every git that it started, at once. */
  kill: () => void;
}

async function proposer(lab: LabFolder, mode: string, seed: string): Promise<Proposer> {
  const args = [fileURLToPath(new URL('proposer.ts', import.meta.url)), lab.root, mode, seed];
  const started = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    // What the killed ones leave behind goes with the test.
    env: { ...process.env, TMPDIR: stateFolder() },
  });
  let out = '';
  started.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const ended = once(started, 'close');
  await Promise.race([once(started.stdout, 'data'), ended]);
  return {
    process: started,
    lines: () => out.split('\n').slice(1, -1),
    ended,
    kill: () => void (started.exitCode === null && started.pid && process.kill(-started.pid, 'SIGKILL')),
  };
}

describeWith(['git'], 'proposals and sudden ends', () => {
  test(`killed at ${KILLS} random points, the repository is sound and every branch is whole`, TEXT, async () => {
    const lab = folder({ 'README.md': '# Lab\n' }, { git: true });
    const before = picture(lab);
    const main = lab.git(['rev-parse', 'main']);
    let announced = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = await proposer(lab, 'propose', `k${kill}`);
      await sleep(Math.random() * 150);
      child.kill();
      await child.ended;
      announced += child.lines().length;
      expect(picture(lab)).toEqual(before);
      lab.git(['fsck', '--strict', '--no-dangling']);
    }
    const names = branches(lab).map((line) => line.split(' ')[0] ?? '');
    expect(names.length).toBeGreaterThanOrEqual(announced);
    expect(announced).toBeGreaterThan(0);
    for (const name of names) {
      expect(lab.git(['rev-parse', `${name}^`])).toBe(main);
      const [path = '', ...more] = lab.git(['diff', '--name-only', 'main', name]).trim().split('\n');
      expect(more).toEqual([]);
      const [, seed, n] = /^docs\/(\w+)-(\d+)\.md$/.exec(path) ?? [];
      expect(lab.git(['show', `${name}:${path}`])).toBe(`# ${seed} ${n}\n${'line\n'.repeat(2000)}end\n`);
    }
    // Whatever locks the dead left behind, the next one gets on.
    const { proposals } = await repository(lab.root);
    const base = await proposals.base('docs/k0-0.md');
    const after = await proposals.create({ base, text: `# k0 0\n${'line\n'.repeat(2000)}end\n` }, { caller: 'a', reason: 'once more' });
    expect(branches(lab).some((line) => line.startsWith(after.branch))).toBe(true);
  });

  test('killed while it brings proposals in, nothing is lost: old or new, and a restore makes it clean', TEXT, async () => {
    const lab = folder({ 'README.md': '# Lab\n' }, { git: true });
    const { proposals } = await repository(lab.root);
    const total = 15;
    for (let n = 0; n < total; n++) {
      const base = await proposals.base(`docs/${n}.md`);
      await proposals.create({ base, text: `# ${n}\n${'line\n'.repeat(500)}` }, { caller: 'a', reason: 'for the test' });
    }
    let died = 0;
    let told: string[] = [];
    for (let round = 0; branches(lab).length > 0 && round < 100; round++) {
      const child = await proposer(lab, 'merge', 'k');
      // Longer from round to round, so that a slow machine comes to an end as well.
      await sleep(Math.random() * (200 + round * 20));
      child.kill();
      await child.ended;
      told = child.lines();
      died += child.process.signalCode === 'SIGKILL' ? 1 : 0;
      lab.git(['fsck', '--strict', '--no-dangling']);
      // What a person does who finds it so: the lock of a dead git goes, and what is half done is put back.
      for (const lock of ['.git/index.lock', '.git/refs/heads/main.lock', '.git/packed-refs.lock', '.git/HEAD.lock'])
        rmSync(join(lab.root, lock), { force: true });
      for (const name of branches(lab)) rmSync(join(lab.root, '.git/refs/heads', `${name.split(' ')[0]}.lock`), { force: true });
      lab.git(['reset', '-q', '--hard']);
      lab.git(['clean', '-q', '-fd']);
      const merged = lab.git(['ls-tree', '-r', '--name-only', 'main', 'docs/']).split('\n').filter(Boolean).length;
      expect(merged + branches(lab).length).toBeGreaterThanOrEqual(total);
      expect(existsSync(join(lab.root, 'README.md'))).toBe(true);
    }
    expect(died).toBeGreaterThan(3);
    expect(branches(lab), told.join('\n')).toEqual([]);
    const text = (n: number) => lab.git(['show', `main:docs/${n}.md`]);
    for (let n = 0; n < total; n++) expect(text(n)).toBe(`# ${n}\n${'line\n'.repeat(500)}`);
    expect(lab.git(['status', '--porcelain'])).toBe('');
  });

  test('two processes that propose the same make one branch of each, and merge without losing any', TEXT, async () => {
    const lab = folder({ 'README.md': '# Lab\n' }, { git: true });
    const children = await Promise.all(['a', 'b', 'c'].map((seed) => proposer(lab, 'same', seed)));
    await Promise.all(children.map(({ ended }) => ended));
    const [first, ...others] = children.map(({ lines }) => lines());
    expect(first).toHaveLength(15);
    for (const other of others) expect(other).toEqual(first);
    expect(branches(lab)).toHaveLength(15);
    const mergers = await Promise.all(['a', 'b'].map((seed) => proposer(lab, 'merge', seed)));
    await Promise.all(mergers.map(({ ended }) => ended));
    const told = mergers.flatMap(({ lines }) => lines());
    const merged = told.filter((line) => line.startsWith('merged'));
    expect(told.filter((line) => !/^(merged|Fault)/.test(line))).toEqual([]);
    expect(merged.length + branches(lab).length).toBe(15);
    expect(merged.length).toBeGreaterThan(0);
    lab.git(['fsck', '--strict', '--no-dangling']);
    expect(lab.git(['status', '--porcelain'])).toBe('');
    const tree = lab.git(['ls-tree', '-r', '--name-only', 'main', 'docs/']).split('\n').filter(Boolean);
    expect(tree).toHaveLength(merged.length);
  });
});
