import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { labAt } from '../../../shared/lab/lab-at.ts';
import { type DockerSimulator, startSimulator } from './docker-simulator.ts';

const lab = labAt();

async function simulator(): Promise<DockerSimulator> {
  const made = await startSimulator({ lab, clock: () => lab.now });
  onTestFinished(() => made.close());
  return made;
}

interface Got {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: the engine's own JSON
  json: any;
}

function ask(made: DockerSimulator, host: string, path: string, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ socketPath: made.sockets.get(host), path, method, agent: false }, async (answer) => {
      const body = await buffer(answer);
      const json =
        answer.headers['content-type'] === 'application/json' && !path.includes('/events') ? JSON.parse(body.toString()) : undefined;
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body, json });
    })
      .on('error', reject)
      .end();
  });
}

test('three machines answer a ping with their versions, and say that they are simulated; the sleepy one is off', async () => {
  const made = await simulator();
  expect([...made.sockets.keys()].sort()).toEqual(['gaming-pc', 'nas', 'rpi']);
  const { status, headers, body } = await ask(made, 'nas', '/_ping');
  expect([status, body.toString(), headers['api-version'], headers.ostype]).toEqual([200, 'OK', '1.46', 'linux']);
  expect(headers.server).toContain('simulator');
  expect((await ask(made, 'nas', '/v1.46/version')).json.Platform.Name).toContain('simulator');
  expect((await ask(made, 'nas', '/v1.46/info')).json).toMatchObject({
    Name: 'nas',
    Containers: 11,
    OperatingSystem: expect.stringContaining('simulator'),
  });
});

test('versions beyond its own are refused in the words of the engine', async () => {
  const made = await simulator();
  const { status, json } = await ask(made, 'nas', '/v1.52/containers/json');
  expect([status, json.message]).toEqual([400, 'client version 1.52 is too new. Maximum supported API version is 1.46']);
  expect((await ask(made, 'nas', '/v1.23/containers/json')).json.message).toMatch(
    /too old\. Minimum supported API version is 1\.24, please/,
  );
});

test('the incident: Jellyfin restarts, nebula-sync is unhealthy', async () => {
  const made = await simulator();
  const { json: jellyfin } = await ask(made, 'gaming-pc', '/v1.45/containers/jellyfin/json');
  expect(jellyfin).toMatchObject({
    Name: '/jellyfin',
    RestartCount: 20,
    State: { Status: 'running', OOMKilled: false },
    HostConfig: { Memory: 2 ** 30 },
  });
  const list = (await ask(made, 'nas', '/containers/json?all=1')).json as { Names: string[]; Status: string }[];
  expect(list.filter(({ Status }) => Status.includes('unhealthy')).map(({ Names }) => Names)).toEqual([['/nebula-sync']]);
  const since = Math.floor(lab.now / 1_000) - 6 * 3_600;
  const filters = encodeURIComponent(JSON.stringify({ event: ['oom'], container: ['jellyfin'] }));
  const { body } = await ask(made, 'gaming-pc', `/events?since=${since}&until=${Math.floor(lab.now / 1_000)}&filters=${filters}`);
  expect(body.toString().trim().split('\n')).toHaveLength(7);
});

test('logs come as frames, the asked lines from the end, and need a stream', async () => {
  const made = await simulator();
  const { body, headers } = await ask(made, 'gaming-pc', '/v1.45/containers/jellyfin/logs?stdout=1&stderr=1&tail=3&timestamps=1');
  expect(headers['content-type']).toBe('application/vnd.docker.multiplexed-stream');
  const lines: string[] = [];
  for (let at = 0; at < body.length; at += 8 + body.readUInt32BE(at + 4))
    lines.push(body.subarray(at + 8, at + 8 + body.readUInt32BE(at + 4)).toString());
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z \[/);
  expect((await ask(made, 'gaming-pc', '/containers/jellyfin/logs')).status).toBe(400);
});

test('what is done to a container changes it, with the statuses of the engine', async () => {
  const made = await simulator();
  const state = async () => (await ask(made, 'rpi', '/containers/caddy/json')).json.State;
  const post = async (verb: string) => (await ask(made, 'rpi', `/containers/caddy/${verb}`, 'POST')).status;
  expect(await post('start')).toBe(304);
  expect([await post('stop'), await post('stop')]).toEqual([204, 304]);
  expect(await state()).toMatchObject({ Status: 'exited', ExitCode: 0, Pid: 0 });
  expect((await ask(made, 'rpi', '/containers/json')).json).toHaveLength(12);
  expect([await post('pause'), await post('start')]).toEqual([409, 204]);
  expect([await post('pause'), (await state()).Status, await post('start'), await post('unpause')]).toEqual([204, 'paused', 409, 204]);
  expect([await post('kill'), (await state()).ExitCode, await post('restart'), (await state()).Status]).toEqual([204, 137, 204, 'running']);
  expect((await ask(made, 'rpi', '/containers/caddy', 'DELETE')).status).toBe(409);
  expect((await ask(made, 'rpi', '/containers/caddy?force=1', 'DELETE')).status).toBe(204);
  expect((await ask(made, 'rpi', '/containers/caddy/json')).json).toEqual({ message: 'No such container: caddy' });
});

test('images, volumes, networks, disk use and stats agree with the containers', async () => {
  const made = await simulator();
  const images = (await ask(made, 'gaming-pc', '/images/json')).json as { RepoTags: string[] }[];
  expect(images.flatMap(({ RepoTags }) => RepoTags)).toContain('jellyfin/jellyfin:10.10.7');
  expect((await ask(made, 'gaming-pc', '/images/jellyfin%2Fjellyfin:10.11.3', 'DELETE')).status).toBe(409);
  expect((await ask(made, 'gaming-pc', '/images/jellyfin%2Fjellyfin:10.10.7', 'DELETE')).status).toBe(200);
  expect((await ask(made, 'gaming-pc', '/images/json')).json).toHaveLength(images.length - 1);
  const volumes = (await ask(made, 'gaming-pc', '/volumes')).json.Volumes as { Name: string }[];
  expect(volumes.map(({ Name }) => Name)).toContain('jellyfin_config');
  expect((await ask(made, 'gaming-pc', '/networks/jellyfin_default')).json.Containers).not.toEqual({});
  const disk = (await ask(made, 'gaming-pc', '/system/df')).json;
  expect(disk.Volumes).toHaveLength(volumes.length);
  const { json: stats } = await ask(made, 'gaming-pc', '/containers/jellyfin/stats?stream=false&one-shot=true');
  expect(stats.memory_stats.limit).toBe(2 ** 30);
  expect([stats.precpu_stats.cpu_usage.total_usage, stats.preread]).toEqual([0, '0001-01-01T00:00:00Z']);
});

test('events of what is done come as they happen', async () => {
  const made = await simulator();
  const seen = new Promise<string>((resolve, reject) => {
    const following = request({ socketPath: made.sockets.get('rpi'), path: '/events', agent: false }, (answer) => {
      answer.once('data', (chunk: Buffer) => {
        resolve(chunk.toString());
        following.destroy();
      });
      void ask(made, 'rpi', '/containers/caddy/pause', 'POST');
    }).on('error', reject);
    following.flushHeaders();
    following.end();
  });
  expect(JSON.parse(await seen)).toMatchObject({ Action: 'pause', Actor: { Attributes: { name: 'caddy' } } });
});
