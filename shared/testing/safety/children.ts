import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of this folder that runs in a process of its own. */
export interface Child {
  process: ChildProcess;
  /** Whole lines that it wrote so far. */
  lines: () => string[];
  /** Resolves when it wrote a line for the first time, or ended. */
  speaks: Promise<unknown>;
  /** Resolves to its exit code and what it wrote as errors when it ended and all its output was read. */
  ended: Promise<{ code: number | null; errors: string }>;
}

/** Starts a program of this folder. */
export function child(name: string, ...args: readonly string[]): Child {
  const started = spawn(process.execPath, [fileURLToPath(new URL(`${name}.ts`, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  started.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  started.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const ended = once(started, 'close').then(([code]) => ({ code: code as number | null, errors: Buffer.concat(errors).toString() }));
  const lines = (): string[] => Buffer.concat(out).toString().split('\n').slice(0, -1);
  return { process: started, lines, speaks: Promise.race([once(started.stdout, 'data'), ended]), ended };
}
