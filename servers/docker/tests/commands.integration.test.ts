import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '@homelab/shared/testing/engines.ts';
import { expect, onTestFinished, test } from 'vitest';
import { hostChecks } from '../commands/host-checks.ts';
import { trustCommand } from '../commands/trust.ts';
import { bedThatIsUp, dockerOn, settingsOf } from './bed-docker.ts';

describeWith(['testbed'], 'what a person types, against real hosts', () => {
  function repository(fingerprint?: string): { root: string; text: () => string } {
    const [ash] = bedThatIsUp().hosts;
    const root = mkdtempSync(join(tmpdir(), 'trust-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    mkdirSync(join(root, 'infrastructure'));
    const file = join(root, 'infrastructure/hosts.yaml');
    const pin = fingerprint ? `, fingerprint: '${fingerprint}'` : '';
    writeFileSync(
      file,
      `apiVersion: homelab/v1\nkind: Hosts\nhosts:\n  - name: ash # the first\n    address: 127.0.0.1\n    os: { family: linux }\n    ssh: { user: root, port: ${ash?.port}${pin} }\n    docker: { transport: [streamlocal] }\n`,
    );
    return { root, text: () => readFileSync(file, 'utf8') };
  }

  async function trust(...argv: string[]): Promise<{ exit: number; told: string }> {
    const told: string[] = [];
    const tell = (text: string) => void told.push(text);
    return { exit: await trustCommand(argv, { out: tell, error: tell, env: {} }), told: told.join('\n') };
  }

  test('trust prints and writes the fingerprint, asks before it replaces another, and knows when it is the same', async () => {
    const seen = bedThatIsUp().hosts[0]?.fingerprint as string;
    const fresh = repository();
    expect(await trust('ash', '--repo', fresh.root)).toMatchObject({ exit: 0, told: expect.stringContaining(seen) });
    expect(fresh.text()).toContain(`fingerprint: '${seen}'`);
    expect(fresh.text()).toContain('# the first');
    expect(await trust('ash', '--repo', fresh.root)).toMatchObject({ exit: 0, told: expect.stringContaining('is the pinned one') });

    const other = repository(`SHA256:${'A'.repeat(43)}`);
    const before = other.text();
    expect(await trust('ash', '--repo', other.root)).toMatchObject({
      exit: 1,
      told: expect.stringMatching(/expected SHA256:A+\n {2}received SHA256:/),
    });
    expect(other.text()).toBe(before);
    expect((await trust('ash', '--repo', other.root, '--replace')).exit).toBe(0);
    expect(other.text()).toContain(seen);
    expect(await trust('oak', '--repo', other.root)).toMatchObject({ exit: 1, told: expect.stringContaining('There are: ash.') });
    expect((await trust()).exit).toBe(2);
  });

  test('doctor tells of each host its way, its versions and its key, and what to do', async () => {
    const bed = bedThatIsUp();
    const [ash, birch, cedar] = bed.hosts.map((host) => settingsOf(host));
    if (!ash || !birch || !cedar) throw new Error('three hosts');
    const off = { ...birch, ssh: { user: 'root', port: 1, firstUse: false, shell: 'posix' as const } };
    const sleeping = { ...off, name: 'macbook', sleepy: true };
    const loose = { ...cedar, ssh: { user: 'root', port: cedar.ssh?.port as number, firstUse: true, shell: 'posix' as const } };
    const hosts = [ash, off, sleeping, loose];
    const found = await Promise.all(hostChecks(hosts, () => dockerOn(bed, hosts)).map(({ run }) => run()));
    expect(found[0]).toMatchObject({
      ok: 'ok',
      found: expect.stringMatching(/^streamlocal .*, Docker \d.*, API 1\.\d+, .* host key SHA256:/),
    });
    expect(found[1]).toMatchObject({ ok: 'fail', found: expect.stringContaining('nothing listens on port 1'), todo: expect.any(String) });
    expect(found[2]).toMatchObject({ ok: 'ok', found: expect.stringContaining('asleep') });
    expect(found[3]).toMatchObject({ ok: 'warn', todo: 'Pin it: npm run trust -- cedar' });
  });
});
