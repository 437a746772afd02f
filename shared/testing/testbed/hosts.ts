import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BedHost } from './bed.ts';
import { isOurs } from './bed.ts';
import { BedProblem, freePort, run, start, until } from './programs.ts';

/** What a host is made of. */
export interface HostPlan {
  name: string;
  kind: BedHost['kind'];
  folder: string;
  /** Lines of authorized_keys. */
  authorized: string;
}

const NAMESPACES = ['--mount', '--uts', '--pid', '--net', '--fork', '--kill-child', '--mount-proc'];

/** Starts a host, or what is missing of it, and waits until its engine and its sshd answer. Keys and data of before stay. */
export async function startHost({ name, kind, folder, authorized }: HostPlan, port?: number): Promise<BedHost> {
  // A process id that is left there is another process in a new namespace, and the engine would wait for it.
  rmSync(join(folder, 'exec'), { recursive: true, force: true });
  for (const own of ['', 'data', 'exec', 'etc']) mkdirSync(join(folder, own), { recursive: true });
  mkdirSync('/run/sshd', { recursive: true });
  await makeKey(join(folder, 'hostkey'));
  writeFileSync(join(folder, 'authorized_keys'), authorized, { mode: 0o600 });
  // Engines take their id from this file; the usual one is shared.
  writeFileSync(join(folder, 'daemon.json'), JSON.stringify({ 'deprecated-key-path': join(folder, 'key.json') }));
  const socket = join(folder, 'docker.sock');
  if (socket.length > 100) throw new BedProblem(`${socket} is too long for a socket: set TMPDIR to a shorter folder.`);
  const at = port ?? (await freePort());
  const made = { name, kind, folder, socket, port: at, fingerprint: await fingerprint(join(folder, 'hostkey.pub')) };
  const pids = kind === 'beside' ? await beside(made) : await inside(made);
  const host: BedHost = { ...made, pids, remoteSocket: kind === 'beside' ? socket : '/var/run/docker.sock' };
  await until(`The engine of ${name}`, 60, async () => {
    if (!pids.every((pid) => isOurs(pid, folder))) throw new BedProblem('ended');
    return (await run('docker', ['-H', `unix://${socket}`, 'version', '--format', '{{.Server.APIVersion}}'])) !== '';
  }).catch(() => {
    throw new BedProblem(`The engine of ${name} does not start; the end of its log:\n${tail(join(folder, 'dockerd.log'))}`);
  });
  await until(
    `sshd of ${name}`,
    20,
    async () => (await run('ssh-keyscan', ['-t', 'ed25519', '-T', '2', '-p', String(at), '127.0.0.1'])) !== '',
  );
  return host;
}

type Made = Omit<BedHost, 'pids' | 'remoteSocket'>;

const dockerd = ({ folder, socket }: Made): string =>
  `dockerd --config-file=${folder}/daemon.json --data-root=${folder}/data --exec-root=${folder}/exec --pidfile=${folder}/dockerd.pid --host=unix://${socket}`;

/** Only the engine has namespaces; sshd stands on this machine's loopback and points every login at that engine. */
async function beside(host: Made): Promise<number[]> {
  const { folder, name, socket, port } = host;
  const inner = `rm -f ${folder}/dockerd.pid ${socket}; hostname ${name}; ip link set lo up; exec ${dockerd(host)} >>${folder}/dockerd.log 2>&1`;
  const engine = start('unshare', [...NAMESPACES, 'sh', '-c', inner], join(folder, 'unshare.log'));
  return [
    engine,
    await startSshd({ folder, port, hostkey: join(folder, 'hostkey'), log: 'sshd', lines: [`SetEnv DOCKER_HOST=unix://${socket}`] }),
  ];
}

