import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '@homelab/shared/testing/engines.ts';
import type { Bed, BedHost } from '@homelab/shared/testing/testbed/bed.ts';
import { end, startHost } from '@homelab/shared/testing/testbed/hosts.ts';
import { until } from '@homelab/shared/testing/testbed/programs.ts';
import { tcpProxy } from '@homelab/shared/testing/testbed/tcp-proxy.ts';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Docker } from '../client/docker.ts';
import type { DockerHost } from '../client/docker-host.ts';
import type { HostSettings } from '../client/host-settings.ts';
import { bedThatIsUp, dockerOn, settingsOf } from './bed-docker.ts';

describeWith(['testbed'], 'hosts that go away', () => {
  let bed: Bed;
  let elm: BedHost;
  let folder: string;
  const raise = (port?: number) =>
    startHost({ name: 'elm', kind: 'inside', folder, authorized: readFileSync(`${bed.key}.pub`, 'utf8') }, port);

  beforeAll(async () => {
    bed = bedThatIsUp();
    folder = mkdtempSync(join(tmpdir(), 'elm-'));
    elm = await raise();
  }, 90_000);
  afterAll(async () => {
    end(elm.pids, folder);
    await until('The end of elm', 20, async () => rmSync(folder, { recursive: true, force: true }) ?? true);
  });

  const open = (...hosts: HostSettings[]): Docker => {
    const docker = dockerOn(bed, hosts, { patience: { backoffMs: [50, 400] } });
    onTestFinished(() => docker.close());
    return docker;
  };
  const [ash, birch] = [() => settingsOf(bed.hosts[0] as BedHost), () => settingsOf(bed.hosts[1] as BedHost)];

  test('a host killed in the middle of a call: the others answer, it is told why, and it heals by itself', async () => {
    const docker = open(ash(), settingsOf(elm), birch());
    const list = (host: DockerHost, call: object) => host.containers({}, call);
    expect((await docker.across(list, { deadlineMs: 10_000 })).missing).toEqual([]);
    const mid = docker.across(
      async (host, call) => {
        if (host.name !== 'elm') return host.containers({}, call);
        // An engine that has nothing to tell keeps the call open until it ends.
        const events = host.events({ since: new Date(), until: new Date(Date.now() + 60_000) }, call);
        setTimeout(() => end(elm.pids, folder), 200);
        await events;
        return [];
      },
      { deadlineMs: 3_000 },
    );
    const { found, missing } = await mid;
    expect(found.map(({ host }) => host)).toEqual(['ash', 'birch']);
    expect(missing).toMatchObject([{ host: 'elm', reason: expect.stringMatching(/^(unreachable|timeout)$/) }]);
    await expect.poll(() => docker.across(list).then((it) => it.missing[0]?.reason), { timeout: 10_000 }).toBe('unreachable');
    elm = await raise(elm.port);
    await expect.poll(() => docker.across(list).then((it) => it.missing), { timeout: 20_000 }).toEqual([]);
  }, 120_000);

  test('one that is off and sleepy is asleep, at once for whoever asks again', async () => {
    const off = settingsOf({ ...elm, port: 1 }, { name: 'macbook', sleepy: true });
    const docker = open(off, ash());
    const { found, missing } = await docker.across((host, call) => host.containers({}, call));
    expect(found.map(({ host }) => host)).toEqual(['ash']);
    expect(missing).toEqual([{ host: 'macbook', reason: 'asleep', sentence: 'macbook is asleep or off, which is usual for it.' }]);
  });

  test('a cable that was pulled: every call ends at its deadline, the silent connection is given up, and the next call works', async () => {
    const proxy = await tcpProxy(() => elm.port);
    onTestFinished(() => proxy.close());
    const docker = open(settingsOf({ ...elm, port: proxy.port }), birch());
    const host = docker.host('elm');
    expect(await host.containers()).toEqual([]);
    proxy.freeze();
    const calls = [
      host.containers({}, { deadlineMs: 500 }),
      host.inspect('any', { deadlineMs: 500 }),
      host.remote.run(['id'], { deadlineMs: 500 }),
    ];
    const settled = await Promise.allSettled(calls);
    expect(settled.map((one) => one.status === 'rejected' && one.reason.reason)).toEqual(['timeout', 'timeout', 'timeout']);
    proxy.thaw();
    await expect.poll(() => host.containers({}, { deadlineMs: 3_000 }).catch((error) => error.reason), { timeout: 15_000 }).toEqual([]);
    expect(proxy.connections()).toBe(2);
  });

  test('a caller who leaves ends the call at once, and the next one is answered', async () => {
    const host = open(birch()).host('birch');
    await host.containers();
    const leaving = new AbortController();
    const waiting = host.events({ since: new Date(), until: new Date(Date.now() + 60_000) }, { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 100);
    await expect(waiting).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await host.containers()).not.toEqual([]);
  });
});
