import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { closest } from './closest.ts';
import { find } from './find.ts';
import { oneHost, serviceNamed, type Unnamed } from './named.ts';
import type { Runbook } from './runbook.ts';
import type { RunbookQuestion } from './runbooks.ts';

/** What somebody asks a runbook for. */
export interface RunbookAsked {
  symptom?: string | undefined;
  alert?: string | undefined;
  host?: string | undefined;
  service?: string | undefined;
}

/** Words of a symptom that name more than this are a topic. */
const MOST_SPOKEN = 4;

/** The question with names as the inventory has them, those in the symptom's words included; `notes` tell what is known by none. */
export function runbookQuestion(
  inventory: Inventory,
  runbooks: readonly Runbook[],
  { symptom = '', alert, host, service }: RunbookAsked,
): { question: RunbookQuestion; notes: string[] } {
  const alerts = [...new Set(runbooks.flatMap((one) => one.alerts))];
  const words = new Set(symptom.toLowerCase().split(/[^\p{L}\p{N}_-]+/u));
  const named = alert ?? alerts.find((one) => words.has(one.toLowerCase()));
  const notes: string[] = [];
  if (alert !== undefined && !alerts.some((one) => one.toLowerCase() === alert.toLowerCase()))
    notes.push(`No runbook names the alert ${plain(alert, 80)}.${meant(closest(alert, alerts))}`);

  const spoken = symptom === '' ? [] : find(inventory, symptom, { near: false }).matches.filter(({ aside, loose }) => !aside && !loose);
  const said = (kind: string) => {
    const names = spoken.flatMap(({ subject }) => (subject.kind === kind ? [subject.name] : []));
    return names.length <= MOST_SPOKEN ? names : [];
  };
  const hosts: string[] = [];
  const services: string[] = [];
  const pages: string[] = [];
  for (const name of host === undefined ? said('host') : [host]) {
    const found = oneHost(inventory, name);
    if ('unnamed' in found) notes.push(unknown('host', found.unnamed));
    hosts.push(...('host' in found ? [found.host.value.name, ...found.host.value.aliases] : [name]));
    if ('host' in found) pages.push(...found.host.value.runbooks);
  }
  for (const name of service === undefined ? said('service') : [service]) {
    const found = serviceNamed(inventory, name);
    if ('unnamed' in found && found.unnamed.several.length === 0) notes.push(unknown('service', found.unnamed));
    services.push(
      ...('service' in found ? [found.service.value.name] : [name, ...found.unnamed.several.map((one) => one.split(' on ')[0] ?? one)]),
    );
    if ('service' in found) pages.push(...found.service.value.runbooks);
  }
  return { question: { ...(named && { alert: named }), hosts, services, named: pages }, notes };
}

function unknown(kind: string, { asked, nearest }: Unnamed): string {
  return `The inventory has no ${kind} called ${asked}.${meant(nearest)}`;
}

function meant(names: readonly string[]): string {
  return names.length > 0 ? ` Did you mean: ${names.map((name) => plain(name, 80)).join(', ')}?` : '';
}
