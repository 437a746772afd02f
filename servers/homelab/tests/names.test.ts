import { loadInventory } from '@homelab/shared/inventory/load.ts';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectFiles } from '../../../shared/testing/house/project-files.ts';
import { modules } from '../../suite/modules.ts';
import { PROJECT } from './reference-lab.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What later servers and stacks bring. A name is taken off when it is there; the second test insists. */
const LATER = {
  tools: words(`
    alert_silence alerts_list diagnose_host dns_maintenance docker_drift
    explain_change jobs_control jobs_status
    library_status logs_search metrics_query monitoring_overview
  `),
  alerts: words(`
    BackupLate CertificateExpiring ContainerOOM ContainerRestarting CpuHigh DiskFull DiskWillFill DnsFailedOver ImmichQueueStuck
    MemoryHigh MetricsAbsent NodeDown PiholeDown PiholeSyncFailing TemperatureHigh
  `),
  dashboards: words(`
    containers dns hosts immich lab-overview suite
  `),
  paths: [],
} as const satisfies Record<string, readonly string[]>;

/** What a page or contract names, and where. */
interface Named {
  kind: keyof typeof LATER | 'hosts' | 'services';
  name: string;
  by: string;
}

const files = projectFiles();
const inventory = loadInventory(PROJECT);
const pages = files.filter(({ path }) => /^(decisions|runbooks)\/[^/]+\.md$/.test(path) && !path.endsWith('README.md'));

const PATH = /`((?:compose|decisions|runbooks|infrastructure|docs|docker)\/[\w./-]*\w)\/?`/g;
const LINK = /\]\((?!\w+:|#)(?:\.\.\/)?([^)\s#]+)(?:#[^)\s]*)?\)/g;
// The areas that tools are named after; other words with an underscore are settings, metrics and columns.
const TOOL =
  /`((?:docs|repo|inventory|host|service|runbook|dns|docker|metrics|logs|alerts?|dashboards?|jobs|library|photos?|albums?|people|monitoring|diagnose|explain)_[a-z_]+)`/g;

const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

function namedInPage(path: string, text: string): Named[] {
  const head = (parse(text.split('\n---')[0]?.replace(/^---\n/, '') ?? '') ?? {}) as Record<string, unknown>;
  const list = (key: string) => (Array.isArray(head[key]) ? head[key].map(String) : []);
  const superseded = typeof head.superseded_by === 'string' ? [head.superseded_by] : [];
  const folder = path.slice(0, path.indexOf('/') + 1);
  const links = found(text, LINK).map((to) => (text.includes(`](../${to}`) ? to : `${folder}${to}`));
  const names = {
    hosts: list('hosts'),
    services: list('services'),
    alerts: list('alerts'),
    tools: [...list('tools'), ...found(text, TOOL)],
    paths: [...superseded, ...found(text, PATH), ...links],
  };
  return Object.entries(names).flatMap(([kind, all]) => all.map((name) => ({ kind: kind as Named['kind'], name, by: path })));
}

const named: readonly Named[] = [
  ...pages.flatMap(({ path, text }) => namedInPage(path, text)),
  ...inventory.services.flatMap(({ value, place: { file: by } }) => [
    ...[value.runtime.file ?? [], value.docs, value.runbooks].flat().map((name): Named => ({ kind: 'paths', name, by })),
    ...value.observability.alerts.map((name): Named => ({ kind: 'alerts', name, by })),
    ...(value.observability.dashboard ? [{ kind: 'dashboards', name: value.observability.dashboard, by } as const] : []),
    ...value.depends_on.map(({ service }): Named => ({ kind: 'services', name: service, by })),
  ]),
  ...[...inventory.hosts, ...inventory.vips].flatMap(({ value, place: { file: by } }) =>
    [...value.docs, ...value.runbooks].map((name): Named => ({ kind: 'paths', name, by })),
  ),
];

const paths = new Set(files.flatMap(({ path }) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))));
const existing: Record<Named['kind'], ReadonlySet<string>> = {
  hosts: new Set(inventory.hosts.map(({ value }) => value.name)),
  services: new Set(inventory.services.map(({ value }) => value.name)),
  tools: new Set(modules.flatMap(({ definition }) => definition.tools.map(({ name }: { name: string }) => name))),
  alerts: new Set(
    files.flatMap(({ path, text }) =>
      /^(compose|infrastructure)\/.*\.ya?ml$/.test(path) ? found(text, /^\s*-?\s*alert:\s*["']?(\w+)/gm) : [],
    ),
  ),
  dashboards: new Set(found(files.map(({ path }) => path).join('\n'), /^compose\/.*dashboards\/(?:.*\/)?([\w-]+)\.json$/gm)),
  paths,
};

test('every path, tool, alert, dashboard, host and service that a page or contract names exists, or comes later', () => {
  const missing = named.filter(
    ({ kind, name }) =>
      !existing[kind].has(name) && !(kind in LATER && (LATER[kind as keyof typeof LATER] as readonly string[]).includes(name)),
  );
  expect(missing.map(({ kind, name, by }) => `${by} names ${name} (${kind})`).sort()).toEqual([]);
  for (const kind of Object.keys(existing)) expect(named.filter((one) => one.kind === kind).length, kind).toBeGreaterThan(10);
});

test('what comes later is not there yet, and is named by somebody', () => {
  const wrong = Object.entries(LATER).flatMap(([kind, names]) =>
    names.flatMap((name) => {
      if (existing[kind as keyof typeof LATER].has(name)) return [`${name} is there: take it off the list`];
      return named.some((one) => one.kind === kind && one.name === name) ? [] : [`${name} is named by nobody: take it off the list`];
    }),
  );
  expect(wrong).toEqual([]);
});
