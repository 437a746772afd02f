import { CODES, type Code, type Finding, SEVERITIES, type Severity } from './finding.ts';

/** How many findings there are of each severity. */
export type Counts = Record<Severity, number>;

/** Counts over all findings, whatever is shown. */
export function countsOf(findings: readonly Finding[]): Counts {
  const counts: Counts = { error: 0, warn: 0, info: 0, undetermined: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** `2 errors, 0 warnings, 3 info, 1 undetermined` */
export function countsText({ error, warn, info, undetermined }: Counts): string {
  return `${error} ${error === 1 ? 'error' : 'errors'}, ${warn} ${warn === 1 ? 'warning' : 'warnings'}, ${info} info, ${undetermined} undetermined`;
}

/** Findings of at least this severity and, where kinds are given, of these kinds. A kind with a dash at its end stands for all that begin so. */
export function selected(findings: readonly Finding[], severity: Severity, kinds: readonly string[] = []): Finding[] {
  const worst = SEVERITIES.indexOf(severity);
  const wanted = (code: string) =>
    kinds.length === 0 || kinds.some((kind) => code === kind || (kind.endsWith('-') && code.startsWith(kind)));
  return findings.filter((one) => SEVERITIES.indexOf(one.severity) <= worst && wanted(one.code));
}

/** Every kind there is. */
export const KINDS_OF_FINDING = Object.keys(CODES) as Code[];
