import type { Inventory } from '../inventory/inventory.ts';
import type { Labels } from './series.ts';

/** Something that Prometheus scrapes. */
export interface Target {
  /** Its service in the inventory. */
  service: string;
  host: string;
  /** `job`, `instance`, `host`, and `service` where a job has several on one machine. */
  labels: Labels;
  url: string;
  health: 'up';
}

/** Service, the exposure that has its metrics, job; `exporter` marks those of Glances. */
const SCRAPED: readonly { service: RegExp; exposure: string; job: string; path?: string; named?: true }[] = [
  { service: /^node-exporter$/, exposure: 'metrics', job: 'node' },
  { service: /^glances-exporter-/, exposure: 'metrics', job: 'glances' },
  { service: /^prometheus$/, exposure: 'web', job: 'prometheus' },
  { service: /^alertmanager$/, exposure: 'web', job: 'alertmanager' },
  { service: /^grafana$/, exposure: 'web', job: 'grafana' },
  { service: /^loki$/, exposure: 'api', job: 'loki' },
  { service: /^alloy-/, exposure: 'web', job: 'alloy' },
  { service: /^cloudflared$/, exposure: 'metrics', job: 'cloudflared' },
  { service: /^uptime-kuma$/, exposure: 'web', job: 'uptime-kuma' },
  { service: /^immich-server$/, exposure: 'metrics-api', job: 'immich' },
  { service: /^immich-server$/, exposure: 'metrics-jobs', job: 'immich' },
  { service: /^mcp-/, exposure: 'mcp', job: 'suite', named: true },
];

/** Every scrape target that the inventory's ports allow; all of them answer. */
export function targetsOf(inventory: Inventory): Target[] {
  return inventory.services.flatMap(({ value: service }) => {
    const host = inventory.hosts.find(({ value }) => value.name === service.owner_node)?.value;
    return SCRAPED.flatMap((rule) => {
      const port = service.exposure.find(({ name }) => name === rule.exposure)?.port;
      if (!host || port === undefined || !rule.service.test(service.name)) return [];
      const instance = `${host.address}:${port}`;
      const labels = { job: rule.job, instance, host: host.name, ...(rule.named ? { service: service.name } : {}) };
      return [{ service: service.name, host: host.name, labels, url: `http://${instance}/metrics`, health: 'up' as const }];
    });
  });
}
