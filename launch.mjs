// Plain JavaScript that an old Node can read: runs a TypeScript entry on Node 24, or says what to install.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const own = Number(process.versions.node.split('.')[0]) >= NEEDED ? process.execPath : undefined;
const pinned = fileURLToPath(new URL(`node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url));
const node = own ?? (existsSync(pinned) ? pinned : undefined);

if (!node) {
  console.error(`Node ${NEEDED} is needed; this is Node ${process.versions.node}, and the pinned one was not installed.
Either run \`npm ci\` again without --ignore-scripts and --omit=optional, or install Node ${NEEDED} (nodejs.org) and repeat the command.`);
  process.exit(1);
}

const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 1)));
