import { stamp } from './container-json.ts';
import type { Simulated, SimulatedEngine } from './simulated-engine.ts';

/** The answer of `GET /containers/{id}/stats?stream=false`; with `oneShot` the figures of the moment before are empty, as Docker leaves them. */
export function statsJson(engine: SimulatedEngine, one: Simulated, oneShot: boolean): Record<string, unknown> {
  const { fact, life } = one;
  const identity = { id: fact.id, name: `/${fact.name}` };
  if (life.state !== 'running' && life.state !== 'paused')
    return {
      ...identity,
      read: stamp(undefined),
      preread: stamp(undefined),
      pids_stats: {},
      cpu_stats: emptyCpu,
      precpu_stats: emptyCpu,
      memory_stats: {},
    };
  const now = engine.now();
  const figure = (name: string, time = now): number => engine.lab.series(name, { name: fact.name, host: fact.host })[0]?.at(time) ?? 0;
  const cpu = (time: number) => ({
    cpu_usage: {
      total_usage: Math.round(figure('container_cpu_usage_seconds_total', time) * 1e9),
      usage_in_kernelmode: 0,
      usage_in_usermode: 0,
    },
    system_cpu_usage: Math.round((time - engine.machine.booted) * 1e6) * engine.machine.cores,
    online_cpus: engine.machine.cores,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  });
  const limit = fact.memoryLimit ?? engine.machine.memoryBytes;
  const used = Math.min(limit, figure('container_memory_working_set_bytes') || 30e6);
  const cache = Math.min(limit - used, 12e6);
  return {
    ...identity,
    read: stamp(now),
    preread: stamp(oneShot ? undefined : now - 1_000),
    pids_stats: { current: 4 + (Number.parseInt(fact.id.slice(0, 2), 16) % 40) },
    blkio_stats: { io_service_bytes_recursive: null },
    num_procs: 0,
    cpu_stats: cpu(now),
    precpu_stats: oneShot ? emptyCpu : cpu(now - 1_000),
    memory_stats: { usage: Math.round(used + cache), limit, stats: { inactive_file: Math.round(cache), anon: Math.round(used) } },
    ...(fact.networkMode === 'host' || fact.networkMode === 'none'
      ? {}
      : {
          networks: {
            eth0: {
              rx_bytes: figure('container_network_receive_bytes_total'),
              tx_bytes: figure('container_network_transmit_bytes_total'),
            },
          },
        }),
  };
}

const emptyCpu = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};
