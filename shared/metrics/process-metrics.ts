import { readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Registry } from 'prom-client';
import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';

/** The process as Prometheus clients name it. Read when scraped; prom-client's own set keeps timers and observers running per registry. */
export function processMetrics(register: Registry): void {
  const registers = [register];
  let lastCpu = 0;
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time of the process, user and system.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      const now = (user + system) / 1e6;
      this.inc(now - lastCpu);
      lastCpu = now;
    },
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('process_start_time_seconds', 'When the process started, seconds since 1970.', () => Math.round(performance.timeOrigin / 1000));
  gauge('process_resident_memory_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss());
  gauge('nodejs_heap_size_used_bytes', 'Used part of the heap.', () => process.memoryUsage().heapUsed);
  let lastUse = performance.eventLoopUtilization();
  gauge('nodejs_eventloop_utilization', 'Busy share of the event loop since the last scrape, 0 to 1.', () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, lastUse);
    lastUse = now;
    return utilization;
  });
  if (process.platform === 'linux') gauge('process_open_fds', 'Open file descriptors.', () => readdirSync('/proc/self/fd').length);
}
