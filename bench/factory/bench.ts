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
  { name: 'SDK v2, a server per request', file: 'v2.ts', args: [], era: 'modern' },
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

const STARTED = [
  { name: 'ours', file: 'ours.ts', env: {} },
  { name: 'ours, nothing compiled', file: 'ours.ts', env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
  { name: 'bare', file: 'bare.ts', env: {} },
  { name: 'bare, nothing compiled', file: 'bare.ts', env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
] as const;

async function startFigures(print: (line: string) => void): Promise<Figure[]> {
  print(`start and idle memory: ${STARTS} starts of each, in turn`);
  const starts = new Map(STARTED.map(({ name }) => [name as string, { ready: [] as number[], rss: [] as number[] }]));
  // The first round fills the compile cache, as the first start of an installation does, and is not counted.
  for (let i = 0; i <= STARTS; i++)
    for (const { name, file, env } of STARTED) {
      const child = await startChild(file, [], env);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { rss } = await usageOf(child.process);
      await child.stop();
      if (i === 0) continue;
      starts.get(name)?.ready.push(child.readyMs);
      starts.get(name)?.rss.push(rss / MEBIBYTE);
    }
  const of = (name: string, what: 'ready' | 'rss'): number => median(starts.get(name)?.[what] ?? []);
  return ['', ', nothing compiled'].flatMap((how) => {
    const group = `one server, just started${how}`;
    const [ours, bare] = [`ours${how}`, `bare${how}`];
    return [
      {
        group,
        name: 'idle memory over bare express with zod',
        value: of(ours, 'rss') - of(bare, 'rss'),
        unit: 'MiB',
        goal: { at: 'most', value: 25 } as const,
        note: `ours ${of(ours, 'rss').toFixed(0)}, bare ${of(bare, 'rss').toFixed(0)} MiB`,
      },
      {
        group,
        name: 'ready to answer',
        value: of(ours, 'ready'),
        unit: 'ms',
        goal: { at: 'most', value: 500 } as const,
        reference: { name: 'bare express with zod', value: of(bare, 'ready') },
      },
    ];
  });
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
