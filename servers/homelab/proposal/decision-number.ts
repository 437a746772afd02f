import { Fault } from '@homelab/shared/faults.ts';

const DECISION = /(?:^|\/)(decisions?|adrs?|decision-records?|architecture-decisions?)\/(?:adr-?)?(\d{3,5})[-_. ][^/]*\.(md|markdown)$/i;

/** Throws `conflict` when a new decision takes a number that another page or open proposal has; the hint names a free one. */
export function assertFreeNumber(path: string, taken: readonly string[]): void {
  const own = DECISION.exec(path);
  if (!own) return;
  const [, , digits = ''] = own;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const numbers = taken.flatMap((other) => {
    const number = other.startsWith(folder) && other !== path ? DECISION.exec(other)?.[2] : undefined;
    return number === undefined ? [] : [Number(number)];
  });
  if (!numbers.includes(Number(digits))) return;
  const free = String(Math.max(...numbers) + 1).padStart(digits.length, '0');
  throw new Fault('conflict', `The number ${digits} is taken by another decision or proposal.`, { hint: `${free} is free.` });
}
