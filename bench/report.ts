import { availableParallelism, cpus, platform } from 'node:os';
import { type Figure, load, met, ratio } from './harness.ts';

const LIMITS = { most: '<=', least: '>=' };

/** A number with three significant digits, without exponent. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 6));
}

/** The machine a figure was measured on, in one line. */
export function machine(): string {
  return `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}, ${platform()} ${process.arch}, Node ${process.versions.node}, load ${load()}`;
}

/** MET, MISSED, or nothing for a figure without a goal. */
export function verdict(it: Figure): string {
  const kept = met(it);
  return kept === undefined ? '' : kept ? 'MET' : 'MISSED';
}

function cells(it: Figure): string[] {
  const share = ratio(it);
  const goal = it.goal ? `${LIMITS[it.goal.at]} ${number(it.goal.value)}${it.goal.of === 'ratio' ? 'x' : ''}` : '-';
  const reference = it.reference ? `${number(it.reference.value)} (${it.reference.name})` : '-';
  return [
    it.name,
    `${number(it.value)} ${it.unit}`.trim(),
    goal,
    reference,
    share === undefined ? '-' : `${number(share)}x`,
    verdict(it),
    it.note ?? '',
  ];
}

/** The figures as a table for a person: one block per group, columns aligned. */
export function table(figures: readonly Figure[]): string {
  const head = ['figure', 'measured', 'goal', 'reference', 'ratio', '', 'note'];
  const rows = figures.map(cells);
  const width = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(width[i] ?? 0))
      .join('  ')
      .trimEnd();
  const out: string[] = [];
  let group: string | undefined;
  for (const [i, it] of figures.entries()) {
    if (i === 0 || it.group !== group) out.push('', ...(it.group ? [`## ${it.group}`] : []), line(head));
    group = it.group;
    out.push(line(rows[i] ?? []));
  }
  return out.join('\n');
}
