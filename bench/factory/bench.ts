import { type Bench, type Case, type Figure, interleave, median, usageOf } from '../harness.ts';
import { type Child, startChild } from './child.ts';
import { type Load, type Method, openLoad } from './load.ts';

const ROUNDS = 7;
const STARTS = 5;
const COUNT: Record<Method, number> = { 'tools/call': 1500, 'tools/list': 500 };
const MEBIBYTE = 1_048_576;

const V1 = 'SDK v1, a server per request';
const BARE = 'bare express with the same parse';

/** What is measured: our server in each way it can be asked, and the two it is held against. */
const SERVERS = [
  { name: 'ours, 2026-07-28', file: 'ours.ts', args: [], era: 'modern' },
  { name: 'ours, 2025 in a session', file: 'ours.ts', args: [], era: 'session' },
  { name: 'ours, 2025 stateless', file: 'ours.ts', args: ['stateless'], era: 'stateless' },
  { name: V1, file: 'v1.ts', args: [], era: 'stateless' },
  { name: BARE, file: 'bare.ts', args: [], era: 'stateless' },
] as const;

interface Target {
  name: string;
  child: Child;
  load: Load;
}

const cpuMs = async (target: Target, method: Method): Promise<number> => {
  const count = COUNT[method];
  const before = await usageOf(target.child.process);
  await target.load.run(method, count);
  return ((await usageOf(target.child.process)).cpuUs - before.cpuUs) / count / 1000;
};

async function measureCpu(method: Method, targets: readonly Target[], print: (line: string) => void): Promise<Map<string, number>> {
  print(`${method}: ${COUNT[method]} requests over 8 connections, ${ROUNDS} rounds, in turn`);
  for (const target of targets) await target.load.run(method, COUNT[method]);
  const cases: Case[] = targets.map((target) => ({ name: target.name, run: () => cpuMs(target, method) }));
  const measured = await interleave(cases, ROUNDS);
  return new Map([...measured].map(([name, { median: middle }]) => [name, middle]));
}

function cpuFigures(method: Method, measured: ReadonlyMap<string, number>, most: number): Figure[] {
  const v1 = measured.get(V1) ?? Number.NaN;
  return [...measured].map(([name, value]) => ({
    group: `${method}, 25 tools: CPU of the server per request`,
    name,
    value,
    unit: 'ms',
    ...(name === V1 ? {} : { reference: { name: 'SDK v1', value: v1 } }),
    ...(name === SERVERS[0].name ? { goal: { at: 'most', value: most, of: 'ratio' } as const } : {}),
  }));
}

async function startFigures(print: (line: string) => void): Promise<Figure[]> {
  print(`start and idle memory: ${STARTS} starts of each, in turn`);
  const files = ['ours.ts', 'bare.ts', 'v1.ts'];
  const starts = new Map(files.map((file) => [file, { ready: [] as number[], rss: [] as number[] }]));
  for (let i = 0; i < STARTS; i++)
    for (const [file, seen] of starts) {
      const child = await startChild(file);
      seen.ready.push(child.readyMs);
      await new Promise((resolve) => setTimeout(resolve, 500));
      seen.rss.push((await usageOf(child.process)).rss / MEBIBYTE);
      await child.stop();
    }
  const of = (file: string, what: 'ready' | 'rss'): number => median(starts.get(file)?.[what] ?? []);
  const group = 'one server, just started';
  return [
    {
      group,
      name: 'idle memory over bare express with zod',
      value: of('ours.ts', 'rss') - of('bare.ts', 'rss'),
      unit: 'MiB',
      goal: { at: 'most', value: 25 },
      note: `ours ${of('ours.ts', 'rss').toFixed(0)}, bare ${of('bare.ts', 'rss').toFixed(0)}, SDK v1 ${of('v1.ts', 'rss').toFixed(0)} MiB`,
    },
    {
      group,
      name: 'ready to answer',
      value: of('ours.ts', 'ready'),
      unit: 'ms',
      goal: { at: 'most', value: 500 },
      reference: { name: 'bare express with zod', value: of('bare.ts', 'ready') },
    },
  ];
}

export const bench: Bench = {
  name: 'factory',
  about: 'what one request costs the server, against SDK v1 and bare express',
  async run({ print }) {
    const started = await startFigures(print);
    const targets = await Promise.all(
      SERVERS.map(async ({ name, file, args, era }): Promise<Target> => {
        const child = await startChild(file, args);
        return { name, child, load: await openLoad(child, era) };
      }),
    );
    try {
      const calls = await measureCpu('tools/call', targets, print);
      const lists = await measureCpu(
        'tools/list',
        targets.filter(({ name }) => name !== BARE),
        print,
      );
      return [...cpuFigures('tools/call', calls, 0.5), ...cpuFigures('tools/list', lists, 0.1), ...started];
    } finally {
      for (const { load } of targets) load.close();
      await Promise.all(targets.map(({ child }) => child.stop()));
    }
  },
};
