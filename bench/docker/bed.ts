import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { HostSettings } from '@homelab/mcp-docker/client/host-settings.ts';
import { settingsOf } from '@homelab/mcp-docker/tests/bed-docker.ts';
import { type BedHost, testbed } from '@homelab/shared/testing/testbed/bed.ts';
import { IMAGE } from '@homelab/shared/testing/testbed/containers.ts';
import { end, makeKey, startHost } from '@homelab/shared/testing/testbed/hosts.ts';
import { run, until } from '@homelab/shared/testing/testbed/programs.ts';

/** A host of its own for the bench, with sshd's default limits. */
export interface BenchHost {
  host: BedHost;
  settings: HostSettings;
  key: string;
  /** Makes stopped containers until there are so many. */
  fill(count: number): Promise<void>;
  /** PATH on which `docker -H ssh://` finds the key and the pinned host. */
  path: string;
  close(): Promise<void>;
}

/** Starts the host; the test bed must be up for its image. */
export async function benchHost(): Promise<BenchHost> {
  const bed = testbed();
  if (!bed) throw new Error('npm run testbed -- up comes first');
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const key = join(folder, 'client');
  await makeKey(key);
  const host = await startHost({
    name: 'bench',
    kind: 'beside',
    folder: join(folder, 'host'),
    authorized: readFileSync(`${key}.pub`, 'utf8'),
  });
  const docker = (...args: string[]) => run('docker', ['-H', `unix://${host.socket}`, ...args]);
  await docker('import', bed.image, IMAGE);
  const known = (await run('ssh-keygen', ['-yf', join(host.folder, 'hostkey')])).trim();
  writeFileSync(join(folder, 'known_hosts'), `[127.0.0.1]:${host.port} ${known}\n`);
  writeFileSync(
    join(folder, 'config'),
    `Host bench\n HostName 127.0.0.1\n Port ${host.port}\n User root\n IdentityFile ${key}\n IdentitiesOnly yes\n UserKnownHostsFile ${folder}/known_hosts\n StrictHostKeyChecking yes\n`,
  );
  const ssh = join(folder, 'ssh');
  writeFileSync(ssh, `#!/bin/sh\nexec ${(await run('sh', ['-c', 'command -v ssh'])).trim()} -F ${folder}/config "$@"\n`);
  chmodSync(ssh, 0o755);
  let made = 0;
  return {
    host,
    settings: settingsOf(host, { transports: ['streamlocal'] }),
    key,
    path: `${folder}${delimiter}${process.env.PATH}`,
    async fill(count) {
      for (; made < count; made++)
        await docker('create', '--name', `bench-${made}`, '--label', 'com.docker.compose.project=bench', IMAGE, 'true');
    },
    async close() {
      end(host.pids, host.folder);
      await until('The end of the bench host', 20, async () => rmSync(folder, { recursive: true, force: true }) ?? true);
    },
  };
}
