import type { Inventory, Located } from '@homelab/shared/inventory/inventory.ts';
import type { Service } from '@homelab/shared/inventory/service.ts';
import { pagesText, portText, some } from './words.ts';

/** Parts of a contract that can be asked for in full. */
export const SECTIONS = ['ports', 'needs', 'health', 'data', 'ops', 'watch', 'docs'] as const;
export type Section = (typeof SECTIONS)[number];

/** One part of a contract: its line in the file, and what it says. Third-party text. */
export interface ContractLine {
  section: Section;
  line: number;
  text: string;
}

/** A contract in a few lines; the sections in `full` with every detail. Empty parts are left out. */
export function contractLines(service: Located<Service>, inventory: Inventory, full: ReadonlySet<Section>): ContractLine[] {
  const parts: Record<Section, () => string[]> = {
    ports: () => ports(service.value, full.has('ports')),
    needs: () => needs(service.value, full.has('needs')),
    health: () => health(service.value),
    data: () => data(service.value, inventory, full.has('data')),
    ops: () => (isOpsWritten(service) ? ops(service.value, full.has('ops')) : []),
    watch: () => watch(service.value, full.has('watch')),
    docs: () => docs(service.value, full.has('docs')),
  };
  const key: Record<Section, PropertyKey> = {
    ...{ ports: 'exposure', needs: 'depends_on', health: 'healthcheck', data: 'persistence' },
    ...{ ops: 'ops', watch: 'observability', docs: 'docs' },
  };
  return SECTIONS.filter((section) => full.size === 0 || full.has(section)).flatMap((section) =>
    parts[section]().map((text) => ({ section, line: service.at([key[section]]).line, text })),
  );
}

function ports(value: Service, full: boolean): string[] {
  if (value.exposure.length === 0) return full ? ['none'] : [];
  if (!full) return [some(value.exposure.map(portText), 6)];
  return value.exposure.map((one) => {
    const more = [one.protocol, one.scope, one.auth && `auth ${one.auth}`, one.container && `container ${one.container}`];
    return `${one.name}: ${portText(one)} · ${more.filter(Boolean).join(' · ')}`;
  });
}

function needs({ depends_on }: Service, full: boolean): string[] {
  if (depends_on.length === 0) return ['nothing'];
  if (full) return depends_on.map(({ service, kind, why }) => `${kind} ${service}${why ? `: ${why}` : ''}`);
  const names = (wanted: 'hard' | 'soft') => depends_on.filter(({ kind }) => kind === wanted).map(({ service }) => service);
  return [(['hard', 'soft'] as const).flatMap((kind) => (names(kind).length > 0 ? [`${kind} ${some(names(kind), 8)}`] : [])).join('; ')];
}

function health({ healthcheck: check }: Service): string[] {
  const every = 'interval' in check && check.interval ? `, every ${check.interval}` : '';
  switch (check.type) {
    case 'http':
      return [`${check.url}${check.expect ? ` gives ${check.expect}` : ''}${every}`];
    case 'tcp':
      return [`tcp ${check.host}:${check.port}${every}`];
    case 'dns':
      return [`${check.server} answers ${check.question}${check.expect ? ` with ${check.expect}` : ''}${every}`];
    case 'docker':
      return [`the container's own (${check.container})${every}`];
    case 'metric':
      return [`${check.query}${check.expect ? ` gives ${check.expect}` : ''}${every}`];
    case 'none':
      return [`none: ${check.reason}`];
  }
}

function data({ persistence, guessed }: Service, { backups }: Inventory, full: boolean): string[] {
  const told = persistence.map(({ source, target, kind, criticality, backup, note }, index) => {
    const job = backups.find(({ value }) => value.name === backup)?.value;
    const saved = backup ? `backup ${backup}` : criticality === 'low' ? 'disposable' : 'NO BACKUP';
    const when =
      full && job ? ` (${job.schedule} to ${job.target.host ?? 'outside'}, last restore test ${job.last_restore_test ?? 'never'})` : '';
    const worth = guessed.includes(`persistence[${index}].criticality`) ? 'worth not known' : `${criticality}, ${saved}`;
    return `${source}${full ? ` at ${target}, ${kind}` : ''} ${worth}${when}${full && note ? `: ${note}` : ''}`;
  });
  if (full || told.length <= 3) return told;
  return [...told.slice(0, 3), `and ${told.length - 3} more: sections ["data"]`];
}

function ops(
  { ops: { criticality, restart, update, window, never, checks, guards }, restart_policy, limits, privileges }: Service,
  full: boolean,
): string[] {
  const brief = [`criticality ${criticality}`, `restart ${restart}`, `update ${update}${window ? ` ${window}` : ''}`];
  if (never.length > 0) brief.push(`never ${never.join(', ')}`);
  for (const guard of guards) brief.push(`guard ${guard.name} before ${guard.applies_to.join(', ')}${full ? `: ${guard.why}` : ''}`);
  if (!full) return [brief.join(' · ')];
  return [
    brief.join(' · '),
    `restart policy ${restart_policy}`,
    ...checks.map(({ name, container, argv }) => `check ${name}: ${argv.join(' ')}${container ? ` in ${container}` : ''}`),
    ...(limits
      ? [
          `limits ${Object.entries(limits)
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
        ]
      : []),
    ...(privileges
      ? [
          `privileges ${Object.entries(privileges)
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
        ]
      : []),
  ];
}

function watch({ observability: { metrics, logs, dashboard, alerts } }: Service, full: boolean): string[] {
  const told = [logs && `logs ${logs}`, dashboard && `dashboard ${dashboard}`, alerts.length > 0 && `alerts ${alerts.join(', ')}`];
  const lines = [full && metrics ? `metrics ${metrics}` : '', ...told].filter((one) => typeof one === 'string' && one !== '') as string[];
  return full || lines.length === 0 ? lines : [lines.join(' · ')];
}

function docs({ docs: pages, runbooks }: Service, full: boolean): string[] {
  const all = [...runbooks, ...pages];
  return all.length === 0 ? [] : [full ? all.join(', ') : pagesText(all)];
}

/** False where nobody wrote down how it may be operated, and the values are what the shape falls back to. */
export function isOpsWritten({ at, place }: Located<Service>): boolean {
  return at(['ops']).line !== place.line;
}
