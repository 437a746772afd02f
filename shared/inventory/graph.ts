import type { Inventory } from './inventory.ts';

/** One edge: `from` needs `to`. */
export interface Need {
  from: string;
  to: string;
  kind: 'hard' | 'soft';
  why?: string;
}

/** A service or host reached from another one, with the edge that led there and how many steps it is away. */
export interface Reached {
  name: string;
  depth: number;
  kind: 'hard' | 'soft';
  /** The neighbour it was reached from. */
  through: string;
  why?: string;
}

/** Who needs whom. Hosts are nodes too, as `host:name`: every service needs its host hard. */
export class ServiceGraph {
  readonly #needs = new Map<string, Need[]>();
  readonly #neededBy = new Map<string, Need[]>();

  constructor(inventory: Inventory) {
    for (const { value: service } of inventory.services) {
      this.#add({ from: service.name, to: hostNode(service.owner_node), kind: 'hard' });
      for (const { service: to, kind, why } of service.depends_on) {
        this.#add({ from: service.name, to, kind, ...(why === undefined ? {} : { why }) });
      }
    }
  }

  /** What `name` needs, directly and through others, nearest first. */
  needs(name: string, depth = Number.POSITIVE_INFINITY): Reached[] {
    return walk(
      name,
      depth,
      (node) => this.#needs.get(node) ?? [],
      (need) => need.to,
    );
  }

  /** What is worse off without `name`, nearest first; `kind` is hard only where every step on the way is hard. */
  breaks(name: string, depth = Number.POSITIVE_INFINITY): Reached[] {
    return walk(
      name,
      depth,
      (node) => this.#neededBy.get(node) ?? [],
      (need) => need.from,
    );
  }

  /** The edges from `name` to what it needs itself. */
  needsOf(name: string): readonly Need[] {
    return this.#needs.get(name) ?? [];
  }

  /** The edges from those that need `name` themselves. */
  dependentsOf(name: string): readonly Need[] {
    return this.#neededBy.get(name) ?? [];
  }

  /** Every node, services and hosts. */
  nodes(): string[] {
    return [...new Set([...this.#needs.keys(), ...this.#neededBy.keys()])];
  }

  /** Groups of services that need each other in a circle of hard edges, each once; found in one pass (Tarjan). */
  cycles(): string[][] {
    return stronglyConnected(this.#needs);
  }

  #add(need: Need): void {
    push(this.#needs, need.from, need);
    push(this.#neededBy, need.to, need);
  }
}

/** The node that stands for a host. */
export function hostNode(name: string): string {
  return `host:${name}`;
}

function push(map: Map<string, Need[]>, key: string, need: Need): void {
  const list = map.get(key);
  if (list) list.push(need);
  else map.set(key, [need]);
}

/** Breadth first over hard edges before soft ones, so that each node is reported at its strongest. */
function walk(start: string, depth: number, edges: (node: string) => Need[], end: (need: Need) => string): Reached[] {
  const found = new Map<string, Reached>();
  for (const hardOnly of [true, false]) {
    let frontier: { node: string; kind: 'hard' | 'soft' }[] = [{ node: start, kind: 'hard' }];
    const seen = new Set([start]);
    for (let step = 1; step <= depth && frontier.length > 0; step++) {
      const next: typeof frontier = [];
      for (const { node, kind } of frontier) {
        for (const need of edges(node)) {
          if (hardOnly && need.kind !== 'hard') continue;
          const name = end(need);
          if (seen.has(name)) continue;
          seen.add(name);
          const reached = kind === 'hard' && need.kind === 'hard' ? 'hard' : 'soft';
          if (!found.has(name))
            found.set(name, { name, depth: step, kind: reached, through: node, ...(need.why ? { why: need.why } : {}) });
          next.push({ node: name, kind: reached });
        }
      }
      frontier = next;
    }
  }
  return [...found.values()].sort((a, b) => a.depth - b.depth || Number(a.kind === 'soft') - Number(b.kind === 'soft'));
}

/** Tarjan's algorithm without recursion: a chain of 10,000 services must not end the stack. */
function stronglyConnected(needs: ReadonlyMap<string, readonly Need[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const hard = (node: string): string[] => (needs.get(node) ?? []).filter((need) => need.kind === 'hard').map((need) => need.to);

  for (const root of needs.keys()) {
    if (index.has(root)) continue;
    const work = [{ node: root, rest: open(root) }];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        work.pop();
        const parent = work.at(-1);
        if (parent) low.set(parent.node, Math.min(low.get(parent.node) ?? 0, low.get(top.node) ?? 0));
        if (low.get(top.node) === index.get(top.node)) close(top.node);
      } else if (!index.has(next)) work.push({ node: next, rest: open(next) });
      else if (onStack.has(next)) low.set(top.node, Math.min(low.get(top.node) ?? 0, index.get(next) ?? 0));
    }
  }
  return groups;

  function open(node: string): string[] {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    onStack.add(node);
    return hard(node);
  }

  function close(node: string): void {
    const group: string[] = [];
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      onStack.delete(member);
      group.push(member);
      if (member === node) break;
    }
    const self = group.length === 1 && hard(node).includes(node);
    if (group.length > 1 || self) groups.push(group.reverse());
  }
}
