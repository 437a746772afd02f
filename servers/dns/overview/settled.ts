import { Fault } from '@homelab/shared/faults.ts';

/** What one Pi-hole answered, or our sentence about why it did not. */
export type Each<Value> = { name: string; role: string } & ({ value: Value; trouble?: undefined } | { value?: undefined; trouble: string });

/** Asks every Pi-hole; one that fails does not fail the others. A bug is thrown all the same, and so is a failure of all. */
export async function settled<Node extends { name: string; role: string }, Value>(
  nodes: readonly Node[],
  ask: (node: Node) => Promise<Value>,
  options: { allMayFail?: boolean } = {},
): Promise<Each<Value>[]> {
  const faults: Fault[] = [];
  const each = await Promise.all(
    nodes.map(async (node): Promise<Each<Value>> => {
      const { name, role } = node;
      try {
        return { name, role, value: await ask(node) };
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        faults.push(error);
        return { name, role, trouble: `${error.message}${error.hint ? ` ${error.hint}` : ''}` };
      }
    }),
  );
  const [first] = faults;
  if (first && faults.length === nodes.length && !options.allMayFail) throw first;
  return each;
}
