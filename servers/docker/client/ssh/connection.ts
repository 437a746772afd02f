import type { Client } from 'ssh2';
import { HostFault } from '../host-fault.ts';
import { connectOnce, type Login, type Ready } from './connect.ts';

/** The one connection to a host: made when first needed, made again after it broke, ended when idle. */
export interface Connection {
  /** The client that is ready; all who ask meanwhile share one attempt. Rejects with a HostFault, at once while a failure is fresh. */
  ready(signal?: AbortSignal): Promise<Client>;
  /** Bytes received over the present connection. */
  received(): number;
  /** Ends the present connection, for one that stopped answering; the next call makes another. */
  drop(): void;
  /** Whether a connection stands, and how often one was made. */
  state(): { connected: boolean; made: number; failure?: HostFault };
  /** Runs whenever a connection that stood has ended. */
  onEnd(run: () => void): void;
  close(): void;
}

export interface Patience {
  /** Without a call for this long the connection ends; 600,000 unless told. */
  idleMs?: number;
  /** First and longest wait after failures; 250 and 15,000 unless told. */
  backoffMs?: [first: number, longest: number];
}

const TRIES = 3;

/** Makes the connection of one host; nothing is sent before the first `ready`. */
export function connection(login: Login, { idleMs = 600_000, backoffMs: [first, longest] = [250, 15_000] }: Patience = {}): Connection {
  let standing: Ready | undefined;
  let attempt: Promise<Ready> | undefined;
  let failure: HostFault | undefined;
  let failures = 0;
  let notBefore = 0;
  let made = 0;
  let closed = false;
  let idle: NodeJS.Timeout | undefined;
  const watchers: (() => void)[] = [];

  const forget = (client: Client) => {
    if (standing?.client !== client) return;
    standing = undefined;
    clearTimeout(idle);
    for (const run of watchers) run();
  };
  const drop = () => {
    const { client } = standing ?? {};
    if (!client) return;
    client.destroy();
    forget(client);
  };
  const touch = () => {
    clearTimeout(idle);
    idle = setTimeout(drop, idleMs).unref();
  };

  async function attemptConnect(): Promise<Ready> {
    try {
      const ready = await persist(login);
      if (closed) {
        ready.client.destroy();
        throw new HostFault(login.host, 'cancelled', `The connection to ${login.host} was closed.`);
      }
      standing = ready;
      made++;
      failures = 0;
      failure = undefined;
      ready.client.once('close', () => forget(ready.client));
      return ready;
    } catch (error) {
      failures++;
      failure = error as HostFault;
      // Doubling with jitter: many servers that wait for one host do not come back in the same moment.
      const wait = Math.min(longest, first * 2 ** (failures - 1));
      notBefore = performance.now() + wait * (0.5 + Math.random() / 2);
      throw error;
    } finally {
      attempt = undefined;
    }
  }

  return {
    async ready(signal) {
      if (standing) {
        touch();
        return standing.client;
      }
      if (closed) throw new HostFault(login.host, 'cancelled', `The connection to ${login.host} was closed.`);
      // The one who asks right after a failure gets that failure, not another wait for a host that is off.
      if (!attempt && failure && performance.now() < notBefore) throw failure;
      attempt ??= attemptConnect();
      const { client } = await (signal ? orAborted(attempt, signal) : attempt);
      touch();
      return client;
    },
    received: () => standing?.received() ?? 0,
    drop,
    state: () => ({ connected: standing !== undefined, made, ...(failure && { failure }) }),
    onEnd: (run) => void watchers.push(run),
    close() {
      closed = true;
      clearTimeout(idle);
      const { client } = standing ?? {};
      client?.end();
      if (client) forget(client);
    },
  };
}

/** sshd drops logins at random past MaxStartups: that alone is tried again at once. */
async function persist(login: Login): Promise<Ready> {
  for (let tried = 1; ; tried++) {
    try {
      return await connectOnce(login);
    } catch (error) {
      if (tried === TRIES || !wasDropped(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * tried + Math.random() * 100));
    }
  }
}

function wasDropped(error: unknown): boolean {
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
  return cause?.code === 'ECONNRESET' || /lost before handshake|^closed$/i.test(cause?.message ?? '');
}

/** The promise, or the signal's reason as soon as it fires; the work goes on for the others. */
export function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  if (signal.aborted) {
    promise.catch(() => {});
    return Promise.reject(signal.reason);
  }
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
