import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '@homelab/shared/testing/engines.ts';
import type { Bed } from '@homelab/shared/testing/testbed/bed.ts';
import { end, fingerprint, makeKey, startSshd } from '@homelab/shared/testing/testbed/hosts.ts';
import { freePort } from '@homelab/shared/testing/testbed/programs.ts';
import { tcpProxy } from '@homelab/shared/testing/testbed/tcp-proxy.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Docker } from '../client/docker.ts';
import type { HostSettings } from '../client/host-settings.ts';
import { credentials, keyFile } from '../client/ssh/credentials.ts';
import { bedThatIsUp, dockerOn, pinBook, settingsOf } from './bed-docker.ts';

const CANARY = 'canary-7d1f';

describeWith(['testbed'], 'SSH to a real sshd', () => {
  let bed: Bed;
  let folder: string;
  const pids: number[] = [];
  beforeAll(() => {
    bed = bedThatIsUp();
    folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  });
  afterAll(() => {
    end(pids, folder);
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (hosts: readonly HostSettings[], more: Parameters<typeof dockerOn>[2] = {}): Docker => {
    const docker = dockerOn(bed, hosts, more);
    onTestFinished(() => docker.close());
    return docker;
  };

  /** Another sshd before the engine of ash, with these lines and keys; its settings. */
  async function sshd(
    name: string,
    lines: string[],
    { port, keys, hostkey = join(folder, name) }: { port?: number; keys?: string; hostkey?: string } = {},
  ) {
    await makeKey(hostkey);
    const authorizedKeys = join(folder, `${name}_keys`);
    const ash = bed.hosts[0] as Bed['hosts'][0];
    writeFileSync(authorizedKeys, keys ?? readFileSync(join(ash.folder, 'authorized_keys'), 'utf8'));
    const at = port ?? (await freePort());
    const all = [...lines, `SetEnv DOCKER_HOST=unix://${ash.socket}`];
    const pid = await startSshd({ folder, port: at, hostkey, log: name, lines: all, authorizedKeys });
    pids.push(pid);
    const ssh = { user: 'root', port: at, fingerprint: await fingerprint(`${hostkey}.pub`), firstUse: false, shell: 'posix' as const };
    return { pid, port: at, settings: settingsOf(ash, { name, ssh }) };
  }

  test('another host key is refused on the first connection, with both fingerprints and before any login', async () => {
    const { settings } = await sshd('swapped', []);
    const pinned = bed.hosts[1]?.fingerprint as string;
    const docker = open([{ ...settings, ssh: { ...settings.ssh, fingerprint: pinned } as NonNullable<HostSettings['ssh']> }]);
    const failed = await docker
      .host('swapped')
      .containers()
      .catch((error) => error);
    expect(failed).toMatchObject({ code: 'denied', reason: 'host_key_changed' });
    expect(failed.message).toContain(pinned);
    expect(failed.message).toContain(settings.ssh?.fingerprint);
    expect(readFileSync(join(folder, 'swapped.log'), 'utf8')).not.toMatch(/Accepted|publickey/);
  });

  test.each([[false], [true]])('and on a later one (trusted at first sight: %s)', async (firstUse) => {
    const [first, other] = [await sshd(`first-${firstUse}`, []), await sshd(`other-${firstUse}`, [])];
    let now = first.port;
    const proxy = await tcpProxy(() => now);
    onTestFinished(() => proxy.close());
    const { fingerprint: pin, ...ssh } = first.settings.ssh as NonNullable<HostSettings['ssh']>;
    const settings = { ...first.settings, ssh: { ...ssh, port: proxy.port, firstUse, ...(!firstUse && pin && { fingerprint: pin }) } };
    const pins = pinBook();
    const host = open([settings], { pins }).host(settings.name);
    expect(await host.containers()).not.toEqual([]);
    now = other.port;
    proxy.cut();
    await expect
      .poll(
        () =>
          host.containers().then(
            () => 'let in',
            (error) => error.reason,
          ),
        { timeout: 15_000 },
      )
      .toBe('host_key_changed');
    // Another server of the same suite that reads the same pins refuses as well.
    const failed = await open([settings], { pins })
      .host(settings.name)
      .containers()
      .catch((error) => error);
    expect(failed).toMatchObject({ reason: 'host_key_changed', message: expect.stringContaining(pin as string) });
    expect(readFileSync(join(folder, `other-${firstUse}.log`), 'utf8')).not.toMatch(/Accepted|publickey/);
  });

  test('without a pin nothing is sent, and the fingerprint is told', async () => {
    const [ash] = bed.hosts as [Bed['hosts'][0]];
    const docker = open([settingsOf(ash, { ssh: { user: 'root', port: ash.port, firstUse: false, shell: 'posix' } })]);
    await expect(docker.host('ash').containers()).rejects.toMatchObject({
      reason: 'host_key_unknown',
      message: expect.stringContaining(ash.fingerprint),
      hint: expect.stringContaining('npm run trust -- ash'),
    });
  });

  test.each([
    ['forwarding', ['AllowStreamLocalForwarding no'], 'dial-stdio', 'streamlocal'],
    ['no-forwarding-at-all', ['AllowStreamLocalForwarding no', 'AllowTcpForwarding no'], 'dial-stdio', 'streamlocal'],
  ])('%s forbidden: the next way is used, and said', async (name, lines, used, refused) => {
    const { settings } = await sshd(name, lines);
    const docker = open([settings]);
    expect(await docker.host(name).containers()).not.toEqual([]);
    expect(docker.host(name).link()).toMatchObject({
      transport: used,
      refused: [{ kind: refused, why: expect.stringContaining('AllowStreamLocalForwarding') }],
    });
  });

  test('tcp through the tunnel, and its refusal', async () => {
    const cedar = bed.hosts[2] as Bed['hosts'][0];
    const docker = open([settingsOf(cedar, { transports: ['tcp'] }), settingsOf(bed.hosts[0] as Bed['hosts'][0], { transports: ['tcp'] })]);
    expect((await docker.host('cedar').containers()).map(({ name }) => name)).toContain('vaultwarden');
    expect(docker.host('cedar').link()).toMatchObject({ transport: 'tcp' });
    await expect(docker.host('ash').containers()).rejects.toMatchObject({
      reason: 'no_transport',
      message: expect.stringContaining('tcp: nothing answers'),
    });
  });

  test('a key that may only speak Docker does, and runs no command', async () => {
    const key = readFileSync(`${bed.key}.pub`, 'utf8');
    const { settings } = await sshd('restricted', [], { keys: `restrict,command="docker system dial-stdio" ${key}` });
    const docker = open([settings]);
    expect(await docker.host('restricted').containers()).not.toEqual([]);
    expect(docker.host('restricted').link()).toMatchObject({ transport: 'dial-stdio', refused: [{ kind: 'streamlocal' }] });
    await expect(docker.host('restricted').remote.run(['id'])).rejects.toMatchObject({
      reason: 'no_exec',
      hint: expect.stringContaining('authorized_keys'),
    });
  });

  test.each([['streamlocal'], ['dial-stdio']] as const)(
    'sixty calls at once all succeed where MaxSessions is 2 (%s)',
    async (transport) => {
      const { settings } = await sshd(`sessions-${transport}`, ['MaxSessions 2']);
      const host = open([{ ...settings, transports: [transport] }]).host(settings.name);
      const all = await Promise.all(Array.from({ length: 60 }, () => host.containers({}, { deadlineMs: 25_000 })));
      expect(all.every((list) => list.length === all[0]?.length && list.length > 0)).toBe(true);
      // A stream and a command still find room beside the calls that are kept.
      expect((await host.logs('terminal', { tail: 1 })).lines).toHaveLength(1);
      expect(await host.remote.run(['echo', 'room'])).toMatchObject({ stdout: 'room\n' });
      expect(await host.containers()).toHaveLength(all[0]?.length ?? 0);
    },
  );

  test('forty first calls share one login where MaxStartups is 1', async () => {
    const { settings } = await sshd('startups', ['MaxStartups 1']);
    const host = open([settings]).host('startups');
    await Promise.all(Array.from({ length: 40 }, () => host.containers()));
    expect(readFileSync(join(folder, 'startups.log'), 'utf8').match(/Accepted publickey/g)).toHaveLength(1);
  });

  test('a jump host: the second login goes through the first', async () => {
    const [ash, birch] = bed.hosts as [Bed['hosts'][0], Bed['hosts'][0]];
    const behind = settingsOf(birch);
    const docker = open([settingsOf(ash), { ...behind, ssh: { ...(behind.ssh as NonNullable<HostSettings['ssh']>), jump: 'ash' } }]);
    expect((await docker.host('birch').containers()).map(({ name }) => name)).toContain('pihole');
    expect(docker.host('ash').link().connected).toBe(true);
  });

  test('an encrypted key opens with its passphrase; without it, with a wrong one, and with no key, each says which', async () => {
    const [ash] = bed.hosts as [Bed['hosts'][0]];
    const key = keyFile(bed.encryptedKey);
    const secret = (text: string) => ({ reveal: () => text });
    const docker = open([settingsOf(ash)], { credentials: () => credentials({ key, passphrase: secret(bed.passphrase) }) });
    expect(await docker.host('ash').containers()).not.toEqual([]);
    const told = [{ key }, { key, passphrase: secret(CANARY) }, {}, { key: secret(CANARY) }].map((options) => {
      try {
        return String(credentials(options));
      } catch (error) {
        return (error as Error).message + String((error as { hint?: string }).hint);
      }
    });
    expect(told[0]).toContain('DOCKER_SSH_PASSPHRASE_FILE');
    expect(told[1]).toContain('cannot be opened with this passphrase');
    expect(told[2]).toContain('SSH_AUTH_SOCK');
    expect(told[3]).toContain('cannot be read');
    expect(told.join()).not.toContain(CANARY);
  });

  test('a key that is not accepted is told, with nothing of it', async () => {
    const [ash] = bed.hosts as [Bed['hosts'][0]];
    const own = join(folder, 'stranger');
    await makeKey(own);
    const docker = open([settingsOf(ash)], { credentials: () => credentials({ key: keyFile(own) }) });
    const failed = await docker
      .host('ash')
      .containers()
      .catch((error) => error);
    expect(failed).toMatchObject({ code: 'denied', reason: 'key_refused' });
    expect(failed.message + failed.hint).not.toContain(readFileSync(own, 'utf8').slice(100, 140));
  });
});
