import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { compareVersions } from './api-version.ts';
import type { CallOptions, Engine } from './engine.ts';
import { HostFault } from './host-fault.ts';
import { containerPath } from './names.ts';

/** What a container used. Rates are over `overMs`, from two samples of our own. */
export interface ContainerStats {
  id: string;
  name: string;
  at: Date;
  overMs: number;
  /** Per cent of one core: 200 is two cores busy. */
  cpuPercent: number;
  /** Bytes, without the page cache that the kernel can take back. */
  memory: number;
  /** Absent where there is no limit below the machine's own memory. */
  memoryLimit?: number;
  pids?: number;
  /** Bytes per second. */
  network: { in: number; out: number };
  disk: { read: number; written: number };
}

const Count = z.number().catch(0);
const Sample = z.object({
  id: z.string().optional(),
  name: z.string().catch(''),
  read: z.string().catch(''),
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: Count }),
    system_cpu_usage: z.number().optional(),
    online_cpus: z.number().optional(),
  }),
  memory_stats: z.object({ usage: z.number().optional(), limit: z.number().optional(), stats: z.record(z.string(), z.number()).nullish() }),
  pids_stats: z.object({ current: z.number().nullish() }).nullish(),
  networks: z.record(z.string(), z.object({ rx_bytes: Count, tx_bytes: Count })).nullish(),
  blkio_stats: z.object({ io_service_bytes_recursive: z.array(z.object({ op: z.string(), value: Count })).nullish() }).nullish(),
});

interface Taken {
  at: number;
  cpu: number;
  system: number;
  in: number;
  out: number;
  read: number;
  written: number;
}

const APART_MS = 1_000;
const FRESH_MS = 60_000;
const MOST_KEPT = 2_000;

/** Remembers the last sample of each container, so that a second call needs one sample only. */
export type SampleBook = Map<string, Taken>;

/**
 * Stats of running containers, all at once. A container without a sample of the last minute gets two, a second apart. One that vanishes
 * meanwhile is left out.
 */
export async function readStats(engine: Engine, ids: readonly string[], book: SampleBook, call: CallOptions): Promise<ContainerStats[]> {
  const first = await takeAll(engine, ids, call);
  const now = performance.now();
  const fresh = (id: string): boolean => {
    const before = book.get(id);
    return before !== undefined && now - before.at < FRESH_MS && now - before.at >= APART_MS / 2;
  };
  const ready = first.filter(({ id }) => fresh(id)).map((sample) => statsOf(sample, book.get(sample.id) as Taken));
  const others = first.filter(({ id }) => !fresh(id));
  if (others.length === 0) return remember(first, book, ready);
  const before = new Map(others.map(({ id, taken }) => [id, taken]));
  await sleep(APART_MS, undefined, { ...(call.signal && { signal: call.signal }) }).catch(() => {
    throw new HostFault(engine.host, 'cancelled', `The request to ${engine.host} was cancelled.`);
  });
  const second = await takeAll(
    engine,
    others.map(({ id }) => id),
    call,
  );
  const later = second.map((sample) => statsOf(sample, before.get(sample.id) as Taken));
  return remember([...first, ...second], book, [...ready, ...later]);
}

type Taking = { id: string; sample: z.output<typeof Sample>; taken: Taken };

async function takeAll(engine: Engine, ids: readonly string[], call: CallOptions): Promise<Taking[]> {
  // Before 1.41 there is no single sample: the engine takes two itself, a second apart.
  const single = compareVersions(await engine.api(call), '1.41') >= 0;
  const all = await Promise.all(
    ids.map(async (id): Promise<Taking | undefined> => {
      try {
        const sample = await engine.json(Sample, {
          path: `${containerPath(id)}/stats`,
          query: { stream: 'false', ...(single && { 'one-shot': 'true' }) },
          subject: `container ${id}`,
          ...call,
        });
        return { id, sample, taken: takenOf(sample) };
      } catch (error) {
        if (error instanceof HostFault && (error.reason === 'not_found' || error.reason === 'conflict')) return undefined;
        throw error;
      }
    }),
  );
  return all.filter((one) => one !== undefined);
}

function remember(taken: readonly Taking[], book: SampleBook, stats: ContainerStats[]): ContainerStats[] {
  for (const { id, taken: one } of taken) {
    book.delete(id);
    book.set(id, one);
  }
  for (const id of book.keys()) {
    if (book.size <= MOST_KEPT) break;
    book.delete(id);
  }
  return stats;
}

function takenOf({ cpu_stats: cpu, networks, blkio_stats }: z.output<typeof Sample>): Taken {
  const nets = Object.values(networks ?? {});
  const disk = (op: RegExp): number =>
    (blkio_stats?.io_service_bytes_recursive ?? []).filter((one) => op.test(one.op)).reduce((sum, one) => sum + one.value, 0);
  return {
    at: performance.now(),
    cpu: cpu.cpu_usage.total_usage,
    system: cpu.system_cpu_usage ?? 0,
    in: nets.reduce((sum, one) => sum + one.rx_bytes, 0),
    out: nets.reduce((sum, one) => sum + one.tx_bytes, 0),
    read: disk(/^read$/i),
    written: disk(/^write$/i),
  };
}

/** Cores by `online_cpus`: the list of CPUs is missing or padded on some kernels. */
function statsOf({ id, sample, taken }: Taking, before: Taken): ContainerStats {
  const { memory_stats: memory, cpu_stats: cpu } = sample;
  const overMs = taken.at - before.at;
  const [used, machine] = [taken.cpu - before.cpu, taken.system - before.system];
  const perSecond = (now: number, then: number): number => Math.max(0, ((now - then) * 1_000) / overMs);
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return {
    id,
    name: sample.name.replace(/^\//, ''),
    at: new Date(),
    overMs: Math.round(overMs),
    // A restarted container counts from zero: then nothing is known yet, which is 0 and not negative.
    cpuPercent: machine > 0 && used > 0 ? (used / machine) * (cpu.online_cpus ?? 1) * 100 : 0,
    memory: Math.max(0, (memory.usage ?? 0) - cache),
    ...(memory.limit && memory.limit < Number.MAX_SAFE_INTEGER && { memoryLimit: memory.limit }),
    ...(sample.pids_stats?.current != null && { pids: sample.pids_stats.current }),
    network: { in: perSecond(taken.in, before.in), out: perSecond(taken.out, before.out) },
    disk: { read: perSecond(taken.read, before.read), written: perSecond(taken.written, before.written) },
  };
}
