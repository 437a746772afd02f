import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Blocking } from './blocking.ts';
import { type Decision, decide, groupsOf } from './decide.ts';
import { type GravityHost, type GravityPace, streamGravity } from './gravity.ts';
import { readAsked, sendReply } from './http-wire.ts';
import type { Known } from './information.ts';
import { isBlocked } from './query-log.ts';
import type { Reply } from './reply.ts';
import { Responder } from './responder.ts';
import { answer } from './routes.ts';
import { type SessionSettings, Sessions } from './sessions.ts';
import { settingsTree } from './settings-tree.ts';
import { buildTree, nowSeconds, type QueryRow, type Seed } from './state.ts';

/** How this one behaves; what is left out is a healthy Pi-hole v6.4.1 with a password. */
export interface PiholeOptions extends Partial<SessionSettings> {
  name: string;
  seed: Seed;
  /** In `6.4.1` two table reads at once end the process; later ones stand it. */
  version?: '6.4.1' | '6.6.1';
  appSudo?: boolean;
  allowDestructive?: boolean;
  pace?: Partial<GravityPace>;
  /** How long a table read takes, in milliseconds: overlapping ones are what kills. */
  readMs?: number;
  /** `/info/version` fails without the file. */
  versionsFile?: boolean;
  /** Seconds until a query is on disk. */
  diskLag?: number;
  /** Where HTTP and DNS listen; free ports of loopback unless told. */
  ports?: { http?: number; dns?: number };
  address?: string;
}

const RESTART_MS = 150;

/** One simulated Pi-hole: its state, its HTTP API and its DNS responder. */
export class Pihole implements GravityHost {
  readonly options: PiholeOptions;
  readonly sessions: Sessions;
  readonly blocking = new Blocking();
  readonly responder: Responder;
  base: GravityHost['base'];
  tree: GravityHost['tree'];
  content: Seed['lists'];
  pace: GravityPace;
  fault: GravityHost['fault'] = 'none';
  running = 0;
  hosts: string[];
  cnames: string[];
  queries: QueryRow[];
  uniqueBefore = 0;
  /** Whether the shared address is here. */
  vip: string | undefined;
  /** Table reads that run at this moment, and how many processes that killed. */
  reading = 0;
  crashes = 0;
  restarts = 0;
  /** Every request as `METHOD path`, for tests. */
  readonly seen: string[] = [];
  #server: Server | undefined;
  #sockets = new Set<Socket>();
  #port = 0;
  #started = Date.now();
  #pid = 1234;

