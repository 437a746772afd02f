import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith, engine } from '@homelab/shared/testing/engines.ts';
import { type BedHost, testbed } from '@homelab/shared/testing/testbed/bed.ts';
import { end, startHost } from '@homelab/shared/testing/testbed/hosts.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ActualContainer } from '../drift/actual.ts';
import { driftLab, fingerprint, STACKS } from './drift-lab.ts';

const SITE = 'compose/pi/site/compose.yaml';
const SLEEP = "command: [/bin/busybox, sleep, '1000']";

/** The stacks of the fast test in the words that the classic docker-compose knows, with something to run in a bare busybox. */
function classicStacks(): Record<string, string> {
  const stacks = { ...STACKS };
  const edit = (path: string, from: string | RegExp, to: string) => {
    const text = stacks[path] ?? '';
    if (text.replace(from, to) === text) throw new Error(`${path} does not hold ${from}`);
    stacks[path] = text.replace(from, to);
  };
  edit(SITE, 'name: site\n', '');
  edit(SITE, /include:.*\n/, '');
  edit(SITE, /\{ target: 9000.*\}/, '127.0.0.1:9000:9000');
  edit(SITE, "healthcheck: { test: [CMD, 'true'] }", `healthcheck: { test: [CMD, /bin/busybox, 'true'] }\n  ${SLEEP}`);
  edit(SITE, 'image: example/once:1', "image: example/once:1\n    command: [/bin/busybox, 'true']");
  edit('compose/pi/shared/base.yaml', /@sha256:a+/, '');
  edit('compose/pi/shared/base.yaml', 'restart: unless-stopped', `restart: unless-stopped\n    ${SLEEP}`);
  return stacks;
}

const bed = testbed();
const compose = engine('docker-compose');

describeWith(['testbed', 'docker-compose'], 'drift on a real engine', () => {
  const stacks = classicStacks();
  let folder = '';
  let host: BedHost | undefined;
  const docker = (...args: string[]) =>
    execFileSync('docker', ['-H', `unix://${host?.socket}`, ...args], { encoding: 'utf8', stdio: 'pipe' });
  const up = () =>
    execFileSync(compose as string, ['up', '-d'], {
      cwd: join(folder, 'lab', dirname(SITE)),
      env: { ...process.env, DOCKER_HOST: `unix://${host?.socket}` },
      stdio: 'pipe',
      timeout: 60_000,
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'drift-'));
    host = await startHost({ name: 'drift', kind: 'beside', folder: join(folder, 'host'), authorized: '' });
    docker('import', '-c', 'ENV PATH=/bin FROM_IMAGE=1', '-c', 'VOLUME /anonymous', bed?.image ?? '', 'example/web:1.2');
    for (const tag of ['db:5', 'once:1', 'spare:1', 'debug:1']) docker('tag', 'example/web:1.2', `example/${tag}`);
    const given = { 'data/web/.keep': '', 'secrets/web_key': 'x', 'compose/pi/site/web.conf': 'x', 'compose/pi/shared/base.conf': 'x' };
    for (const [path, text] of Object.entries({ ...stacks, ...given })) {
      mkdirSync(join(folder, 'lab', dirname(path)), { recursive: true });
      writeFileSync(join(folder, 'lab', path), text);
    }
    up();
  }, 120_000);
  afterAll(() => {
    if (host) {
      docker('ps', '-aq')
        .trim()
        .split('\n')
        .filter(Boolean)
        .forEach((id) => void docker('rm', '-f', id));
      end(host.pids, host.folder);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  /** Codes and subjects of what the real containers differ in. */
  function found(): string[] {
    const containers = docker('ps', '-aq')
      .trim()
      .split('\n')
      .map((id) => actualOf(JSON.parse(docker('inspect', id))[0]));
    const hosts = [
      { name: 'pi', state: 'answered' as const, containers },
      { name: 'pc', state: 'down' as const, containers: [] },
    ];
    const { findings, undetermined } = driftLab(stacks).compare({ hosts });
    expect(undetermined).toEqual([]);
    return findings.filter(({ code }) => code !== 'D14').map(({ code, container, subject }) => `${code} ${container} ${subject}`);
  }

  // biome-ignore lint/suspicious/noExplicitAny: the engine's own words
  function actualOf(one: any): ActualContainer {
    const label = (name: string): string => one.Config.Labels[`com.docker.compose.${name}`] ?? '';
    const image = JSON.parse(docker('image', 'inspect', one.Image))[0];
    const env = (list: string[] | null) =>
      new Map((list ?? []).map((entry) => [entry.split('=', 1)[0] ?? '', fingerprint(entry.replace(/^[^=]*=?/, ''))]));
    const bindings = Object.entries((one.HostConfig.PortBindings ?? {}) as Record<string, { HostIp: string; HostPort: string }[]>);
    const compose = {
      project: label('project'),
      service: label('service'),
      oneoff: label('oneoff') === 'True',
      workingDir: label('project.working_dir'),
    };
    return {
      host: 'pi',
      id: one.Id,
      name: one.Name.slice(1),
      state: one.State.Status,
      exitCode: one.State.ExitCode,
      ...(compose.project ? { compose } : {}),
      image: one.Config.Image,
      imageDigests: image.RepoDigests ?? [],
      env: env(one.Config.Env),
      imageEnv: env(image.Config.Env),
      ports: bindings.flatMap(([key, list]) =>
        list.map(({ HostIp, HostPort }) => ({
          ...(HostIp ? { address: HostIp } : {}),
          ...(HostPort ? { published: Number(HostPort) } : {}),
          target: Number.parseInt(key, 10),
          protocol: key.endsWith('udp') ? ('udp' as const) : ('tcp' as const),
        })),
      ),
      // biome-ignore lint/suspicious/noExplicitAny: the engine's own words
      mounts: one.Mounts.map((mount: any) => ({
        kind: mount.Type,
        source: mount.Name ?? mount.Source,
        target: mount.Destination,
        readOnly: !mount.RW,
      })),
      restart: { name: one.HostConfig.RestartPolicy.Name, most: one.HostConfig.RestartPolicy.MaximumRetryCount },
      networkMode: one.HostConfig.NetworkMode,
      networks: Object.keys(one.NetworkSettings.Networks),
      pidMode: one.HostConfig.PidMode,
      privileged: one.HostConfig.Privileged,
      capAdd: one.HostConfig.CapAdd ?? [],
      healthcheck: one.Config.Healthcheck ? 'set' : 'none',
    };
  }

  test('what docker-compose has just brought up differs in nothing but the check that its file lacks', () => {
    expect(found()).toEqual(['D11 db health check']);
  });

  test('what is changed by hand is found, and compose puts it right', () => {
    docker('rm', '-f', 'db');
    docker('update', '--restart', 'always', 'web');
    docker('run', '-d', '--name', 'stranger', 'example/once:1', '/bin/busybox', 'sleep', '1000');
    expect(found()).toEqual(['D01 undefined container', 'D09 web restart policy', 'D03 stranger container']);
    docker('rm', '-f', 'stranger', 'web');
    up();
    expect(found()).toEqual(['D11 db health check']);
  }, 60_000);
});
