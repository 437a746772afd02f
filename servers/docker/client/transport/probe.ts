import type { ClientChannel } from 'ssh2';
import type { HostSettings } from '../host-settings.ts';
import type { Channels } from '../ssh/channels.ts';
import { collect } from '../ssh/channels.ts';
import { posixWord } from './quote.ts';

/** What one look at a host told. */
export interface Probe {
  /** `restricted`: the key runs one command only, and that speaks Docker. `silent`: nothing that could be understood. */
  kind: 'posix' | 'windows' | 'restricted' | 'silent';
  /** Absolute path of the docker program. */
  docker?: string;
  /** Sockets that exist, in the order to try; `open` is whether this user may use it. */
  sockets: { path: string; open: boolean }[];
}

const PROBE_MS = 4_000;
const PING = 'GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n';
const ABSOLUTE = /^\/[^\0\n"'`$\\]{1,400}$/;

/**
 * Looks at a host over its first session channel. That channel must come before any other: sshd switches off Nagle's algorithm on the
 * connection only when a session is opened, and without it a list takes 48 ms instead of 3. `onOpen` is called when it stands.
 */
export async function probe(
  channels: Channels,
  settings: HostSettings,
  signal: AbortSignal,
  onOpen: () => void = () => {},
): Promise<Probe> {
  if (settings.ssh?.shell !== 'posix') {
    const channel = await channels.session('cmd /c ver', signal);
    await collect(channel, signal);
    return { kind: 'windows', sockets: [] };
  }
  const channel = await channels.session(script(settings), signal);
  onOpen();
  const text = await readAnswer(channel, AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]));
  if (text.startsWith('HTTP/1.')) return { kind: 'restricted', sockets: [] };
  return understand(text, settings);
}

/** Plain sh that BusyBox understands too; one `name=value` line for each thing found. */
function script({ socket, dockerPath }: HostSettings): string {
  const given = socket ? posixWord(socket) : '';
  const path = dockerPath ? posixWord(dockerPath) : '';
  return [
    `echo probe=1`,
    // QNAP keeps docker out of every PATH; its own registry of packages knows where it is.
    `q=$(/sbin/getcfg container-station Install_Path -f /etc/config/qpkg.conf 2>/dev/null)`,
    `for d in ${path} "$(command -v docker 2>/dev/null)" "$q/bin/docker" /share/*/.qpkg/container-station/bin/docker /usr/local/bin/docker /usr/bin/docker /opt/homebrew/bin/docker "$HOME/.docker/bin/docker"; do if [ -x "$d" ] && [ ! -d "$d" ]; then echo "docker=$d"; break; fi; done`,
    `case "$DOCKER_HOST" in unix://*) e=\${DOCKER_HOST#unix://};; *) e=;; esac`,
    `for s in ${given} "$e" /var/run/docker.sock "$XDG_RUNTIME_DIR/docker.sock" "/run/user/$(id -u)/docker.sock" "$HOME/.docker/run/docker.sock"; do if [ -S "$s" ]; then if [ -r "$s" ] && [ -w "$s" ]; then echo "open=$s"; else echo "shut=$s"; fi; fi; done`,
    'echo probe=2',
  ].join('; ');
}

/** The channel's output until it ends or shows that it speaks Docker; whatever came by then where the signal fires. */
function readAnswer(channel: ClientChannel, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const done = () => {
      signal.removeEventListener('abort', done);
      channel.destroy();
      resolve(text);
    };
    signal.addEventListener('abort', done, { once: true });
    channel.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.length > 20_000 || text.includes('probe=2') || /^HTTP\/1\.\d \d/.test(text)) done();
    });
    channel.on('close', done);
    channel.on('error', reject);
    channel.stderr.resume();
    // A key with a forced `docker system dial-stdio` runs that instead of the script, and waits for exactly this.
    channel.write(PING);
  });
}

function understand(text: string, { socket, dockerPath }: HostSettings): Probe {
  if (!text.includes('probe=1')) return { kind: 'silent', sockets: [] };
  const found = text.split('\n').flatMap((line) => {
    const [, key, value = ''] = /^(docker|open|shut)=(.*?)\r?$/.exec(line) ?? [];
    return key && ABSOLUTE.test(value) ? [{ key, value }] : [];
  });
  const docker = dockerPath ?? found.find(({ key }) => key === 'docker')?.value;
  const seen = found.filter(({ key }) => key !== 'docker').map(({ key, value }) => ({ path: value, open: key === 'open' }));
  // Where the owner named the socket, no other one is used: it may be another engine's.
  const own = socket === undefined ? seen : seen.filter(({ path }) => path === socket);
  const sockets = own.filter(({ path }, index) => own.findIndex((one) => one.path === path) === index);
  return { kind: 'posix', ...(docker && { docker }), sockets: sockets.slice(0, 4) };
}
