import { fold } from '@homelab/shared/inventory/inventory.ts';
import type { Runbook } from './runbook.ts';

/** What a runbook is looked for by; hosts and services by the names the inventory has for them. */
export interface RunbookQuestion {
  alert?: string;
  hosts?: readonly string[];
  services?: readonly string[];
  /** Paths that the contract of the service or host names. */
  named?: readonly string[];
  /** Paths that the words of the symptom lead to, best first. */
  told?: readonly string[];
}

/** A runbook that fits, and why. */
export interface RunbookMatch {
  runbook: Runbook;
  why: string[];
  score: number;
  /** The page is for the alert that was asked for. */
  certain: boolean;
}

const WEIGHT = { alert: 16, service: 5, named: 2, host: 2, told: 9 };

/** The runbooks that fit a question, best first: front matter before text. */
export function matchRunbooks(runbooks: readonly Runbook[], question: RunbookQuestion): RunbookMatch[] {
  const { alert, hosts = [], services = [], named = [], told = [] } = question;
  const narrowed = hosts.length + services.length > 0;
  const matches = runbooks
    .map((runbook): RunbookMatch => {
      const why: string[] = [];
      let score = 0;
      const count = (weight: number, reason: string) => {
        score += weight;
        why.push(reason);
      };
      const by = (list: readonly string[], wanted: readonly string[]) =>
        list.find((one) => wanted.some((name) => fold(name) === fold(one)));
      const byAlert = alert === undefined ? undefined : by(runbook.alerts, [alert]);
      // The fewer alerts a page is for, the more it is for this one.
      if (byAlert) count(WEIGHT.alert + 2 / runbook.alerts.length, `alert ${byAlert}`);
      const service = by(runbook.services, services);
      if (service) count(WEIGHT.service + 2 / runbook.services.length, `service ${service}`);
      const host = by(runbook.hosts, hosts);
      if (host) count(WEIGHT.host + 1 / runbook.hosts.length, `host ${host}`);
      const linked = named.indexOf(runbook.path);
      if (linked >= 0 && narrowed) count(WEIGHT.named + 1 / (linked + 1), 'the contract');
      const place = told.indexOf(runbook.path);
      if (place >= 0) count(WEIGHT.told / (place + 1), 'text');
      return { runbook, why, score, certain: byAlert !== undefined };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  // Where an alert is named, what only shares words with it is noise.
  const certain = matches.filter((match) => match.certain);
  return certain.length > 0 ? certain : matches;
}