  constructor(options: PiholeOptions) {
    this.options = options;
    const { seed } = options;
    this.sessions = new Sessions({
      password: 'password' in options ? options.password : 'simulated-password',
      appPassword: options.appPassword,
      totp: options.totp,
      maxSessions: options.maxSessions ?? 16,
      timeout: options.timeout ?? 1800,
      loginMs: options.loginMs ?? 2,
    });
    this.content = seed.lists;
    this.pace = { step: 5, swap: 30, readonly: 1000, ...options.pace };
    this.base = { tables: structuredClone(seed.tables), state: 'ready', names: (client) => this.#nameOf(client) };
    const taken = seed.gravity?.lists;
    const held = this.base.tables.lists.filter(({ address }) => !taken || taken.includes(address));
    this.tree = buildTree(held, seed.lists, seed.gravity?.updated ?? nowSeconds());
    this.hosts = [...seed.hosts];
    this.cnames = [...seed.cnames];
    this.queries = [...seed.queries];
    this.responder = new Responder(this);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get up(): boolean {
    return this.#server !== undefined;
  }

  get nextQuery(): number {
    return (this.queries.at(-1)?.id ?? -1) + 1;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    server.keepAliveTimeout = 30_000;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port || this.options.ports?.http || 0, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#started = Date.now();
    await this.responder.start(this.options.ports?.dns);
    return this;
  }

  /** Ends it the hard way: connections break, DNS is gone; state that a disk keeps stays. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.blocking.forget();
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([this.responder.stop(), new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))]);
  }

  /** What `restartdns`, a CNAME and an import do: the timer is lost, sessions stay. */
  async restart(): Promise<void> {
    this.restarts += 1;
    await this.stop();
    await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
    await this.start();
  }

  /** What two table reads at once do to 6.4.1. */
  crash(): void {
    this.crashes += 1;
    void this.stop();
  }

  /** What it makes of a question, as its responder answers it. */
  decision(domain: string, ip: string): Decision {
    if (!this.blocking.active) return { status: 'FORWARDED', listId: null, cname: null, allowed: false };
    const groups = groupsOf(this.base.tables.clients, this.options.seed.devices, ip);
    return decide(this.base.tables, this.tree, groups, domain, (name) => this.cnameOf(name));
  }

  cnameOf(name: string): string | undefined {
    const local = this.cnames.map((record) => record.split(',')).find(([from]) => from === name);
    return local?.[1] ?? this.options.seed.upstream(name)?.cname;
  }

  addressOf(name: string): string | undefined {
    if (name === 'pi.hole') return this.options.address ?? '127.0.0.1';
    const local = this.hosts.map((record) => record.split(/\s+/)).find(([, ...names]) => names.includes(name));
    return local?.[0] ?? this.options.seed.upstream(name)?.address;
  }

  settings(): object {
    const { settings } = this.sessions;
    return settingsTree({
      ...{ hosts: this.hosts, cnames: this.cnames, upstreams: ['192.0.2.1#53'], blocking: this.blocking.active },
      ...{ port: this.responder.port, sudo: this.options.appSudo ?? false, destructive: this.options.allowDestructive ?? true },
      ...{ maxSessions: settings.maxSessions, timeout: settings.timeout },
    });
  }

  known(): Known {
    const { options } = this;
    const recent = this.recent();
    return {
      ...{ name: options.name, tables: this.base.tables, gravity: this.tree.count, queries: recent.length },
      ...{
        clients: new Set(recent.map(({ client }) => client.ip)).size,
        blocking: this.blocking.active,
        started: this.#started,
        pid: this.#pid,
      },
      ...{ destructive: options.allowDestructive ?? true, versionsFile: options.versionsFile ?? true, version: options.version ?? '6.4.1' },
      ...{ messages: options.seed.messages, devices: options.seed.devices, earliest: this.queries[0]?.time ?? 0 },
      addresses: [options.address ?? '127.0.0.1', ...(this.vip ? [this.vip] : [])],
      ftlLog: [{ time: this.#started / 1000, text: `PID of FTL process: ${this.#pid}` }],
      dnsLog: recent.slice(-200).map(({ time, type, domain, client }) => ({ time, text: `query[${type}] ${domain} from ${client.ip}` })),
      recentBlocked: recent.findLast(isBlocked)?.domain ?? '',
    };
  }

  /** Rows of the last 24 hours. */
  recent(): QueryRow[] {
    const since = Date.now() / 1000 - 86_400;
    return this.queries.filter(({ time }) => time >= since);
  }

  #nameOf(client: string): string {
    const device = this.options.seed.devices.find(({ hwaddr, ips }) => hwaddr === client || ips.some(({ ip }) => ip === client));
    return device?.ips.find(({ ip, name }) => name !== null && (ip === client || device.hwaddr === client))?.name ?? '';
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const asked = await readAsked(request);
      this.seen.push(`${asked.method} ${asked.path}`);
      const reply = await answer(this, asked);
      if (!this.up) return void request.socket.destroy();
      if (reply.raw) return await reply.raw(request.socket);
      sendReply(response, reply);
    } catch (error) {
      request.socket.destroy(error as Error);
    }
  }

  gravityReply(): Reply {
    return { status: 200, raw: (socket) => streamGravity(this, socket) };
  }
}
