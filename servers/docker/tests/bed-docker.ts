import { type Bed, type BedHost, testbed } from '@homelab/shared/testing/testbed/bed.ts';
import { type Docker, dockerOver } from '../client/docker.ts';
import type { HostSettings } from '../client/host-settings.ts';
import type { Patience } from '../client/ssh/connection.ts';
import { type Credentials, credentials, keyFile } from '../client/ssh/credentials.ts';
import type { PinBook } from '../client/ssh/host-key.ts';

/** A pin book in memory. */
export function pinBook(): PinBook & { pins: Map<string, string> } {
  const pins = new Map<string, string>();
  return { pins, get: (host) => pins.get(host), keep: (host, fingerprint) => void pins.set(host, fingerprint) };
}

/** The settings of a host of the test bed, as hosts.yaml would have them. */
export function settingsOf(host: BedHost, more: Partial<HostSettings> = {}): HostSettings {
  return {
    name: host.name,
    aliases: [],
    address: '127.0.0.1',
    sleepy: false,
    os: 'linux',
    ssh: { user: 'root', port: host.port, fingerprint: host.fingerprint, firstUse: false, shell: 'posix' },
    transports: ['streamlocal', 'dial-stdio', 'tcp', 'cli'],
    socket: host.remoteSocket,
    tcp: { host: '127.0.0.1', port: 2375 },
    ...more,
  };
}

/** The key of the test bed. */
export const bedKey = (bed: Bed): Credentials => credentials({ key: keyFile(bed.key) });

/** The client on hosts of the test bed. */
export function dockerOn(
  bed: Bed,
  hosts: readonly HostSettings[] = bed.hosts.map((host) => settingsOf(host)),
  more: { credentials?: () => Credentials; pins?: PinBook; patience?: Patience } = {},
): Docker {
  return dockerOver({ hosts: () => hosts, credentials: () => bedKey(bed), pins: pinBook(), ...more });
}

/** The test bed that is up; throws where there is none. */
export function bedThatIsUp(): Bed {
  const bed = testbed();
  if (!bed) throw new Error('the test bed is not up');
  return bed;
}
