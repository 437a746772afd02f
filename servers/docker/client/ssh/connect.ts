import { connect as dial } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import ssh2, { type AnyAuthMethod, type Client, type ConnectConfig } from 'ssh2';
import { HostFault } from '../host-fault.ts';
import { algorithms } from './algorithms.ts';
import type { Credentials } from './credentials.ts';
import { type HostPin, judgeHostKey, type PinBook } from './host-key.ts';

/** Where to and as whom. */
export interface Login extends HostPin {
  /** The machine is often off: then it is asleep, which is no fault of it. */
  sleepy: boolean;
  address: string;
  port: number;
  user: string;
  credentials: () => Credentials;
  pins: PinBook;
  /** The way there, where it is not the network's: a channel of another host's connection. */
  through?: (signal: AbortSignal) => Promise<Duplex>;
}

/** A connection that is ready, and the bytes that came over it so far. */
export interface Ready {
  client: Client;
  received: () => number;
}

/** Milliseconds from the first packet to the end of the login. */
export const CONNECT_MS = 5_000;

/** Connects and logs in once; every failure is a HostFault without a word of the other side. */
export async function connectOnce(login: Login): Promise<Ready> {
  const limit = AbortSignal.timeout(CONNECT_MS);
  const credentials = login.credentials();
  let sock: Duplex | undefined;
  try {
    sock = await (login.through ? login.through(limit) : socketTo(login, limit));
    return await shakeHands(login, credentials, sock);
  } catch (error) {
    sock?.destroy();
    throw error instanceof HostFault ? error : connectFault(login, error);
  }
}

function socketTo({ address, port }: Login, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = dial({ host: address, port, noDelay: true, keepAlive: true });
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

function shakeHands(login: Login, { key, agent }: Credentials, sock: Duplex): Promise<Ready> {
  const client = new ssh2.Client();
  let refused: HostFault | undefined;
  let bytes = 0;
  const auth: AnyAuthMethod[] = [
    ...(key ? [{ type: 'publickey', username: login.user, key } as unknown as AnyAuthMethod] : []),
    ...(agent ? [{ type: 'agent', username: login.user, agent } as AnyAuthMethod] : []),
  ];
  return new Promise((resolve, reject) => {
    // ssh2 tells one failure several ways: the first word counts, later ones must not become uncaught.
    client.on('error', (error) => reject(refused ?? error));
    client.once('close', () => reject(refused ?? new Error('closed')));
    client.once('ready', () => {
      client.setNoDelay(true);
      sock.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      resolve({ client, received: () => bytes });
    });
    const config: ConnectConfig = {
      sock: sock as Readable,
      username: login.user,
      authHandler: auth,
      algorithms,
      readyTimeout: CONNECT_MS,
      keepaliveInterval: 15_000,
      keepaliveCountMax: 3,
      hostVerifier: (shown: Buffer) => {
        try {
          refused = judgeHostKey(login, shown, login.pins);
        } catch (cause) {
          refused = new HostFault(login.host, 'host_key_unknown', `The host key of ${login.host} cannot be kept.`, {
            hint: 'STATE_DIR must be a folder that can be written.',
            cause,
          });
        }
        return refused === undefined;
      },
    };
    try {
      client.connect(config);
    } catch (error) {
      reject(error as Error);
    }
  });
}

/** A failure to connect as the one HostFault it is; where a sleepy machine cannot be reached it is asleep. */
export function connectFault({ host, sleepy, user, port }: Pick<Login, 'host' | 'sleepy' | 'user' | 'port'>, error: unknown): HostFault {
  const { code, level, message = '' } = error as NodeJS.ErrnoException & { level?: string };
  if (level === 'client-authentication')
    return new HostFault(host, 'key_refused', `${host} refuses the SSH key of this suite for the user ${user}.`, {
      hint: 'Add the public key to authorized_keys of that user; on Windows administrators have administrators_authorized_keys.',
      cause: error,
    });
  if (/handshake failed|no matching/i.test(message))
    return new HostFault(host, 'unreachable', `${host} and this suite have no SSH algorithm in common.`, {
      hint: 'Its sshd is too old: SHA-1 and CBC are not accepted here.',
      cause: error,
    });
  if (sleepy) return new HostFault(host, 'asleep', `${host} is asleep or off, which is usual for it.`, { cause: error });
  const late = code === 'ETIMEDOUT' || (error as Error).name === 'TimeoutError' || level === 'client-timeout';
  const [what, hint] =
    code === 'ECONNREFUSED'
      ? [`nothing listens on port ${port}`, 'Is sshd running there? The port is ssh.port in hosts.yaml.']
      : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
        ? ['its name does not resolve', 'Check address in hosts.yaml, and DNS.']
        : late
          ? [
              `no answer within ${CONNECT_MS / 1_000} s`,
              'Is it on and in this network? If it is often off, set sleepy: true in hosts.yaml.',
            ]
          : /^E(HOST|NET)/.test(code ?? '')
            ? ['there is no way to it', 'Is it on and in this network? If it is often off, set sleepy: true in hosts.yaml.']
            : ['the connection broke off before the login', 'Is port the one of sshd? Under load sshd drops logins past MaxStartups.'];
  return new HostFault(host, 'unreachable', `${host} cannot be reached over SSH: ${what}.`, { hint, cause: error });
}
