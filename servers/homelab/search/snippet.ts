import { termsOf, wordsOf } from './terms.ts';

const LONGEST = 160;

/** The part of a chunk that answers best: at most 160 characters, whole words, one line. */
export function snippetOf(text: string, terms: ReadonlyMap<string, number>): string {
  let best = { score: -1, line: '' };
  for (const line of text.split('\n')) {
    const plain = line.replace(/\*\*|^[\s>#*+|-]+|[\s|]+$/g, '').replace(/\s+/g, ' ');
    if (plain === '') continue;
    const score = worth(plain, terms) - (/^\s*#/.test(line) ? 0.01 : 0);
    if (score > best.score) best = { score, line: plain };
  }
  return best.line.length <= LONGEST ? best.line : windowOf(best.line, terms);
}

function worth(text: string, terms: ReadonlyMap<string, number>): number {
  const found = new Set(wordsOf(text).flatMap((word) => [...termsOf(word)]));
  let value = 0;
  for (const term of found) value += terms.get(term) ?? 0;
  return value;
}

function windowOf(line: string, terms: ReadonlyMap<string, number>): string {
  const words = line.split(' ');
  let best = { value: -1, text: '' };
  for (let from = 0; from < words.length; from += 4) {
    let to = from;
    let length = 0;
    while (to < words.length && length + (words[to]?.length ?? 0) + 1 <= LONGEST - 8) length += (words[to++]?.length ?? 0) + 1;
    const inside = words
      .slice(from, Math.max(to, from + 1))
      .join(' ')
      .slice(0, LONGEST - 8);
    const value = worth(inside, terms);
    if (value > best.value) best = { value, text: `${from > 0 ? '... ' : ''}${inside}${to < words.length ? ' ...' : ''}` };
    if (to >= words.length || from > 2_000) break;
  }
  return best.text;
}
