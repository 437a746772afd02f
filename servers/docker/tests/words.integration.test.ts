import { describeWith } from '@homelab/shared/testing/engines.ts';
import { LOGGED } from '@homelab/shared/testing/testbed/containers.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isProblem } from '../client/container.ts';
import type { Docker } from '../client/docker.ts';
import { bedThatIsUp, dockerOn } from './bed-docker.ts';

describeWith(['testbed'], 'the words of the client, from three real hosts', () => {
  let docker: Docker;
  beforeAll(() => {
    docker = dockerOn(bedThatIsUp());
  });
  afterAll(() => docker.close());

  test('every container of every host is told with its state', async () => {
    const { found, missing } = await docker.across((host, call) => host.containers({}, call), { deadlineMs: 10_000 });
    expect(missing).toEqual([]);
    const all = Object.fromEntries(found.flatMap(({ value }) => value).map((one) => [one.name, one]));
    expect(all['immich-ml']).toMatchObject({ host: 'ash', project: 'photos', state: 'exited', exitCode: 137 });
    expect(all.jellyfin).toMatchObject({ state: 'running', health: 'healthy', project: 'media', service: 'jellyfin' });
    expect(all.jellyfin?.ports).toContainEqual({ container: 8096, protocol: 'tcp', host: 8096, address: '0.0.0.0' });
    expect(all.grafana).toMatchObject({ host: 'birch', health: 'unhealthy' });
    expect(all.prometheus?.mounts).toEqual([{ kind: 'volume', source: 'prometheus-data', target: '/prometheus', writable: true }]);
    expect(all.paused).toMatchObject({ host: 'cedar', state: 'paused' });
    expect(all.paused).not.toHaveProperty('project');
    expect(all.terminal?.since?.getTime()).toBeLessThanOrEqual(Date.now());
    const problems = Object.values(all).filter(isProblem);
    expect(problems.map(({ name }) => name).sort()).toEqual(['backup', 'grafana', 'immich-ml', 'sonarr']);
    expect(new Set(Object.values(all).flatMap(({ project }) => project ?? []))).toEqual(
      new Set(['media', 'photos', 'dns', 'monitoring', 'passwords']),
    );
  });

  test('inspect tells why it ended, its limits and its checks, and no secret', async () => {
    const ash = docker.host('ash');
    expect(await ash.inspect('immich-ml')).toMatchObject({
      oomKilled: true,
      exitCode: 137,
      limits: { memory: 16 * 1_048_576 },
      tty: false,
    });
    expect(await ash.inspect('sonarr')).toMatchObject({ restartPolicy: { name: 'always' }, restarts: expect.any(Number) });
    const jellyfin = await ash.inspect('jellyfin');
    expect(jellyfin.env).toContainEqual({ name: 'JELLYFIN_API_KEY', value: '[redacted]' });
    expect(JSON.stringify(jellyfin)).not.toContain('canary');
    const grafana = await docker.host('birch').inspect('grafana');
    expect(grafana.healthRuns.at(-1)).toMatchObject({ exitCode: 1, output: expect.stringContaining('database is locked') });
  });

  test('logs: the last lines, both streams, a terminal, a search through all of it, and following', async () => {
    const [ash, birch] = [docker.host('ash'), docker.host('birch')];
    const last = await ash.logs('logger', { tail: 2 });
    expect(last).toMatchObject({ scanned: 2, complete: true, broken: false, tty: false });
    expect(last.lines.map(({ text }) => text)).toEqual([`line ${LOGGED - 1} of a long log`, `line ${LOGGED} of a long log`]);
    const found = await ash.logs('logger', { match: (text) => / 19999\d /.test(text), keep: 3 }, { deadlineMs: 60_000 });
    expect(found).toMatchObject({ scanned: LOGGED, matched: 10, complete: true });
    expect(found.lines).toHaveLength(3);
    const part = await ash.logs('logger', { scanBytes: 100_000 });
    expect(part.complete).toBe(false);
    expect(part.scanned).toBeLessThan(LOGGED);
    const after = await ash.logs('logger', { since: last.lines[0]?.at as string });
    expect(after.lines.map(({ text }) => text)).toEqual(last.lines.map(({ text }) => text));
    expect(await ash.logs('terminal', {})).toMatchObject({
      tty: true,
      lines: [{ stream: 'tty', text: 'on a terminal' }, { text: 'second line' }],
    });
    const streams = new Set<string>();
    for await (const { stream, text } of birch.follow('talker')) {
      expect(text).toMatch(/^t[io]ck \d+$/);
      streams.add(stream);
      if (streams.size === 2) break;
    }
    expect(streams).toEqual(new Set(['stdout', 'stderr']));
  });

  test('stats come from two samples; a busy container is told from an idle one', async () => {
    const cedar = docker.host('cedar');
    const running = (await cedar.containers({ running: true })).filter(({ state }) => state === 'running');
    const stats = await cedar.stats(running.map(({ id }) => id));
    const [busy, idle] = ['busy', 'vaultwarden'].map((name) => stats.find((one) => one.name === name));
    expect(busy?.cpuPercent).toBeGreaterThan(2);
    expect(busy?.cpuPercent).toBeLessThan(60);
    expect(idle?.cpuPercent).toBeLessThan(busy?.cpuPercent ?? 0);
    expect(idle?.memory).toBeGreaterThan(0);
  });

  test('events, images, volumes, networks, disk, processes, and the engine itself', async () => {
    const birch = docker.host('birch');
    expect(await birch.about()).toMatchObject({
      os: 'linux',
      name: 'birch',
      version: expect.stringMatching(/^\d/),
      api: expect.stringMatching(/^1\.\d+$/),
    });
    const { events } = await docker.host('ash').events({ since: new Date(Date.now() - 3_600_000), kinds: ['container'] });
    expect(events.find(({ action, name }) => action === 'die' && name === 'sonarr')).toMatchObject({ exitCode: 3, project: 'media' });
    expect((await birch.images()).flatMap(({ tags }) => tags)).toContain('busybox:testbed');
    expect(await birch.image('busybox:testbed')).toMatchObject({ os: 'linux', digests: [] });
    expect(await birch.volumes()).toMatchObject([{ name: 'prometheus-data', anonymous: false }]);
    expect((await birch.networks()).map(({ name }) => name)).toContain('bridge');
    const disk = await birch.disk();
    expect(disk.volumes).toMatchObject([{ name: 'prometheus-data', used: true }]);
    expect(await birch.disk()).toBe(disk);
    expect((await birch.top('pihole')).rows.flat().join(' ')).toContain('sleep');
  });

  test('what is not there, and what can be no name, is told', async () => {
    const ash = docker.host('ash');
    await expect(ash.inspect('gone')).rejects.toMatchObject({ code: 'not_found', reason: 'not_found' });
    await expect(ash.inspect('../info')).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(ash.inspect('a; reboot')).rejects.toMatchObject({ code: 'invalid_input' });
    expect(() => docker.host('oak')).toThrow(expect.objectContaining({ code: 'not_found', hint: 'There are: ash, birch, cedar.' }));
  });

  test('a command gets its arguments as they are, and files go both ways', async () => {
    const { remote } = docker.host('cedar');
    const argv = ['a b', "c'd", '$HOME', '`id`', '*'];
    expect(await remote.run(['printf', '%s|', ...argv])).toMatchObject({ code: 0, stdout: `${argv.join('|')}|` });
    expect(await remote.run(['cat'], { input: 'through' })).toMatchObject({ stdout: 'through' });
    expect((await remote.run(['nosuchcommand'])).code).toBe(127);
    const name = await remote.files(
      (sftp) =>
        new Promise<string>((resolve, reject) => sftp.realpath('/etc/hostname', (error, path) => (error ? reject(error) : resolve(path)))),
    );
    expect(name).toBe('/etc/hostname');
  });
});