/** A whole machine: its own sshd on port 22 and the usual socket inside; one process ends all of it at once. */
async function inside(host: Made): Promise<number[]> {
  const { folder, name, port } = host;
  const sshd = [
    'Port=22',
    'ListenAddress=127.0.0.1',
    `HostKey=${folder}/hostkey`,
    'PidFile=none',
    `AuthorizedKeysFile=${folder}/authorized_keys`,
  ];
  const options = [...sshd, 'StrictModes=no', 'UsePAM=no', 'PasswordAuthentication=no', 'Subsystem=sftp\\ internal-sftp'].map(
    (one) => `-o ${one}`,
  );
  const inner = [
    'set -e',
    `hostname ${name}; ip link set lo up`,
    'mount -t tmpfs -o mode=755 tmpfs /run; mkdir -p /run/sshd /etc/docker',
    ...plainShell(),
    `mount --bind ${folder}/etc /etc/docker; rm -f ${folder}/dockerd.pid ${folder}/docker.sock`,
    `${dockerd(host)} --host=unix:///var/run/docker.sock --host=tcp://127.0.0.1:2375 --tls=false >>${folder}/dockerd.log 2>&1 &`,
    `exec /usr/sbin/sshd -D -E ${folder}/sshd.log -f /dev/null ${options.join(' ')}`,
  ].join('\n');
  writeFileSync(join(folder, 'inner.sh'), inner);
  const machine = start('unshare', [...NAMESPACES, 'sh', join(folder, 'inner.sh')], join(folder, 'unshare.log'));
  const leader = await until(
    `The first process of ${name}`,
    10,
    async () => Number(await run('pgrep', ['-P', String(machine)])) || undefined,
  );
  // The folder stands in the command line, so that it is known for ours.
  const enter = `nsenter -t ${leader} -n socat -lp${folder} STDIO TCP\\:127.0.0.1\\:22`;
  const door = start(
    'socat',
    [`-lp${folder}`, `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork`, `EXEC:${enter}`],
    join(folder, 'socat.log'),
  );
  return [machine, door];
}

/** An sshd on this machine's loopback; every login that one of `keys` in authorized_keys allows. */
export interface SshdPlan {
  folder: string;
  port: number;
  hostkey: string;
  /** Name of its files in the folder. */
  log: string;
  /** Further lines of sshd_config; the first of its kind counts. */
  lines?: readonly string[];
  authorizedKeys?: string;
}

/** Starts an sshd and waits until it shows its key; gives its process id. */
export async function startSshd({ folder, port, hostkey, log, lines = [], authorizedKeys }: SshdPlan): Promise<number> {
  const config = join(folder, `${log}_config`);
  const settings = [
    ...lines,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostkey}`,
    'PidFile none',
    `AuthorizedKeysFile ${authorizedKeys ?? join(folder, 'authorized_keys')}`,
    ...['StrictModes no', 'UsePAM no', 'PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'LogLevel VERBOSE'],
    'Subsystem sftp internal-sftp',
  ];
  writeFileSync(config, `${settings.join('\n')}\n`);
  const sshd = `exec /usr/sbin/sshd -D -f ${config} -E ${join(folder, `${log}.log`)}`;
  const pid = start('unshare', ['--mount', 'sh', '-c', [...plainShell(), sshd].join('\n')], join(folder, `${log}.out`));
  await until(`sshd on port ${port}`, 20, async () => {
    if (!isOurs(pid, folder)) throw new BedProblem('ended');
    return (await run('ssh-keyscan', ['-t', 'ed25519', '-T', '2', '-p', String(port), '127.0.0.1'])) !== '';
  }).catch(() => {
    throw new BedProblem(`sshd does not start on port ${port}; the end of its log:\n${tail(join(folder, `${log}.log`))}`);
  });
  return pid;
}

/**
 * Hides this user's own shell settings from the logins of a host, in its mount namespace only. A shell that sshd starts reads them before
 * each command: on a developer's machine they can take seconds, or wait for a lock that a killed test left behind.
 */
function plainShell(): string[] {
  const settings = ['.bashrc', '.bash_profile', '.bash_login', '.profile', '.zshrc', '.zshenv'].map((name) => join(homedir(), name));
  return settings.filter((file) => existsSync(file)).map((file) => `mount --bind /dev/null ${file}`);
}

/** Ends these processes if they are ours. SIGKILL: a namespace's first process takes nothing less, and its host is to be gone. */
export function end(pids: readonly number[], folder: string): void {
  for (const pid of pids) {
    if (isOurs(pid, folder)) process.kill(pid, 'SIGKILL');
  }
}

/** Makes an ed25519 key pair where there is none. */
export async function makeKey(path: string, passphrase = ''): Promise<void> {
  try {
    readFileSync(path);
  } catch {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'testbed', '-f', path]);
  }
}

/** The fingerprint of a public key file, as ssh-keygen prints it. */
export async function fingerprint(path: string): Promise<string> {
  return (await run('ssh-keygen', ['-lf', path])).split(' ')[1] ?? '';
}

function tail(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').slice(-8).join('\n');
  } catch {
    return '(no log)';
  }
}
