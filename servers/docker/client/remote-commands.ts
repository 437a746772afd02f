import { deadline } from '@homelab/shared/upstream/deadline.ts';
import type { SFTPWrapper } from 'ssh2';
import type { CallOptions } from './engine.ts';
import { lostFault, noChannel } from './engine-faults.ts';
import { HostFault } from './host-fault.ts';
import type { HostSettings } from './host-settings.ts';
import type { Link } from './link.ts';
import { ChannelRefused, type Channels, collect, type Ran } from './ssh/channels.ts';
import { commandLine } from './transport/quote.ts';

/** How a command on a host ended. Both texts are the host's: data. */
export interface Command {
  /** -1 where it ended without one. */
  code: number;
  stdout: string;
  stderr: string;
  /** More came than is kept (1 MiB of each). */
  cut: boolean;
}

export interface RunOptions extends CallOptions {
  /** Goes to its standard input. */
  input?: string;
}

/** Commands and files on a host, over the same SSH connection as its engine. */
export interface Remote {
  /** Runs a program with exactly these arguments; no shell reads them. Ending the call ends the channel, not always the program. */
  run(argv: readonly [string, ...string[]], options?: RunOptions): Promise<Command>;
  /** Works with the host's files. */
  files<Result>(work: (sftp: SFTPWrapper) => Promise<Result>, call?: CallOptions): Promise<Result>;
}

const USUAL_MS = 30_000;
const OPEN_TRIES = 7;

/** Commands over `channels`; a host without SSH, or whose key allows one command only, refuses them with `no_exec`. */
export function remoteOver(settings: HostSettings, link: Link, channels: Channels): Remote {
  const host = settings.name;

  async function within<Result>(
    { signal, deadlineMs = USUAL_MS }: CallOptions,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const limit = deadline(deadlineMs, signal);
    try {
      await allowed(limit.signal);
      for (let tried = 1; ; tried++) {
        try {
          return await work(limit.signal);
        } catch (error) {
          if (!(error instanceof ChannelRefused)) throw error;
          if (tried === OPEN_TRIES) throw noChannel(host, error);
          await link.makeRoom(limit.signal, tried, { alone: true });
        }
      }
    } catch (error) {
      throw lostFault(error, { host, write: true }, limit.cause(), deadlineMs / 1_000);
    } finally {
      limit.clear();
    }
  }

  async function allowed(signal: AbortSignal): Promise<void> {
    if (settings.ssh && (await (await link.found(signal)).exec)) return;
    throw new HostFault(
      host,
      'no_exec',
      settings.ssh ? `The SSH key on ${host} allows one command only.` : `${host} is reached without SSH.`,
      {
        hint: settings.ssh
          ? 'Its line in authorized_keys has restrict,command=...; commands and deployments need a line without.'
          : 'Give it ssh in hosts.yaml.',
      },
    );
  }

  return {
    run: (argv, { input, ...call } = {}) =>
      within(call, async (signal) => {
        const channel = await channels.session(commandLine(argv, settings.ssh?.shell ?? 'posix'), signal);
        const { code, stdout, stderr, cut }: Ran = await collect(channel, signal, input === undefined ? {} : { input });
        return { code, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), cut };
      }),
    files: (work, call = {}) =>
      within(call, async (signal) => {
        const sftp = await channels.sftp(signal);
        try {
          return await work(sftp);
        } finally {
          sftp.end();
        }
      }),
  };
}
