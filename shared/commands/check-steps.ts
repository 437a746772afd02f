import { spawn } from 'node:child_process';

/** One part of the check: a Node program of this project and its arguments. */
export interface Step {
  name: string;
  args: readonly string[];
}

/** How a step ended; `output` is everything it printed, both streams in order of arrival. */
export interface StepResult {
  name: string;
  seconds: number;
  ok: boolean;
  output: string;
}

const DEADLINE = 300_000;

function runStep({ name, args }: Step): Promise<StepResult> {
  const started = performance.now();
  const output: string[] = [];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'], timeout: DEADLINE, killSignal: 'SIGKILL' });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    child.on('error', (error) => output.push(`${error.message}\n`));
    child.on('close', (code, signal) => {
      if (signal) output.push(`ended by ${signal}; a step may take ${DEADLINE / 1000} s\n`);
      resolve({ name, seconds: (performance.now() - started) / 1000, ok: code === 0, output: output.join('') });
    });
  });
}

/** Runs the steps in the order given, `lanes` of them at a time; a step that cannot start has failed. */
export async function runSteps(steps: readonly Step[], lanes: number): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return steps.flatMap(({ name }) => results.filter((result) => result.name === name));
}

/** The output of what failed, then one line per step: name, seconds, ok or FAILED. */
export function report(results: readonly StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const failed = results.filter(({ ok }) => !ok).map(({ name, output }) => `--- ${name}\n${output.trim()}\n`);
  const lines = results.map(
    ({ name, seconds, ok }) => `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(5)} s  ${ok ? 'ok' : 'FAILED'}`,
  );
  return [...failed, ...lines].join('\n');
}
