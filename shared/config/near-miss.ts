const REACH = 2;

/** The name in `known` that `name` is probably a misspelling of: same first word, at most two letters off, and not only other digits. */
export function nearMiss(name: string, known: readonly string[]): string | undefined {
  const prefix = /^[A-Z0-9]+_/.exec(name)?.[0];
  if (!prefix) return undefined;
  // PIHOLE_1_URL and PIHOLE_2_URL are two variables, not a slip.
  const letters = (text: string) => text.replace(/\d+/g, '#');
  return known.find((other) => other.startsWith(prefix) && letters(other) !== letters(name) && distance(other, name) <= REACH);
}

function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
