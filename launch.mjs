// Plain JavaScript that an old Node can read: runs a TypeScript entry on Node 24, or says what to install.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const own = Number(process.versions.node.split('.')[0]) >= NEEDED;
const pinned = fileURLToPath(new URL(`node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url));

if (!own && !existsSync(pinned)) {
  console.error(`Node ${NEEDED} is needed; this is Node ${process.versions.node}, and the pinned one was not installed.
Either run \`npm ci\` again without --ignore-scripts and --omit=optional, or install Node ${NEEDED} (nodejs.org) and repeat the command.`);
  process.exit(1);
}

// Sources are stripped of their types and compiled once, not at every start: half the time until a server answers, and 18 MiB of it.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url));

const node = own ? process.execPath : pinned;
const args = process.argv.slice(2);
// Becoming the program leaves one process: no second Node's memory, and nothing between it and a signal.
if (own && process.platform !== 'win32') process.execve(node, [node, ...args], process.env);

const child = spawn(node, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`${node} does not start (${error.code}): run \`npm ci\` again on this machine, or install Node ${NEEDED} (nodejs.org).`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
