import type { IncomingMessage } from 'node:http';
import { Fault } from '@homelab/shared/faults.ts';
import modemHttp from 'docker-modem/lib/http.js';
import Dockerode from 'dockerode';
import { ChannelAgent, type OpenStream } from './channel-agent.ts';

/** One request to an engine; `path` begins with `/` and has no query. */
export interface WireAsk {
  method: 'GET' | 'HEAD' | 'POST' | 'DELETE' | 'PUT';
  path: string;
  /** Objects go as JSON, as Docker's `filters` want it. */
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** On a channel of its own, closed when the answer is over. */
  alone?: boolean;
}

/** Sends requests and gives each answer whatever its status, its body unread; rejects only where none came. */
export interface Wire {
  send(ask: WireAsk): Promise<IncomingMessage>;
  /** Channels that are kept for calls, idle ones included. */
  standing(): number;
  dropIdle(): void;
  close(): void;
}

// SECURITY: docker-modem follows redirects past our agent, to any address the answer names: an engine could have us call other machines.
modemHttp.maxRedirects = 0;

/** Every status is an answer; what it means is decided where the body is read with a limit. */
const EVERY_STATUS = new Proxy({} as Record<number, true>, { get: () => true });

/** The engine's HTTP API over streams that `open` makes; `version` is `v1.41`, or undefined for the bare paths. */
export function wire(open: OpenStream, version?: string): Wire {
  const pool = new ChannelAgent(open);
  const single = new ChannelAgent(open, { keepAlive: false });
  const [pooled, alone] = [pool, single].map((agent) => docker(agent, version)) as [Dockerode, Dockerode];
  return {
    send: (ask) =>
      new Promise((resolve, reject) => {
        const { modem } = ask.alone ? alone : pooled;
        modem.dial(
          {
            path: `${ask.path}?`,
            method: ask.method,
            options: { _query: definedOnly(ask.query), _body: ask.body ?? {} },
            ...(ask.headers && { headers: ask.headers }),
            abortSignal: ask.signal,
            isStream: true,
            statusCodes: EVERY_STATUS,
          },
          (error: Error | null, answer: unknown) => (error ? reject(error) : resolve(answer as IncomingMessage)),
        );
      }),
    standing: () => pool.standing(),
    dropIdle: () => pool.dropIdle(),
    close() {
      pool.destroy();
      single.destroy();
    },
  };
}

function docker(agent: ChannelAgent, version: string | undefined): Dockerode {
  try {
    // All of it is given: what is missing, the library takes from DOCKER_HOST and its kin.
    return new Dockerode({
      protocol: 'http',
      host: 'docker',
      port: 80,
      pathPrefix: '/',
      agent,
      timeout: undefined,
      headers: {},
      ...(version && { version }),
    } as Dockerode.DockerOptions);
  } catch (cause) {
    throw new Fault('invalid_input', 'DOCKER_HOST or DOCKER_CERT_PATH in the environment cannot be understood.', {
      hint: 'Unset the DOCKER_ variables of the Docker command line: hosts come from hosts.yaml.',
      cause,
    });
  }
}

function definedOnly(query: WireAsk['query'] = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
