import type { Inventory } from '../inventory/inventory.ts';
import { backupsAt } from './backups.ts';
import { DAY, HOUR } from './clock.ts';
import { gravityDomains, type Role, seatsAt } from './dns-state.ts';
import { flow, level } from './flow.ts';
import { FIGURES, type Story } from './incidents.ts';
import { atDay } from './machines.ts';
import { QUEUES, queueAt } from './queues.ts';
import { between, seedOf } from './random.ts';
import type { Declare, Labels } from './series.ts';
import type { Target } from './targets.ts';

/** One tool of each server that people call most. */
const FAVOURITE_TOOLS: Record<string, string> = {
  'mcp-homelab': 'docs_search',
  'mcp-monitoring': 'diagnose_host',
  'mcp-immich': 'photos_find',
  'mcp-dns': 'dns_overview',
  'mcp-docker': 'docker_ps',
};

/** Series of scraping itself, backups, monitors, both Pi-holes, the photo queues and the suite. */
export function declareServices(inventory: Inventory, targets: readonly Target[], story: Story, declare: Declare): void {
  declareScrapes(targets, story, declare);
  const node = targets.find(({ labels }) => labels.job === 'node')?.labels;
  if (node) declareBackups(inventory, node, story, declare);
  const kuma = targets.find(({ labels }) => labels.job === 'uptime-kuma')?.labels;
  if (kuma) declareMonitors(inventory, kuma, story, declare);
  const dns = targets.find(({ service }) => service === 'mcp-dns')?.labels;
  if (dns) declareDns(inventory, dns, story, declare);
  const photos = targets.find(({ service }) => service === 'mcp-immich')?.labels;
  if (photos) declareQueues(photos, story, declare);
}

function declareScrapes(targets: readonly Target[], story: Story, declare: Declare): void {
  for (const { labels, service } of targets) {
    const seed = seedOf(`${service} ${labels.instance} ${story.seed}`);
    const duration = level(0.012 + 0.03 * (seed / 2 ** 32), 0.008, seed, story.clock);
    declare('up', labels, () => 1);
    declare('scrape_duration_seconds', labels, (time) => Math.max(0.002, duration(time)));
    declare('scrape_samples_scraped', labels, () => between(60, 900, seed, 1));
    if (labels.job === 'prometheus')
      declare('prometheus_tsdb_head_series', labels, (time) => 4210 + between(0, 60, seed, Math.floor(time / HOUR)));
    if (labels.job === 'loki') {
      const intake = flow({ base: 55e3, rhythm: (time) => 80e3 * atDay(time), noise: 0.4 }, seed, story.clock);
      declare('loki_distributor_bytes_received_total', { ...labels, tenant: 'fake' }, (time) =>
        Math.round(intake.total(loki(story, time), time)),
      );
    }
    const tool = FAVOURITE_TOOLS[service];
    if (!tool) continue;
    const calls = flow({ base: 0.0004, rhythm: (time) => 0.003 * atDay(time), noise: 0.3 }, seed, story.clock);
    const counted = { server: service, tool, outcome: 'ok', client: 'claude-code', ...labels };
    declare('mcp_calls_total', counted, (time) => Math.floor(calls.total(story.beginning - DAY, time)));
    declare('mcp_sessions', { server: service, ...labels }, (time) => between(0, 2, seed, Math.floor(time / HOUR)));
  }
}

/** Counters of Loki begin anew where its container does. */
function loki(story: Story, time: number): number {
  return time < story.lokiChange ? story.beginning - 2 * DAY : story.lokiChange;
}

function declareBackups(inventory: Inventory, target: Labels, story: Story, declare: Declare): void {
  for (const { value: job } of inventory.backups) {
    const one = { ...inventory, backups: inventory.backups.filter(({ value }) => value.name === job.name) };
    const fact = (time: number) => backupsAt(one, story, time)[0];
    const labels = { backup: job.name, ...target };
    declare('backup_last_success_timestamp_seconds', labels, (time) => Math.round((fact(time)?.lastSuccess ?? 0) / 1000));
    declare('backup_duration_seconds', labels, (time) => fact(time)?.seconds);
  }
}

function declareMonitors(inventory: Inventory, target: Labels, story: Story, declare: Declare): void {
  for (const { value: service } of inventory.services) {
    for (const { domain } of service.exposure) {
      if (!domain) continue;
      const url = `https://${domain}`;
      const seed = seedOf(`${url} ${story.seed}`);
      const labels = { monitor_name: domain, monitor_type: 'http', monitor_url: url, ...target };
      const response = level(18 + 60 * (seed / 2 ** 32), 9, seed, story.clock);
      const expires = story.now + (33 + (seed % 45)) * DAY;
      declare('monitor_status', labels, () => 1);
      declare('monitor_response_time', labels, (time) => Math.round(response(time)));
      declare('monitor_cert_is_valid', labels, () => 1);
      declare('monitor_cert_days_remaining', labels, (time) => Math.floor((expires - time) / DAY));
    }
  }
}

function declareDns(inventory: Inventory, target: Labels, story: Story, declare: Declare): void {
  for (const resolver of inventory.network?.value.dns?.resolvers ?? []) {
    if (resolver.role === 'other') continue;
    const role: Role = resolver.role;
    const host = inventory.services.find(({ value }) => value.name === resolver.service)?.value.owner_node ?? '';
    const labels = { pihole: resolver.service, node: host, ...target };
    const seed = seedOf(`${resolver.service} ${story.seed}`);
    const shape = role === 'primary' ? { base: 0.05, rhythm: (time: Parameters<typeof atDay>[0]) => 0.135 * atDay(time) } : { base: 0.035 };
    const queries = flow({ ...shape, noise: 0.4 }, seed, story.clock);
    const since = story.beginning - 3 * DAY;
    declare('pihole_up', labels, () => 1);
    declare('pihole_blocking_enabled', labels, () => 1);
    declare('pihole_queries_total', labels, (time) => Math.floor(queries.total(since, time)));
    declare('pihole_blocked_queries_total', labels, (time) => Math.floor(queries.total(since, time) * (role === 'primary' ? 0.19 : 0.01)));
    declare('pihole_gravity_domains', labels, (time) => gravityDomains(story, role, time));
    declare('pihole_gravity_last_update_timestamp_seconds', labels, (time) => Math.round(story.gravityOf(role, time) / 1000));
    declare('pihole_api_seats_used', labels, (time) => seatsAt(story, role, time).length);
    declare('pihole_api_seats_max', labels, () => FIGURES.seats);
    declare('pihole_vip_held', labels, () => (role === 'primary' ? 1 : 0));
  }
}

function declareQueues(target: Labels, story: Story, declare: Declare): void {
  for (const name of QUEUES) {
    const fact = (time: number) => queueAt(story, name, time);
    for (const state of ['waiting', 'active', 'failed', 'delayed'] as const) {
      declare('immich_queue_jobs', { queue: name, state, ...target }, (time) => fact(time)[state]);
    }
    declare('immich_queue_paused', { queue: name, ...target }, (time) => (fact(time).paused ? 1 : 0));
  }
}
