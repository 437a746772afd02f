import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyInventory } from '@homelab/shared/inventory/inventory.ts';
import { onTestFinished } from 'vitest';
import { dockerOver } from '../client/docker.ts';
import type { Fleet } from '../client/fleet.ts';
import { onePerHost } from '../client/one-per-host.ts';

const ID = 'c0ffee'.padEnd(64, '0');

/** Where a container of a careless or hostile owner can hold a text. */
export interface Planted {
  env: string[];
  command: string[];
  labels: Record<string, string>;
  health: string;
  log: string[];
  error: string;
  mount: string;
}

/** A fleet of one host whose only container holds these texts everywhere; its engine answers as a real one does. */
export async function plantedFleet({ env, command, labels, health, log, error, mount }: Planted): Promise<Fleet> {
  const now = new Date().toISOString();
  const mounts = [{ Type: 'bind', Source: mount, Destination: '/data', RW: true }];
  const all: Record<string, unknown> = {
    '/info': {
      ServerVersion: '26.1.5',
      OSType: 'linux',
      Architecture: 'x86_64',
      Name: 'oak',
      Containers: 1,
      ContainersRunning: 0,
      NCPU: 2,
      MemTotal: 4e9,
      Driver: 'overlay2',
    },
    '/containers/json': [
      {
        Id: ID,
        Names: ['/web'],
        Image: 'web:1',
        ImageID: 'sha256:1',
        Created: 1_700_000_000,
        State: 'exited',
        Status: 'Exited (1) 2 minutes ago',
        Labels: labels,
        Ports: [],
        Mounts: mounts,
        NetworkSettings: { Networks: {} },
      },
    ],
    [`/containers/${ID}/json`]: {
      Id: ID,
      Name: '/web',
      Created: now,
      Image: 'sha256:1',
      RestartCount: 0,
      State: {
        Status: 'exited',
        ExitCode: 1,
        Error: error,
        StartedAt: now,
        FinishedAt: now,
        Health: { Status: 'unhealthy', FailingStreak: 3, Log: [{ Start: now, ExitCode: 1, Output: health }] },
      },
      Config: {
        Image: 'web:1',
        Tty: false,
        Env: env,
        Cmd: command,
        Entrypoint: ['/bin/sh'],
        Labels: labels,
        Healthcheck: { Test: ['CMD', ...command] },
      },
      HostConfig: { NetworkMode: 'bridge', RestartPolicy: { Name: 'no' } },
      Mounts: mounts,
      NetworkSettings: { Ports: {}, Networks: {} },
    },
    '/images/json': [],
    '/volumes': { Volumes: [] },
    '/networks': [],
    '/system/df': {},
  };
  const server = createServer((request, response) => {
    response.setHeader('api-version', '1.45');
    const path = new URL(request.url ?? '/', 'http://oak').pathname.replace(/^\/v[\d.]+/, '');
    if (path === '/_ping') return void response.end('OK');
    if (path.endsWith('/logs')) return void response.end(Buffer.concat(log.map((text) => frame(`${now} ${text}\n`))));
    if (path === '/events')
      return void response.end(
        `${JSON.stringify({ Type: 'container', Action: 'die', Actor: { ID, Attributes: { name: 'web', exitCode: '1', ...labels } }, time: Math.floor(Date.now() / 1_000) })}\n`,
      );
    const found = all[path];
    response
      .writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(found ?? { message: `No such thing: ${error}` }));
  });
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  const socket = join(folder, 'oak.sock');
  await once(server.listen(socket), 'listening');
  const settings = {
    name: 'oak',
    aliases: [],
    address: '127.0.0.1',
    sleepy: false,
    os: 'linux' as const,
    transports: ['local' as const],
    tcp: { host: '127.0.0.1', port: 2375 },
    socket,
  };
  const docker = dockerOver({ hosts: () => [settings], credentials: () => ({}), pins: { get: () => undefined, keep: () => undefined } });
  onTestFinished(async () => {
    await docker.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    docker,
    inventory: () => emptyInventory,
    simulated: false,
    isOwn: () => false,
    guardHolds: async () => false,
    alone: onePerHost(),
  };
}

function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}
