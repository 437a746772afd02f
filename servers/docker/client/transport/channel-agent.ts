import { Agent, type AgentOptions, type ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';

/** Opens a stream that speaks Docker's API; ends with the signal. */
export type OpenStream = (signal: AbortSignal) => Promise<Duplex>;

const IDLE_MS = 60_000;
const OPEN_MS = 10_000;

/** What an HTTP agent expects of a socket and a channel does not have. */
const SOCKET_ONLY = ['setKeepAlive', 'setNoDelay', 'setTimeout', 'ref', 'unref'] as const;

/**
 * Node's HTTP agent whose sockets are channels. How many are open at once is the caller's business: the agent's own limit does not hold
 * where connecting is asynchronous. An idle channel is closed after a minute.
 */
export class ChannelAgent extends Agent {
  readonly #open: OpenStream;
  readonly #idle = new Map<Duplex, NodeJS.Timeout>();
  readonly #standing = new Set<Duplex>();

  constructor(open: OpenStream, options: AgentOptions = { keepAlive: true, maxFreeSockets: 8 }) {
    super(options);
    this.#open = open;
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#open(AbortSignal.timeout(OPEN_MS)).then(
      (channel) => {
        this.#standing.add(channel);
        channel.once('close', () => {
          this.#standing.delete(channel);
          this.#wake(channel);
        });
        done?.(null, socketLike(channel));
      },
      (error: Error) => done?.(error, undefined as never),
    );
  }

  /** docker-modem prints its options into a debug line that nobody reads, for every request: all of a connection would take 100 ms. */
  [inspect.custom](): string {
    return 'ChannelAgent';
  }

  /** How many channels stand, idle ones included. */
  standing(): number {
    return this.#standing.size;
  }

  /** Closes one idle channel, so that another can be opened where the host allows few. */
  dropIdle(): void {
    const [socket] = this.#idle.keys();
    socket?.destroy();
  }

  override keepSocketAlive(socket: Duplex): undefined {
    const timer = setTimeout(() => socket.destroy(), IDLE_MS).unref();
    this.#idle.set(socket, timer);
    // The typed signature returns nothing, but the agent keeps a socket only for a true answer.
    return true as unknown as undefined;
  }

  override reuseSocket(socket: Duplex, request: ClientRequest): void {
    this.#wake(socket);
    super.reuseSocket(socket, request);
  }

  #wake(socket: Duplex): void {
    clearTimeout(this.#idle.get(socket));
    this.#idle.delete(socket);
  }
}

function socketLike(channel: Duplex): Duplex {
  const socket = channel as unknown as Record<string, unknown>;
  for (const name of SOCKET_ONLY) socket[name] ??= () => channel;
  socket.destroySoon ??= () => channel.destroy();
  return channel;
}
