import type { Host } from '@homelab/shared/inventory/host.ts';

/** The ways to an engine. */
export const TRANSPORTS = ['local', 'streamlocal', 'dial-stdio', 'wsl', 'tcp', 'cli'] as const;
export type TransportKind = (typeof TRANSPORTS)[number];

/** A host with a Docker engine, as the inventory has it. */
export interface HostSettings {
  name: string;
  aliases: readonly string[];
  address: string;
  sleepy: boolean;
  os: Host['os']['family'];
  /** Absent where the engine is this machine's own. */
  ssh?: { user: string; port: number; fingerprint?: string; firstUse: boolean; jump?: string; shell: 'posix' | 'cmd' | 'powershell' };
  /** Best first. */
  transports: readonly TransportKind[];
  dockerPath?: string;
  socket?: string;
  tcp: { host: string; port: number };
  wslDistro?: string;
  deployRoot?: string;
}

const TCP = { host: '127.0.0.1', port: 2375 };

/** The hosts of the inventory on which Docker runs and that can be reached, in its order. */
export function hostSettings(hosts: readonly Host[]): HostSettings[] {
  return hosts.flatMap((host) => {
    const settings = settingsOf(host);
    return settings ? [settings] : [];
  });
}

function settingsOf({ ssh, docker, ...host }: Host): HostSettings | undefined {
  if (docker === 'none' || docker.transport.length === 0) return undefined;
  const [, tcpHost, tcpPort] = /^(.+):(\d+)$/.exec(docker.tcp ?? '') ?? [];
  if (ssh === 'none' && !docker.transport.includes('local')) return undefined;
  return {
    name: host.name,
    aliases: host.aliases,
    address: host.address,
    sleepy: host.sleepy,
    os: host.os.family,
    ...(ssh !== 'none' && { ssh: sshOf(ssh) }),
    transports: ssh === 'none' ? ['local'] : docker.transport,
    ...(docker.path && { dockerPath: docker.path }),
    ...(docker.socket && { socket: docker.socket }),
    tcp: tcpHost ? { host: tcpHost, port: Number(tcpPort) } : TCP,
    ...(docker.wsl_distro && { wslDistro: docker.wsl_distro }),
    ...(host.deploy_root && { deployRoot: host.deploy_root }),
  };
}

function sshOf(ssh: Exclude<Host['ssh'], 'none'>): NonNullable<HostSettings['ssh']> {
  return {
    user: ssh.user,
    port: ssh.port,
    ...(ssh.fingerprint && { fingerprint: ssh.fingerprint }),
    firstUse: ssh.trust === 'first-use',
    ...(ssh.jump && { jump: ssh.jump }),
    shell: ssh.shell === 'cmd' || ssh.shell === 'powershell' ? ssh.shell : 'posix',
  };
}
