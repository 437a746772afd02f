import type { ChildProcess } from 'node:child_process';
import { loadavg } from 'node:os';

/** A limit that a figure has to keep; `of: 'ratio'` holds the measured value divided by the reference against it. */
export interface Goal {
  readonly at: 'most' | 'least';
  readonly value: number;
  readonly of?: 'value' | 'ratio';
}

/** One measured number with its goal and what the reference reached in the same run; figures without a goal only inform. */
export interface Figure {
  readonly group?: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: Goal;
  readonly reference?: { readonly name: string; readonly value: number };
  readonly note?: string;
}

/** What the command line gave: words after the bench's name, and a way to print while running. */
export interface BenchOptions {
  readonly flags: Readonly<Record<string, string | true>>;
  print(line: string): void;
}

/** A bench is a name, one sentence and a function that measures; it never decides whether a goal was met. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  run(options: BenchOptions): Promise<readonly Figure[]>;
}

/** Returns its argument: it is there for the types. */
export const figure = (it: Figure): Figure => it;

/** Measured divided by reference; undefined where there is no reference or it is zero. */
export function ratio({ value, reference }: Figure): number | undefined {
  return reference && reference.value !== 0 ? value / reference.value : undefined;
}

/** Whether the goal is kept; undefined where there is none. A goal on a ratio without a reference is missed, and so is NaN. */
export function met(it: Figure): boolean | undefined {
  if (!it.goal) return undefined;
  const held = it.goal.of === 'ratio' ? (ratio(it) ?? Number.NaN) : it.value;
  return it.goal.at === 'most' ? held <= it.goal.value : held >= it.goal.value;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5, 'low') + quantile(values, 0.5, 'high')) / 2;
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number, side: 'low' | 'high' = 'high'): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  return sorted[side === 'low' ? Math.floor(at) : Math.ceil(at)] ?? Number.NaN;
}

/** One thing to measure; `run` returns its own number (milliseconds, CPU microseconds ...). */
export interface Case {
  readonly name: string;
  run(): number | Promise<number>;
}

/** Runs the cases in turn, round by round and in rotating order, so that a busy minute hits all of them; gives each one's median and all values. */
export async function interleave(cases: readonly Case[], rounds: number): Promise<Map<string, { median: number; values: number[] }>> {
  const values = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < cases.length; turn++) {
      const it = cases[(round + turn) % cases.length];
      if (it) values.get(it.name)?.push(await it.run());
    }
  return new Map([...values].map(([name, list]) => [name, { median: median(list), values: list }]));
}

/** Wall milliseconds of one run. */
export async function wallMs(run: () => unknown): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

/** CPU microseconds (user and system, all threads of this process) per run over `times` runs in a row. */
export async function cpuUs(times: number, run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

/** What a child process has used since its start: CPU in microseconds, resident memory in bytes. */
export interface Usage {
  readonly cpuUs: number;
  readonly rss: number;
}

/** Called in a server that runs as a child with an IPC channel: answers `usageOf`. */
export function answerUsage(): void {
  process.on('message', (message) => {
    if (message !== 'usage') return;
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuUs: user + system, rss: process.memoryUsage.rss() } satisfies Usage);
  });
}

/** Asks a child that called `answerUsage` for its CPU and memory; rejects when the child ends first. */
export function usageOf(child: ChildProcess): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the measured child process ended'));
    child.once('exit', ended);
    child.once('message', (usage) => {
      child.off('exit', ended);
      resolve(usage as Usage);
    });
    child.send('usage');
  });
}

/** CPU microseconds that a child spent per run of `run`, over `times` runs. */
export async function childCpuUs(child: ChildProcess, times: number, run: () => unknown): Promise<number> {
  const before = await usageOf(child);
  for (let i = 0; i < times; i++) await run();
  return ((await usageOf(child)).cpuUs - before.cpuUs) / times;
}

/** The load of the last minute, so that a figure from a busy machine can be told from one of an idle machine. */
export const load = (): string => loadavg()[0]?.toFixed(1) ?? '?';
