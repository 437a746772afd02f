import { execFile, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's packages, by a program of each. */
const NEEDS: Record<string, string> = {
  dockerd: 'docker.io',
  docker: 'docker.io',
  '/usr/sbin/sshd': 'openssh-server',
  'ssh-keygen': 'openssh-client',
  busybox: 'busybox-static',
  ip: 'iproute2',
  iptables: 'iptables',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  socat: 'socat',
};

/** Something the test bed cannot do here; the message is for a person. */
export class BedProblem extends Error {}

/** Runs a program to its end and gives what it printed; its last words are in the error. */
export function run(program: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], { maxBuffer: 64 * 1_048_576, timeout: 120_000 }, (error, stdout, stderr) => {
      if (error) reject(new BedProblem(`${program} ${args.slice(0, 6).join(' ')}: ${(stderr || error.message).trim().slice(-600)}`));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Starts a program that goes on by itself, its output in a file; gives its process id. */
export function start(program: string, args: readonly string[], log: string): number {
  const file = openSync(log, 'a');
  const child = spawn(program, [...args], { detached: true, stdio: ['ignore', file, file] });
  child.on('error', () => {});
  child.unref();
  if (child.pid === undefined) throw new BedProblem(`${program} does not start.`);
  return child.pid;
}

/** Waits until `look` gives something; a problem with `what` in it after `seconds`. */
export async function until<Found>(what: string, seconds: number, look: () => Promise<Found | undefined | false>): Promise<Found> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    if (Date.now() > end) throw new BedProblem(`${what} did not come about within ${seconds} s.`);
    await sleep(100);
  }
}

/** A TCP port on loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Says what this machine lacks; nothing when the test bed can be had. */
export async function checkMachine(): Promise<void> {
  if (process.platform !== 'linux') throw new BedProblem('The test bed needs Linux: namespaces, sshd and dockerd.');
  if (process.getuid?.() !== 0)
    throw new BedProblem('The test bed needs root: it makes namespaces. Run it in a container or a machine of its own.');
  const missing = new Set<string>();
  for (const [program, name] of Object.entries(NEEDS)) {
    await run('sh', ['-c', `command -v ${program}`]).catch(() => missing.add(name));
  }
  if (missing.size > 0) throw new BedProblem(`Missing: apt-get install -y --no-install-recommends ${[...missing].join(' ')}`);
  await run('unshare', ['--mount', '--uts', '--pid', '--net', '--fork', '--kill-child', '--mount-proc', 'true']).catch((error: Error) => {
    throw new BedProblem(
      `This machine forbids namespaces, which the test bed is made of (${error.message.slice(0, 200)}). A container needs --privileged.`,
    );
  });
}
