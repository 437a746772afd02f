import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A measured server in its own process. */
export interface Child {
  process: ChildProcess;
  port: number;
  token: string;
  /** Milliseconds from the start of the process until it listened. */
  readyMs: number;
  stop: () => Promise<void>;
}

/** Starts `file` of this folder on the Node that runs the bench, and waits until it listens. `env` comes over this process's own. */
export function startChild(file: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Child> {
  const begun = performance.now();
  const process = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...globalThis.process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    process.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it listened`)));
    process.once('message', (told: { port: number; token: string }) => {
      process.removeAllListeners('exit');
      resolve({ process, ...told, readyMs: performance.now() - begun, stop: () => stopped(process) });
    });
  });
}

function stopped(process: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    process.once('exit', () => resolve());
    process.disconnect();
  });
}
