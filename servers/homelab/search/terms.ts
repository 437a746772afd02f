import { stem } from './stem.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}._:/@=+'’-]*/gu;
const SEGMENT = /[/:@=+,]+/;
const PART = /[._'’-]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const NUMBERS = /^[\d.]+$/;
const LONGEST = 40;
const REMEMBERED = 200_000;

/** The words of a text as they stand: host names, image tags and paths are one word each. */
export function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

const memo = new Map<string, readonly string[]>();

/** The terms under which a word is found: whole and split, folded, stemmed; `Pi-hole`, `pi_hole` and `pihole` share one. The first is the whole. */
export function termsOf(word: string): readonly string[] {
  const known = memo.get(word);
  if (known) return known;
  const terms = [...new Set(split(word))];
  if (memo.size >= REMEMBERED) memo.clear();
  memo.set(word, terms);
  return terms;
}

/** Lower case without diacritics. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return /[^\x00-\x7f]/.test(lower) ? lower.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss') : lower;
}

function split(word: string): string[] {
  const terms: string[] = [];
  for (const raw of word.split(SEGMENT)) {
    const segment = raw.replace(/['’]s$/u, '').replace(/^[._'’-]+|[._'’-]+$/gu, '');
    if (segment === '') continue;
    if (NUMBERS.test(segment)) {
      if (segment.length <= LONGEST) terms.push(segment);
      continue;
    }
    const parts = segment.split(PART).filter((part) => part !== '');
    const whole = fold(parts.join(''));
    if (whole.length <= LONGEST) terms.push(stem(whole));
    if (parts.length > 1) for (const part of parts) if (part.length > 1 && part.length <= LONGEST) terms.push(stem(fold(part)));
  }
  return terms;
}
