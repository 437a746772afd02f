import type { Inventory } from '@homelab/shared/inventory/inventory.ts';
import { find } from './find.ts';
import type { Subject } from './handles.ts';

/** What a file counts for when the question is a name and nothing else, and when it names something among other words. */
const ALONE = { entity: 4, pages: 1.5 };
const AMONG = { entity: 1.15, pages: 1.15 };
/** A word that names more than these is a topic and no name. */
const MOST = 4;

/** The files of what a question names, the contracts first and then the documents they name, with the factor each counts more by. */
export function preferred(inventory: Inventory, question: string): ReadonlyMap<string, number> {
  const { matches, unmatched } = find(inventory, question, { near: false });
  const named = matches.filter(({ aside, loose }) => !aside && !loose);
  const weights = new Map<string, number>();
  if (named.length === 0 || named.length > MOST) return weights;
  const { entity, pages } = unmatched.length === 0 ? ALONE : AMONG;
  const raise = (path: string, weight: number) => weights.set(path, Math.max(weight, weights.get(path) ?? 1));
  for (const { subject } of named) {
    raise(subject.place.file, entity);
    for (const path of pagesOf(inventory, subject)) raise(path, pages);
  }
  return weights;
}

function pagesOf({ services, hosts, vips }: Inventory, { kind, place }: Subject): string[] {
  const list = kind === 'service' ? services : kind === 'host' ? hosts : kind === 'shared address' ? vips : [];
  const found = list.find((one) => one.place.file === place.file && one.place.line === place.line)?.value;
  return found ? [...found.docs, ...found.runbooks] : [];
}
