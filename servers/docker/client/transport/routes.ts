import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import type { HostSettings, TransportKind } from '../host-settings.ts';
import { ChannelRefused, type Channels } from '../ssh/channels.ts';
import type { OpenStream } from './channel-agent.ts';
import type { Probe } from './probe.ts';
import { posixWord } from './quote.ts';

/** One way to an engine that can be tried. */
export interface Route {
  kind: Exclude<TransportKind, 'cli'>;
  /** For people: `streamlocal /var/run/docker.sock`. */
  name: string;
  /** Each stream is a session of sshd and counts against MaxSessions. */
  sessions: boolean;
  open: OpenStream;
  /** What the program at the other end said before it gave up, for the words of a refusal. */
  lastWords: () => LastWords | undefined;
}

/** How a remote `docker system dial-stdio` ended before it spoke. */
export type LastWords = 'denied' | 'no program' | 'no engine';

/** A way that cannot be tried, and why. */
export interface NoRoute {
  kind: TransportKind;
  why: string;
}

/** The routes of one kind, several where there are several sockets. */
export function routesOf(kind: Exclude<TransportKind, 'cli'>, settings: HostSettings, seen: Probe, channels: Channels): Route[] | NoRoute {
  const plain = (name: string, open: OpenStream): Route => ({ kind, name, sessions: false, open, lastWords: () => undefined });
  if (kind === 'local') return [plain(`local ${socketHere(settings)}`, (signal) => localSocket(socketHere(settings), signal))];
  if (seen.kind === 'restricted' && kind !== 'dial-stdio') return { kind, why: 'the key allows only its one command' };
  if (kind === 'streamlocal') {
    const sockets = seen.sockets.filter(({ open }) => open);
    if (sockets.length === 0 && seen.kind === 'posix')
      return { kind, why: seen.sockets.length > 0 ? 'the user may not use the socket' : 'there is no Docker socket' };
    const paths = sockets.length > 0 ? sockets.map(({ path }) => path) : [settings.socket ?? '/var/run/docker.sock'];
    return paths.map((path) => plain(`streamlocal ${path}`, (signal) => channels.streamlocal(path, signal)));
  }
  if (kind === 'tcp') {
    const { host, port } = settings.tcp;
    return [plain(`tcp ${host}:${port} through the tunnel`, (signal) => channels.direct(host, port, signal))];
  }
  if (kind === 'wsl') {
    const distro = settings.wslDistro ?? '';
    // SECURITY: the name stands in a command line; the inventory is the owner's, but a typing error must not become a command.
    if (!/^[\w.-]*$/.test(distro)) return { kind, why: 'wsl_distro is no name of a distribution' };
    return [dialStdio(kind, `wsl ${distro}`.trim(), `wsl.exe ${distro ? `-d ${distro} ` : ''}-e docker system dial-stdio`, channels)];
  }
  if (seen.kind === 'windows') return { kind, why: 'dial-stdio does not work on the named pipe of Windows' };
  if (seen.kind === 'posix' && !seen.docker) return { kind, why: 'no docker program was found' };
  const docker = seen.docker ?? 'docker';
  const words = settings.socket ? [docker, '-H', `unix://${settings.socket}`] : [docker];
  return [dialStdio(kind, `dial-stdio ${docker}`, [...words, 'system', 'dial-stdio'].map(posixWord).join(' '), channels)];
}

/** Why a route was refused, in our words. */
export function whyRefused(route: Route, error: unknown): string {
  const said = route.lastWords();
  if (said === 'denied') return 'the user may not use the socket';
  if (said === 'no program') return 'the docker program is not there';
  if (said === 'no engine') return 'no engine answers there';
  if (error instanceof ChannelRefused) {
    if (error.reason === 1) return 'sshd forbids it (AllowTcpForwarding)';
    return route.kind === 'streamlocal'
      ? 'sshd refuses it although the socket is there (AllowStreamLocalForwarding)'
      : 'nothing answers there';
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES') return 'the user may not use the socket';
  if (code === 'ENOENT') return 'there is no Docker socket';
  if (code === 'ECONNREFUSED') return 'no engine answers there';
  return 'it did not answer as an engine';
}

function socketHere({ socket, os }: HostSettings): string {
  return socket ?? (os === 'windows' ? '//./pipe/docker_engine' : '/var/run/docker.sock');
}

function localSocket(path: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const abort = () => socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function dialStdio(kind: Route['kind'], name: string, command: string, channels: Channels): Route {
  let last: LastWords | undefined;
  return {
    kind,
    name,
    sessions: true,
    lastWords: () => last,
    async open(signal) {
      const channel = await channels.session(command, signal);
      overhear(channel, (words) => {
        last = words;
      });
      return channel;
    },
  };
}

/** What a program says on stderr is never shown; only which of three known troubles it is. */
function overhear(channel: ClientChannel, tell: (words: LastWords) => void): void {
  let text = '';
  channel.stderr.on('data', (chunk: Buffer) => {
    if (text.length < 4_096) text += chunk.toString('latin1');
    if (/permission denied/i.test(text)) tell('denied');
    else if (/cannot connect|is the docker daemon running|connection refused|no such file/i.test(text)) tell('no engine');
  });
  channel.on('exit', (code: number | null) => {
    if (code === 127 || code === 126) tell('no program');
  });
}
