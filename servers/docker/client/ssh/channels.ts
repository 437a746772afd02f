import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { type Connection, orAborted } from './connection.ts';

/** How sshd refuses a channel: 1 is "administratively prohibited", 2 "connect failed"; see RFC 4254 section 5.1. */
export class ChannelRefused extends Error {
  readonly reason: number;
  constructor(reason: number) {
    super(`channel refused (${reason})`);
    this.reason = reason;
  }
}

/** The channels of one host's connection; each open waits for the connection and ends with the signal. */
export interface Channels {
  /** Runs a command line in the login shell of the user; its standard streams are the channel. */
  session(command: string, signal: AbortSignal): Promise<ClientChannel>;
  streamlocal(path: string, signal: AbortSignal): Promise<ClientChannel>;
  direct(host: string, port: number, signal: AbortSignal): Promise<ClientChannel>;
  sftp(signal: AbortSignal): Promise<SFTPWrapper>;
}

/** What a command printed and how it ended; `code` is -1 where the host told none. */
export interface Ran {
  code: number;
  stdout: Buffer;
  stderr: Buffer;
  /** More came than was kept. */
  cut: boolean;
}

type Callback<Channel> = (error: (Error & { reason?: unknown }) | undefined | null, channel: Channel) => void;

/** Opens channels on `connection`. */
export function channels(connection: Connection): Channels {
  async function open<Channel extends { destroy?: () => void; end: () => void }>(
    signal: AbortSignal,
    ask: (client: Client, done: Callback<Channel>) => void,
  ): Promise<Channel> {
    const client = await connection.ready(signal);
    let wanted = true;
    const opening = new Promise<Channel>((resolve, reject) => {
      const lost = () => reject(new Error('connection lost'));
      client.once('close', lost);
      const done: Callback<Channel> = (error, channel) => {
        client.off('close', lost);
        if (error) return reject(typeof error.reason === 'number' ? new ChannelRefused(error.reason) : error);
        // Nobody waits any more: an open channel that nobody holds would count against MaxSessions for ever.
        if (!wanted) return channel.destroy ? channel.destroy() : channel.end();
        resolve(channel);
      };
      try {
        ask(client, done);
      } catch (error) {
        client.off('close', lost);
        reject(error as Error);
      }
    });
    try {
      return await orAborted(opening, signal);
    } catch (error) {
      wanted = false;
      throw error;
    }
  }
  return {
    session: (command, signal) => open<ClientChannel>(signal, (client, done) => void client.exec(command, done)),
    streamlocal: (path, signal) => open<ClientChannel>(signal, (client, done) => void client.openssh_forwardOutStreamLocal(path, done)),
    direct: (host, port, signal) => open<ClientChannel>(signal, (client, done) => void client.forwardOut('127.0.0.1', 0, host, port, done)),
    sftp: (signal) => open<SFTPWrapper>(signal, (client, done) => void client.sftp(done)),
  };
}

/** Reads a command's streams to their end, at most `maxBytes` of each, feeding `input`; rejects when the signal fires first. */
export function collect(
  channel: ClientChannel,
  signal: AbortSignal,
  { input, maxBytes = 1_048_576 }: { input?: string; maxBytes?: number } = {},
): Promise<Ran> {
  const streams = [channel, channel.stderr].map((stream) => {
    const kept = { chunks: [] as Buffer[], bytes: 0, cut: false };
    stream.on('data', (chunk: Buffer) => {
      const room = maxBytes - kept.bytes;
      if (chunk.length > room) kept.cut = true;
      if (room > 0) kept.chunks.push(chunk.subarray(0, room));
      kept.bytes += Math.min(chunk.length, Math.max(0, room));
    });
    return kept;
  });
  const [out, error] = streams as [(typeof streams)[0], (typeof streams)[0]];
  const ended = new Promise<Ran>((resolve, reject) => {
    let code = -1;
    channel.on('exit', (number: number | null) => {
      code = number ?? -1;
    });
    channel.on('error', reject);
    channel.on('close', () =>
      resolve({ code, stdout: Buffer.concat(out.chunks), stderr: Buffer.concat(error.chunks), cut: out.cut || error.cut }),
    );
  });
  if (input === undefined) channel.end();
  else channel.end(input);
  return orAborted(ended, signal).catch((reason) => {
    channel.destroy();
    throw reason;
  });
}
