import { generateKeyPairSync } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeWith } from '../../../shared/testing/engines.ts';
import type { LabFolder } from '../tests/lab-folder.ts';
import { lab, repository } from '../tests/open-lab.ts';
import type { Changes, ChangesQuery } from './document.ts';

const start = (files: Record<string, string>) => lab(files, { git: true });

async function changes({ root }: LabFolder, query: Partial<ChangesQuery> = {}): Promise<Changes> {
  return (await repository(root)).changes({ since: new Date(0), ...query });
}

describeWith(['git'], 'changes', () => {
  test('renames, sections of added headings, lines, and what is not committed', async () => {
    const made = start({ 'docs/a.md': '# A\n\none\n\n## B\n\ntwo\nthree\nfour\n' });
    made.git(['mv', 'docs/a.md', 'docs/b.md']);
    made.write('docs/b.md', '# A\n\none\n\n## B\n\ntwo\nthree\nfour\n\n## New part\n\nfive\n');
    made.commit('rename');
    made.write('docs/b.md', 'rewritten\n');
    made.write('new/c.md', 'c\n');
    const { commits, total, uncommitted } = await changes(made);
    expect(total).toBe(2);
    expect(commits[0]).toMatchObject({
      subject: 'rename',
      author: 'Ada',
      files: [{ path: 'docs/b.md', from: 'docs/a.md', added: 4, removed: 0, sections: ['New part'] }],
    });
    expect(uncommitted.map(({ path }) => path)).toEqual(['docs/b.md', 'new/']);
  });

  test('a key whose middle lines changed is hidden whole, on both sides', async () => {
    const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const [old, fresh] = [key(), key()];
    const made = start({ 'docs/key.md': `# Key\n\n${old}\nend\n` });
    const mixed = [...old.split('\n').slice(0, 8), ...fresh.split('\n').slice(8, 14), ...old.split('\n').slice(14)].join('\n');
    made.write('docs/key.md', `# Key\n\n${mixed}\nthe end\n`);
    const { diff } = await changes(made, { since: new Date(Date.now() - 3_600_000), diff: true });
    expect(diff?.text).toContain('+the end');
    for (const line of [...old.split('\n'), ...fresh.split('\n')].filter((one) => one.length > 30)) expect(diff?.text).not.toContain(line);
    made.commit('new key');
    const whole = (await changes(made, { diff: true })).diff?.text ?? '';
    expect(whole).toContain('the end');
    for (const line of mixed.split('\n').filter((one) => one.length > 30)) expect(whole).not.toContain(line);
  });

  test('a large file does not stand in the way of the others', async () => {
    const made = start({ 'z.md': 'z\n' });
    made.write('a.md', '');
    truncateSync(join(made.root, 'a.md'), 30 * 1024 * 1024);
    made.write('big.md', 'line of text\n'.repeat(200_000));
    made.write('z.md', 'changed\n');
    made.commit('large');
    const { commits, diff } = await changes(made, { diff: true });
    expect(commits[0]?.files.map(({ path }) => path)).toEqual(['a.md', 'big.md', 'z.md']);
    expect(diff?.text).toContain('+changed');
    expect(diff?.text.length).toBeLessThan(10_000);
  });

  test('paths are taken as they are written, and stay inside', async () => {
    const made = start({ 'a[1].md': 'x\n', 'a1.md': 'y\n', 'b/c.md': 'z\n' });
    expect((await changes(made, { paths: ['a[1].md'] })).commits[0]?.files.map(({ path }) => path)).toEqual(['a[1].md']);
    expect((await changes(made, { paths: ['--output=x'] })).commits).toEqual([]);
    await expect(changes(made, { paths: ['../x'] })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a cancelled question ends', async () => {
    const made = start({ 'a.md': 'x\n' });
    await expect(changes(made, { signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow('cancelled');
  });
});
