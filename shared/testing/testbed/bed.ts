import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One real host of the test bed: an sshd and a dockerd of its own, on loopback. */
export interface BedHost {
  name: string;
  /** Port of its sshd on 127.0.0.1. */
  port: number;
  /** Fingerprint of its host key. */
  fingerprint: string;
  /** Folder of all that is its own. */
  folder: string;
  /** Its engine's socket as this machine sees it. */
  socket: string;
  /** Its engine's socket as a login sees it. */
  remoteSocket: string;
  /** `beside`: sshd stands on this machine and only the engine has namespaces. `inside`: all of it does, and ends with one process. */
  kind: 'beside' | 'inside';
  /** Processes that end with it. */
  pids: number[];
}

/** What runs, as the state file has it. */
export interface Bed {
  folder: string;
  hosts: BedHost[];
  /** Private keys that every host accepts; the second is encrypted with `passphrase`. */
  key: string;
  encryptedKey: string;
  passphrase: string;
  image: string;
}

/** Folder of the test bed: below the system's folder for temporary files, and short enough for sockets. */
export const FOLDER = join(tmpdir(), 'homelab-testbed');
export const STATE_FILE = join(FOLDER, 'state.json');
export const HOW_TO_GET =
  'the test bed is not up: npm run testbed -- up (root on Linux, after apt-get install docker.io openssh-server busybox-static iproute2 iptables socat)';

/** The test bed that is up; undefined where there is none or a host of it has ended. */
export function testbed(): Bed | undefined {
  try {
    const bed = JSON.parse(readFileSync(STATE_FILE, 'utf8')) as Bed;
    return bed.hosts.every(isUp) ? bed : undefined;
  } catch {
    return undefined;
  }
}

/** Whether all processes of a host run, and are still those that were started. */
export const isUp = ({ pids, folder }: BedHost): boolean => pids.length > 0 && pids.every((pid) => isOurs(pid, folder));

/** Whether the process was started for this folder: ids are used again, and another one's process must never be ended. */
export function isOurs(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}
