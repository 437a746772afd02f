import { fold, type Inventory } from '@homelab/shared/inventory/inventory.ts';
import type { Runbook } from './runbook.ts';

/** What stands ready for a set of services and hosts: the page for each alert, further pages, and the tools those pages use, most used first. */
export interface Remedies {
  /** An alert and the titles and paths of its pages. */
  alerts: { alert: string; pages: string[] }[];
  others: string[];
  tools: string[];
}

const TOOLS = 8;
/** A page names the tools it begins with first. */
const FIRST = 3;

/** The alerts, pages and tools for what is named; an alert without a page is told with none. */
export function remediesOf(
  inventory: Inventory,
  runbooks: readonly Runbook[],
  { services, hosts }: { services: readonly string[]; hosts: readonly string[] },
): Remedies {
  const has = (list: readonly string[], wanted: readonly string[]) => list.some((one) => wanted.some((name) => fold(name) === fold(one)));
  const fitting = runbooks.filter((page) => has(page.services, services) || has(page.hosts, hosts));
  const raised = inventory.services.filter(({ value }) => services.includes(value.name)).flatMap(({ value }) => value.observability.alerts);
  const alerts = [
    ...new Set([...raised, ...(hosts.length > 0 ? fitting.filter((page) => has(page.hosts, hosts)).flatMap((page) => page.alerts) : [])]),
  ];
  const told = (page: Runbook) => `${page.path} (${page.title})`;
  const pagesOf = (alert: string) => {
    const all = runbooks.filter((page) => has(page.alerts, [alert]));
    const near = all.filter((page) => fitting.includes(page));
    return near.length > 0 ? near : all;
  };
  const byAlert = new Set(alerts.flatMap(pagesOf));
  const uses = new Map<string, number>();
  for (const page of fitting) for (const tool of page.tools.slice(0, FIRST)) uses.set(tool, (uses.get(tool) ?? 0) + 1);
  return {
    alerts: alerts.map((alert) => ({ alert, pages: pagesOf(alert).map(told) })),
    others: fitting.filter((page) => !byAlert.has(page)).map(told),
    tools: [...uses]
      .sort((a, b) => b[1] - a[1])
      .slice(0, TOOLS)
      .map(([tool]) => tool),
  };
}

/** Remedies a line each; third-party text. */
export function remedyLines({ alerts, others, tools }: Remedies): string[] {
  return [
    ...alerts.slice(0, 30).map(({ alert, pages }) => `${alert}: ${pages.slice(0, 3).join(', ') || 'no runbook'}`),
    ...(alerts.length > 30 ? [`30 of ${alerts.length} alerts`] : []),
    ...(others.length > 0 ? [`also: ${others.slice(0, 8).join(', ')}`] : []),
    ...(tools.length > 0 ? [`tools these pages begin with: ${tools.join(', ')}`] : []),
  ];
}
