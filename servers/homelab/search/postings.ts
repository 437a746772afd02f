/** Where a term occurs: slots of chunks with the term's weight in each. */
export interface Posting {
  slots: number[];
  weights: number[];
}

/** An inverted index whose chunks can be taken out again at the cost of their own terms. */
export interface Postings {
  /** Number of chunks. */
  readonly size: number;
  add(slot: number, weights: ReadonlyMap<string, number>): void;
  remove(slot: number): void;
  get(term: string): Posting | undefined;
  /** Chunks that hold the term. */
  count(term: string): number;
  /** How telling a term is that `count` chunks hold: 0 for one that is everywhere. */
  idf(count: number): number;
  /** Terms with the same first three characters. */
  startingAs(term: string): Iterable<string>;
  /** Terms with the same first character. */
  beginningWith(character: string): Iterable<string>;
}

/** An empty index. */
export function postings(): Postings {
  const lists = new Map<string, Posting>();
  const termsAt = new Map<number, string[]>();
  const byThree = new Map<string, Set<string>>();
  const byOne = new Map<string, Set<string>>();
  const into = (buckets: Map<string, Set<string>>, key: string, term: string) => {
    const bucket = buckets.get(key);
    if (bucket) bucket.add(term);
    else buckets.set(key, new Set([term]));
  };
  return {
    get size() {
      return termsAt.size;
    },
    add(slot, weights) {
      const terms: string[] = [];
      for (const [term, weight] of weights) {
        terms.push(term);
        const list = lists.get(term);
        if (list) {
          list.slots.push(slot);
          list.weights.push(weight);
          continue;
        }
        lists.set(term, { slots: [slot], weights: [weight] });
        if (term.startsWith('#')) continue;
        into(byOne, term.slice(0, 1), term);
        if (term.length >= 3) into(byThree, term.slice(0, 3), term);
      }
      termsAt.set(slot, terms);
    },
    remove(slot) {
      for (const term of termsAt.get(slot) ?? []) {
        const list = lists.get(term);
        if (!list) continue;
        if (list.slots.length === 1) {
          lists.delete(term);
          byOne.get(term.slice(0, 1))?.delete(term);
          byThree.get(term.slice(0, 3))?.delete(term);
          continue;
        }
        const at = list.slots.indexOf(slot);
        const lastSlot = list.slots.pop() ?? 0;
        const lastWeight = list.weights.pop() ?? 0;
        if (at < list.slots.length) {
          list.slots[at] = lastSlot;
          list.weights[at] = lastWeight;
        }
      }
      termsAt.delete(slot);
    },
    get: (term) => lists.get(term),
    count: (term) => lists.get(term)?.slots.length ?? 0,
    idf: (count) => Math.log(1 + (termsAt.size - count + 0.5) / (count + 0.5)),
    startingAs: (term) => byThree.get(term.slice(0, 3)) ?? [],
    beginningWith: (character) => byOne.get(character) ?? [],
  };
}
