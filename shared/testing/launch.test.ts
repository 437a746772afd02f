import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from './house/project-files.ts';

/** Makes Node say that it is an old one. */
const OLD = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})`;

/** A project that holds only the launcher and one script. */
function project(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'launch-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  copyFileSync(join(ROOT, 'launch.mjs'), join(folder, 'launch.mjs'));
  writeFileSync(join(folder, 'script.ts'), script);
  return folder;
}

const asOld = ['--import', OLD, 'launch.mjs'];

function pin(folder: string): void {
  mkdirSync(join(folder, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'));
}

const run = (folder: string, ...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

const SCRIPT = `const words: string[] = process.argv.slice(2); console.log(words.join('+')); process.exitCode = 7;`;

test('the script gets its arguments, and its exit code comes back', () => {
  const folder = project(SCRIPT);
  expect(run(folder, 'launch.mjs', 'script.ts', 'a', 'b c')).toMatchObject({ stdout: 'a+b c\n', status: 7 });
});

test('an old Node hands over to the pinned one', () => {
  const folder = project(SCRIPT);
  pin(folder);
  expect(run(folder, ...asOld, 'script.ts', 'a')).toMatchObject({ stdout: 'a\n', status: 7 });
});

test('an old Node without the pinned one says what to install', () => {
  const { status, stderr } = run(project(SCRIPT), ...asOld, 'script.ts');
  expect(status).toBe(1);
  expect(stderr).toContain('Node 24 is needed; this is Node 20.1.0');
  expect(stderr).toContain('npm ci');
});

test.each([
  ['a new Node', ['launch.mjs']],
  ['an old Node', asOld],
])('%s passes SIGTERM on', async (_, launcher) => {
  const folder = project(`process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');`);
  pin(folder);
  const child = spawn(process.execPath, [...launcher, 'script.ts'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([5, null]);
});
