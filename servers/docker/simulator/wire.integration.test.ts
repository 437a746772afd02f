import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describeWith } from '@homelab/shared/testing/engines.ts';
import { expect, onTestFinished, test } from 'vitest';
import { labAt } from '../../../shared/lab/lab-at.ts';
import { bedThatIsUp } from '../tests/bed-docker.ts';
import { startSimulator } from './docker-simulator.ts';

/** Fields that an engine leaves out where they are zero, as they are on the test bed. */
const OMITTED = /SizeRw$|\.Healthcheck\.(?:Timeout|Retries)$/;
/** Values that are maps of names. */
const MAPS = /(?:\.(?:Labels|Options|Ports|Networks|Attributes|networks|stats)|LogConfig\.Config|^\.Containers)$/;

interface Got {
  status: number;
  json: unknown;
}

function ask(socketPath: string, path: string, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, method, agent: false }, async (answer) => {
      const body = await text(answer);
      const first = path.startsWith('/events') ? body.split('\n')[0] : body;
      resolve({ status: answer.statusCode ?? 0, json: first && /^[[{]/.test(first) ? JSON.parse(first) : undefined });
    })
      .on('error', reject)
      .end();
  });
}

/** Path and type of every field; a null is a field of any type. */
function fieldsOf(value: unknown, path = ''): Map<string, string> {
  if (value === null || value === undefined) return new Map([[path, 'null']]);
  if (Array.isArray(value)) return new Map([[path, 'list'], ...value.slice(0, 30).flatMap((one) => [...fieldsOf(one, `${path}[]`)])]);
  if (typeof value !== 'object') return new Map([[path, typeof value]]);
  const map = MAPS.test(path);
  return new Map([
    [path, 'object'],
    ...Object.entries(value).flatMap(([key, one]) => [...fieldsOf(one, map ? `${path}.*` : `${path}.${key}`)]),
  ]);
}

/** What the simulator says that a real engine does not say so. */
function strange(simulated: unknown, real: unknown): string[] {
  const known = fieldsOf(real);
  const parents = [...known].filter(([, kind]) => kind === 'object').map(([path]) => path);
  return [...fieldsOf(simulated)].flatMap(([path, kind]) => {
    const parent = path.slice(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('[')));
    // Where the real engine's list or map is empty, nothing is known of what would be in it.
    const really = known.get(path);
    if (OMITTED.test(path) || !parents.includes(parent) || really === kind || really === 'null' || kind === 'null') return [];
    if (really === undefined && path.endsWith('.*')) return [];
    return [`${path}: ${kind}, really ${really ?? 'not there'}`];
  });
}

describeWith(['testbed'], 'the simulator speaks as a real engine does', () => {
  const lab = labAt();

  async function both(simulatedPath: string, realPath: string, method = 'GET') {
    const simulator = await startSimulator({ lab, clock: () => lab.now });
    onTestFinished(() => simulator.close());
    const [ash] = bedThatIsUp().hosts;
    const simulated = await ask(simulator.sockets.get('gaming-pc') ?? '', simulatedPath, method);
    return { simulated, real: await ask(ash?.socket ?? '', realPath, method) };
  }

  test.each([
    ['/containers/json?all=1', '/containers/json?all=1'],
    ['/containers/jellyfin/json', '/containers/jellyfin/json'],
    ['/containers/jellyfin/stats?stream=false', '/containers/jellyfin/stats?stream=false'],
    ['/containers/jellyfin/top', '/containers/jellyfin/top'],
    ['/images/json', '/images/json'],
    ['/images/jellyfin%2Fjellyfin:10.11.3/json', '/images/busybox:testbed/json'],
    ['/volumes', '/volumes'],
    ['/networks', '/networks'],
    ['/networks/bridge', '/networks/bridge'],
    ['/system/df', '/system/df'],
    ['/version', '/version'],
    ['/info', '/info'],
    [
      `/events?since=${Math.floor(lab.now / 1_000) - 86_400}&until=${Math.floor(lab.now / 1_000)}`,
      `/events?since=1&until=${Math.floor(Date.now() / 1_000)}&filters=${encodeURIComponent('{"type":["container"],"event":["start","die"]}')}`,
    ],
  ])('%s: every field of it is one of a real answer, with its type', async (simulatedPath, realPath) => {
    const { simulated, real } = await both(simulatedPath, realPath);
    expect([simulated.status, real.status]).toEqual([200, 200]);
    expect(fieldsOf(simulated.json).size).toBeGreaterThan(2);
    expect(strange(simulated.json, real.json)).toEqual([]);
  });

  test.each([
    ['GET', '/containers/nobody/json', 404],
    ['GET', '/containers/jellyfin/logs', 400],
    ['POST', '/containers/jellyfin/start', 304],
    ['POST', '/containers/nobody/stop', 404],
    ['POST', '/containers/jellyfin/unpause', 500],
    ['DELETE', '/containers/jellyfin', 409],
    ['GET', '/images/nothing:1/json', 404],
    ['GET', '/networks/nothing', 404],
    ['GET', '/no/such/path', 404],
    ['GET', '/v1.99/containers/json', 400],
    ['GET', '/v1.2/containers/json', 400],
  ])('%s %s is refused alike: %i and a message', async (method, path, status) => {
    const { simulated, real } = await both(path, path, method);
    expect([simulated.status, real.status]).toEqual([status, status]);
    expect(strange(simulated.json, real.json)).toEqual([]);
    expect(typeof (simulated.json as { message?: unknown } | undefined)?.message).toBe(status === 304 ? 'undefined' : 'string');
  });
});
