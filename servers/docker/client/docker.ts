import { Fault } from '@homelab/shared/faults.ts';
import { type Across, acrossHosts } from './across-hosts.ts';
import { type DockerHost, dockerHost } from './docker-host.ts';
import { HostFault } from './host-fault.ts';
import type { HostSettings } from './host-settings.ts';
import { type Channels, channels } from './ssh/channels.ts';
import type { Login } from './ssh/connect.ts';
import { type Connection, connection, type Patience } from './ssh/connection.ts';
import type { Credentials } from './ssh/credentials.ts';
import type { PinBook } from './ssh/host-key.ts';

/** Every host with an engine. What tools are given. */
export interface Docker {
  /** As configured now, in the inventory's order. */
  hosts(): readonly DockerHost[];
  /** By name or alias, in any case; `not_found` with the names otherwise. */
  host(name: string): DockerHost;
  /** Asks these hosts, or all, at once; see `acrossHosts`. */
  across<Value>(
    work: (host: DockerHost, call: { signal: AbortSignal; deadlineMs: number }) => Promise<Value>,
    options?: { hosts?: readonly string[]; deadlineMs?: number; signal?: AbortSignal },
  ): Promise<Across<Value>>;
  close(): Promise<void>;
}

export interface DockerOptions {
  /** The hosts as they are now; a host whose settings changed is connected to anew. */
  hosts: () => readonly HostSettings[];
  /** Called when a connection is made, so that a missing key is told by the host that needs it. */
  credentials: () => Credentials;
  pins: PinBook;
  patience?: Patience;
}

interface Held {
  host: DockerHost;
  /** Absent for an engine of this machine. */
  channels?: Channels;
  /** Settings it was made from, and those of the host it goes through. */
  made: string;
}

/** Opens nothing yet: each host is connected to when it is first asked. */
export function dockerOver({ hosts: read, credentials, pins, patience = {} }: DockerOptions): Docker {
  const held = new Map<string, Held>();

  function make(settings: HostSettings, all: readonly HostSettings[]): Held {
    const jump = all.find(({ name }) => name === settings.ssh?.jump);
    const made = JSON.stringify([settings, jump]);
    const known = held.get(settings.name);
    if (known?.made === made) return known;
    known?.host.close();
    const line: Connection | undefined = settings.ssh && connection(loginOf(settings, settings.ssh, all), patience);
    const open = line && channels(line);
    const fresh: Held = { host: dockerHost(settings, open ?? noChannels(settings.name), line), ...(open && { channels: open }), made };
    held.set(settings.name, fresh);
    return fresh;
  }

  function loginOf(settings: HostSettings, ssh: NonNullable<HostSettings['ssh']>, all: readonly HostSettings[]): Login {
    const { name, address, sleepy } = settings;
    return {
      host: name,
      sleepy,
      address,
      port: ssh.port,
      user: ssh.user,
      fingerprint: ssh.fingerprint,
      firstUse: ssh.firstUse,
      credentials,
      pins,
      ...(ssh.jump && { through: (signal: AbortSignal) => through(settings, ssh.jump as string, ssh.port, all, signal) }),
    };
  }

  async function through({ name, address }: HostSettings, jump: string, port: number, all: readonly HostSettings[], signal: AbortSignal) {
    const settings = all.find((one) => one.name === jump);
    const open = settings && !settings.ssh?.jump && make(settings, all).channels;
    if (!open)
      throw new HostFault(name, 'unreachable', `The host that ${name} is reached through cannot be used.`, {
        hint: 'ssh.jump in hosts.yaml must name a host with ssh and docker that needs no jump itself.',
      });
    return open.direct(address, port, signal);
  }

  function hosts(): DockerHost[] {
    const all = read();
    for (const [name, { host }] of held) {
      if (all.some((one) => one.name === name)) continue;
      host.close();
      held.delete(name);
    }
    return all.map((settings) => make(settings, all).host);
  }

  function host(name: string): DockerHost {
    const wanted = name.toLowerCase();
    const all = hosts();
    const found =
      all.find((one) => one.name.toLowerCase() === wanted) ??
      all.find(({ settings }) => settings.aliases.some((alias) => alias.toLowerCase() === wanted));
    if (found) return found;
    const names = all.map((one) => one.name).join(', ');
    throw new Fault('not_found', 'No host with Docker has this name.', {
      hint: names ? `There are: ${names}.` : 'hosts.yaml names none with docker.',
    });
  }

  return {
    hosts,
    host,
    across: (work, { hosts: names, ...limits } = {}) => acrossHosts(names ? [...new Set(names.map(host))] : hosts(), limits, work),
    async close() {
      for (const { host: one } of held.values()) one.close();
      held.clear();
    },
  };
}

/** For an engine of this machine: nothing goes over SSH. */
function noChannels(host: string): Channels {
  const refuse = () =>
    Promise.reject(new HostFault(host, 'no_exec', `${host} is reached without SSH.`, { hint: 'Give it ssh in hosts.yaml.' }));
  return { session: refuse, streamlocal: refuse, direct: refuse, sftp: refuse };
}
