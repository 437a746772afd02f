import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Lab, openLab } from '../../../shared/lab/lab.ts';
import { EngineError } from './engine-error.ts';
import { versionOf } from './engine-identity.ts';
import { type Answer, answer } from './engine-routes.ts';
import { SimulatedEngine } from './simulated-engine.ts';

/** The engines of the lab's machines, each on a socket of its own. */
export interface DockerSimulator {
  lab: Lab;
  engines: ReadonlyMap<string, SimulatedEngine>;
  /** Path of the socket of a machine's engine. */
  sockets: ReadonlyMap<string, string>;
  /** Ends a machine's engine as a power cut would; its socket stays and refuses. */
  unplug: (host: string) => Promise<void>;
  close: () => Promise<void>;
}

export interface SimulatorOptions {
  lab?: Lab;
  /** Milliseconds; the machine's clock without it. */
  clock?: () => number;
}

/** Starts an Engine API for every machine of the lab that runs containers. */
export async function startSimulator({
  clock = Date.now,
  lab = openLab({ now: new Date(clock()) }),
}: SimulatorOptions = {}): Promise<DockerSimulator> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-simulator-'));
  const engines = new Map<string, SimulatedEngine>();
  const sockets = new Map<string, string>();
  const servers = new Map<string, Server>();
  for (const machine of lab.machines.filter(({ name, asleep }) => !asleep && lab.containers(name).length > 0)) {
    const engine = new SimulatedEngine(lab, machine, clock);
    const server = createServer((request, response) => serve(engine, request, response));
    const path = socketPath(folder, machine.name);
    server.listen(path);
    await once(server, 'listening');
    engines.set(machine.name, engine);
    sockets.set(machine.name, path);
    servers.set(machine.name, server);
  }
  const shut = async (server: Server): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  };
  return {
    lab,
    engines,
    sockets,
    async unplug(host) {
      const server = servers.get(host);
      if (server?.listening) await shut(server);
    },
    async close() {
      await Promise.all([...servers.values()].filter(({ listening }) => listening).map(shut));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function socketPath(folder: string, host: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\${folder.split(/[\\/]/).at(-1)}-${host}` : join(folder, `${host}.sock`);
}

function serve(engine: SimulatedEngine, request: IncomingMessage, response: ServerResponse): void {
  const { engine: version, api } = versionOf(engine);
  response.setHeader('server', `Docker/${version} (linux) simulator`);
  response.setHeader('api-version', api);
  response.setHeader('ostype', 'linux');
  response.setHeader('docker-experimental', 'false');
  // A body would tell nothing that is simulated; it is read so that the connection stays usable.
  request.resume();
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://docker');
    const [, asked, path = pathname] = /^\/v(\d+\.\d+)(\/.*)$/.exec(pathname) ?? [];
    if (asked) checkVersion(engine, asked);
    if (path === '/_ping')
      return void response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(request.method === 'HEAD' ? '' : 'OK');
    send(response, answer(engine, { method: request.method ?? 'GET', path, query: searchParams }));
  } catch (error) {
    const refused = error instanceof EngineError ? error : new EngineError(500, 'the simulator broke');
    sendJson(response, refused.status, { message: refused.message });
  }
}

function checkVersion(engine: SimulatedEngine, asked: string): void {
  const { api, least } = versionOf(engine);
  const minor = (version: string): number => Number(version.split('.')[1]);
  if (minor(asked) > minor(api)) throw new EngineError(400, `client version ${asked} is too new. Maximum supported API version is ${api}`);
  if (minor(asked) < minor(least))
    throw new EngineError(
      400,
      `client version ${asked} is too old. Minimum supported API version is ${least}, please upgrade your client to a newer version`,
    );
}

function send(response: ServerResponse, made: Answer): void {
  if ('follow' in made) made.follow(response);
  else if ('bytes' in made) {
    response.writeHead(200, { 'content-type': made.type });
    Readable.from(made.bytes, { objectMode: true })
      .on('error', () => response.destroy())
      .pipe(response);
  } else if (made.json === undefined) response.writeHead(made.status ?? 204).end();
  else sendJson(response, made.status ?? 200, made.json);
}

function sendJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(json)}\n`);
}
