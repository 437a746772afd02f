import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bed, type BedHost, FOLDER, isUp, STATE_FILE } from './bed.ts';
import { fillHost, packImage } from './containers.ts';
import { end, type HostPlan, makeKey, startHost } from './hosts.ts';
import { BedProblem, checkMachine, run, until } from './programs.ts';

const USAGE = `npm run testbed -- up|down|status
  up      three hosts with their own sshd and Docker engine on loopback, and containers in every state
  down    ends what up started, and deletes it
  status  what runs`;

const HOSTS: readonly [name: string, kind: BedHost['kind']][] = [
  ['ash', 'beside'],
  ['birch', 'beside'],
  ['cedar', 'inside'],
];
const PASSPHRASE = 'correct horse battery';

function readState(): Bed | undefined {
  try {
    return JSON.parse(readFileSync(STATE_FILE, 'utf8')) as Bed;
  } catch {
    return undefined;
  }
}

/** Brings the test bed up, or up again: what still runs is left alone. */
export async function up(): Promise<Bed> {
  await checkMachine();
  mkdirSync(FOLDER, { recursive: true, mode: 0o700 });
  const [key, encryptedKey] = [join(FOLDER, 'key'), join(FOLDER, 'key-encrypted')];
  await makeKey(key);
  await makeKey(encryptedKey, PASSPHRASE);
  const authorized = [key, encryptedKey].map((path) => readFileSync(`${path}.pub`, 'utf8')).join('');
  const image = await packImage(FOLDER);
  const known = readState();
  const bed: Bed = { folder: FOLDER, hosts: known?.hosts ?? [], key, encryptedKey, passphrase: PASSPHRASE, image };
  const save = (host: BedHost) => {
    bed.hosts = HOSTS.flatMap(([name]) => (name === host.name ? host : (bed.hosts.find((one) => one.name === name) ?? [])));
    writeFileSync(STATE_FILE, JSON.stringify(bed, null, 2), { mode: 0o600 });
  };
  await Promise.all(
    HOSTS.map(async ([name, kind]) => {
      const plan: HostPlan = { name, kind, folder: join(FOLDER, name), authorized };
      const before = bed.hosts.find((one) => one.name === name);
      if (before && !isUp(before)) end(before.pids, before.folder);
      const stands = before !== undefined && isUp(before);
      const host = stands ? before : await startHost(plan, before?.port);
      save(host);
      // After an end without a goodbye nothing is in the state it is there for.
      await fillHost(host, image, { anew: !stands });
    }),
  );
  return bed;
}

/** Ends every process that `up` started and deletes the folder. */
export async function down(): Promise<void> {
  for (const { pids, folder } of readState()?.hosts ?? []) end(pids, folder);
  // The namespace's file systems go a moment after its last process.
  await until('The end of the test bed', 20, async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    return true;
  });
}

async function status(): Promise<number> {
  const bed = readState();
  if (!bed) return say('The test bed is not up: npm run testbed -- up', 1);
  for (const host of bed.hosts) {
    const list = isUp(host)
      ? await run('docker', ['-H', `unix://${host.socket}`, 'ps', '-a', '--format', '{{.Names}}: {{.Status}}'])
      : 'ended\n';
    say(`${host.name}: ssh -p ${host.port} root@127.0.0.1 (${host.fingerprint}), engine ${host.socket}\n${list.replace(/^(?=.)/gm, '  ')}`);
  }
  return bed.hosts.every(isUp) ? 0 : 1;
}

function say(text: string, exit = 0): number {
  console.log(text);
  return exit;
}

async function main([what, ...more]: string[]): Promise<number> {
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1_000).toFixed(1);
  if (more.length > 0) what = undefined;
  try {
    if (what === 'up') {
      const { hosts } = await up();
      return say(`${hosts.map(({ name }) => name).join(', ')} are up after ${seconds()} s; state in ${STATE_FILE}`);
    }
    if (what === 'down') {
      await down();
      return say(`The test bed is gone after ${seconds()} s.`);
    }
    if (what === 'status') return await status();
  } catch (error) {
    if (!(error instanceof BedProblem)) throw error;
    console.error(error.message);
    return 1;
  }
  console.error(USAGE);
  return 2;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
