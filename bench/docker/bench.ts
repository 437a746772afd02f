import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { dockerOver } from '@homelab/mcp-docker/client/docker.ts';
import type { HostSettings } from '@homelab/mcp-docker/client/host-settings.ts';
import { connectOnce } from '@homelab/mcp-docker/client/ssh/connect.ts';
import { credentials, keyFile } from '@homelab/mcp-docker/client/ssh/credentials.ts';
import { pinBook } from '@homelab/mcp-docker/tests/bed-docker.ts';
import { tcpProxy } from '@homelab/shared/testing/testbed/tcp-proxy.ts';
import Dockerode from 'dockerode';
import { type Bench, type Figure, figure, interleave, median, wallMs } from '../harness.ts';
import { type BenchHost, benchHost } from './bed.ts';

const ROUNDS = 25;
const run = promisify(execFile);
const RTT_MS = 30;

type Ssh = NonNullable<HostSettings['ssh']>;

function client(bed: BenchHost, settings: HostSettings) {
  const key = credentials({ key: keyFile(bed.key) });
  return dockerOver({ hosts: () => [settings], credentials: () => key, pins: pinBook() });
}

/** One list after the other over every way, in turn. */
async function lists(bed: BenchHost, count: number): Promise<Figure[]> {
  await bed.fill(count);
  const group = `list of ${count}`;
  const ours = client(bed, bed.settings);
  const { ssh: _, ...local } = bed.settings;
  const beside = client(bed, { ...local, transports: ['local'], socket: bed.host.socket });
  const theirs = new Dockerode({
    protocol: 'ssh',
    host: '127.0.0.1',
    port: bed.host.port,
    username: 'root',
    sshOptions: { privateKey: readFileSync(bed.key) },
  });
  const [over, local1] = [ours.host('bench'), beside.host('bench')];
  const check = async (list: Promise<unknown[]>) => {
    if ((await list).length !== count) throw new Error(`not ${count} containers`);
  };
  await Promise.all([check(over.containers()), check(local1.containers())]);
  const fast = await interleave(
    [
      { name: 'ours', run: () => wallMs(() => check(over.containers())) },
      { name: 'local', run: () => wallMs(() => check(local1.containers())) },
    ],
    ROUNDS * 8,
  );
  const slow = await interleave(
    [
      { name: 'ours', run: () => wallMs(() => check(over.containers())) },
      { name: 'dockerode', run: () => wallMs(() => check(theirs.listContainers({ all: true }))) },
      {
        name: 'docker',
        run: () => wallMs(() => run('docker', ['-H', 'ssh://bench', 'ps', '-aq'], { env: { PATH: bed.path } })),
      },
    ],
    ROUNDS,
  );
  const at = (from: typeof fast, name: string) => from.get(name)?.median ?? Number.NaN;
  await Promise.all([ours.close(), beside.close()]);
  return [
    figure({
      group,
      name: 'ours over SSH',
      value: at(fast, 'ours'),
      unit: 'ms',
      reference: { name: 'local socket', value: at(fast, 'local') },
      goal: { at: 'most', value: 1.1, of: 'ratio' },
    }),
    figure({
      group,
      name: "dockerode's ssh://",
      value: at(slow, 'dockerode'),
      unit: 'ms',
      reference: { name: 'ours', value: at(slow, 'ours') },
      goal: { at: 'least', value: 25, of: 'ratio' },
    }),
    figure({
      group,
      name: 'docker -H ssh://',
      value: at(slow, 'docker'),
      unit: 'ms',
      reference: { name: 'ours', value: at(slow, 'ours') },
    }),
  ];
}

async function firstCall(bed: BenchHost): Promise<Figure> {
  const key = credentials({ key: keyFile(bed.key) });
  const { user, port, fingerprint } = bed.settings.ssh as Ssh;
  const login = { host: 'bench', sleepy: false, address: '127.0.0.1', port, user, fingerprint, credentials: () => key, pins: pinBook() };
  const found = await interleave(
    [
      {
        name: 'first',
        run: async () => {
          const docker = client(bed, bed.settings);
          const ms = await wallMs(() => docker.host('bench').containers());
          await docker.close();
          return ms;
        },
      },
      {
        name: 'bare',
        run: async () => {
          const begun = performance.now();
          const { client: one } = await connectOnce(login);
          const ms = performance.now() - begun;
          one.end();
          return ms;
        },
      },
    ],
    ROUNDS,
  );
  const value = (name: string) => found.get(name)?.median ?? Number.NaN;
  return figure({
    name: 'first call',
    value: value('first'),
    unit: 'ms',
    reference: { name: 'a bare SSH handshake', value: value('bare') },
    goal: { at: 'most', value: 2, of: 'ratio' },
  });
}

async function sixty(bed: BenchHost): Promise<Figure> {
  const docker = client(bed, bed.settings);
  const host = docker.host('bench');
  const settled = await Promise.allSettled(Array.from({ length: 60 }, () => host.containers()));
  await docker.close();
  return figure({
    name: '60 calls at once, the first among them',
    value: settled.filter(({ status }) => status === 'fulfilled').length,
    unit: 'succeed',
    goal: { at: 'least', value: 60 },
  });
}

async function farAway(bed: BenchHost): Promise<Figure> {
  const proxy = await tcpProxy(() => bed.host.port, RTT_MS / 2);
  const docker = client(bed, { ...bed.settings, ssh: { ...(bed.settings.ssh as Ssh), port: proxy.port } });
  const near = client(bed, bed.settings);
  const [far, here] = [docker.host('bench'), near.host('bench')];
  await Promise.all([far.containers(), here.containers()]);
  const ping = (host: typeof far) => () => wallMs(() => host.engine.raw({ path: '/version' }));
  const found = await interleave(
    [
      { name: 'far', run: ping(far) },
      { name: 'here', run: ping(here) },
    ],
    ROUNDS * 2,
  );
  await Promise.all([docker.close(), near.close()]);
  await proxy.close();
  const trips = (median(found.get('far')?.values ?? []) - median(found.get('here')?.values ?? [])) / RTT_MS;
  return figure({ name: `round trips per call, ${RTT_MS} ms away`, value: trips, unit: 'trips', goal: { at: 'most', value: 1.2 } });
}

export const bench: Bench = {
  name: 'docker',
  about: 'a real engine over a real sshd: lists against the local socket, dockerode and docker, the first call, sixty at once, a far host',
  async run({ print }) {
    const bed = await benchHost();
    try {
      const figures: Figure[] = [];
      for (const count of [50, 200]) {
        figures.push(...(await lists(bed, count)));
        print(`${count} containers measured`);
      }
      return [...figures, await firstCall(bed), await sixty(bed), await farAway(bed)];
    } finally {
      await bed.close();
    }
  },
};
