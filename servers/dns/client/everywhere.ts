import { Fault } from '@homelab/shared/faults.ts';
import type { Node } from './node.ts';

/** How a change went on one Pi-hole. */
export interface Done<Value> {
  name: string;
  value?: Value;
  /** Our sentence about why it was not made. */
  trouble?: string;
  /** It was made and taken back, because another Pi-hole failed; or that could not be done. */
  back?: 'put back' | 'COULD NOT be put back';
}

/** Changes one Pi-hole after the other. Where one fails the changes of the others are put back, so that they stay alike; the state of each is told. */
export async function everywhere<Value>(
  nodes: readonly Node[],
  change: (node: Node) => Promise<Value>,
  undo: (node: Node, value: Value) => Promise<unknown>,
): Promise<{ all: boolean; each: Done<Value>[] }> {
  const each: Done<Value>[] = [];
  const faults: Fault[] = [];
  for (const node of nodes) {
    try {
      each.push({ name: node.name, value: await change(node) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(error);
      each.push({ name: node.name, trouble: `${error.message}${error.hint ? ` ${error.hint}` : ''}` });
    }
  }
  const [first] = faults;
  if (!first) return { all: true, each };
  if (faults.length === nodes.length) throw first;
  for (const [index, one] of each.entries()) {
    const node = nodes[index];
    if (one.value === undefined || !node) continue;
    one.back = await undo(node, one.value).then(
      () => 'put back' as const,
      () => 'COULD NOT be put back' as const,
    );
  }
  return { all: false, each };
}

/** Refuses a change of the copies alone where the next sync would erase it. */
export function notTheCopyAlone(nodes: readonly Node[], all: readonly Node[], sync: string | undefined): void {
  if (sync === undefined || nodes.some(({ role }) => role === 'primary') || !all.some(({ role }) => role === 'primary')) return;
  throw new Fault('conflict', 'The next sync would erase a change that only the backup has.', {
    hint: 'Leave `pihole` out: it then goes to every Pi-hole.',
  });
}
