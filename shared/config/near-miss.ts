/** The name in `known` that `name` is probably a misspelling of: same first word, same letters but for one, and not only other digits. */
export function nearMiss(name: string, known: readonly string[]): string | undefined {
  const prefix = /^[A-Z0-9]+_/.exec(name)?.[0];
  if (!prefix) return undefined;
  // PIHOLE_1_URL and PIHOLE_2_URL are two variables, not a slip.
  const wordsOf = (text: string) => text.replace(/\d+/g, '#');
  return known.find((other) => other.startsWith(prefix) && wordsOf(other) !== wordsOf(name) && lettersApart(other, name) <= 1);
}

/** How many letters one has that the other has not, in whatever order: a swapped pair is no difference. */
export function lettersApart(one: string, other: string): number {
  const left = [...other];
  let missing = 0;
  for (const letter of one) {
    const found = left.indexOf(letter);
    if (found < 0) missing++;
    else left.splice(found, 1);
  }
  return Math.max(missing, left.length);
}
