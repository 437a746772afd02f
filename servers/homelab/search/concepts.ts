import { DETAILS } from './catalogue-details.ts';
import { HOUSEHOLD } from './catalogue-household.ts';
import { OPERATIONS } from './catalogue-operations.ts';
import { EVERYDAY_NAMES } from './everyday-names.ts';
import { stem } from './stem.ts';
import { SAME, SYNONYMS } from './synonyms.ts';
import { THINGS } from './synonyms-things.ts';
import { fold, termsOf, wordsOf } from './terms.ts';

/** Another way to say a word: a term of the index with how much it is worth beside the word itself (0 to 1). */
export interface Alternative {
  term: string;
  weight: number;
  /** Only a similar spelling: it may lead to a place, but is weak proof that the place answers. */
  guess?: true;
}

const CATEGORY = 0.75;
const LINE = 0.75;
const SYNONYM = 0.5;
/** A phrase of several words says more than a word. */
const PHRASE = 0.65;
const NAME = 0.9;

const PARTIAL = 0.45;

interface Phrase {
  words: readonly string[];
  alternative: Alternative;
}

const products = new Map<string, string[]>();
/** Every phrase under each of its words. */
const phrases = new Map<string, Phrase[]>();

/** The catalogue's key of a name: folded, without separators, stemmed. */
const nameKey = (name: string): string => stem(fold(name).replace(/[^\p{L}\p{N}]/gu, ''));
const termsIn = (phrase: string): string[] => wordsOf(phrase).map((word) => termsOf(word)[0] ?? '');

function say(text: string, alternative: Alternative): void {
  const all = termsIn(text);
  const words = all.filter((word) => !LINKS.has(word));
  if (words.length === 0 || (words.length === 1 && all.length > 1)) return;
  for (const word of words) {
    const known = phrases.get(word);
    if (known) known.push({ words, alternative });
    else phrases.set(word, [{ words, alternative }]);
  }
}

const LINKS = new Set([
  'a',
  'an',
  'the',
  'to',
  'of',
  'in',
  'on',
  'for',
  'and',
  'is',
  'it',
  'my',
  'i',
  'me',
  'from',
  'with',
  'at',
  'up',
  'out',
  'off',
  'not',
  'do',
  'doe',
  'by',
  'are',
  'be',
]);
const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const everyday = new Set(list(EVERYDAY_NAMES.replaceAll('\n', ' ')).map(nameKey));

function readCatalogue(text: string, from: string): void {
  let category = '';
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    if (!line.startsWith(' ')) {
      category = `#${from}${at}`;
      for (const phrase of list(line)) say(phrase, { term: category, weight: CATEGORY });
      return;
    }
    const [names = '', own = ''] = line.split(':');
    const concept = `${category || `#${from}`}.${at}`;
    for (const name of list(names)) {
      const key = nameKey(name);
      products.set(key, [...(products.get(key) ?? []), ...(category ? [category] : []), concept]);
    }
    for (const phrase of list(own)) say(phrase, { term: concept, weight: LINE });
  });
}

function readGroups(text: string, weight: number): void {
  for (const line of text.split('\n')) {
    const members = list(line);
    for (const member of members) {
      for (const other of members) {
        const terms = termsIn(other);
        if (other === member || terms.join(' ') === termsIn(member).join(' ')) continue;
        if (terms.length === 1) say(member, { term: terms[0] ?? '', weight: member.includes(' ') ? Math.max(weight, PHRASE) : weight });
        else if (weight === NAME) say(member, { term: nameKey(other), weight });
      }
    }
  }
}

readCatalogue(HOUSEHOLD, 'h');
readCatalogue(OPERATIONS, 'o');
readCatalogue(DETAILS, 'd');
readGroups(SAME, NAME);
readGroups(SYNONYMS, SYNONYM);
readGroups(THINGS, SYNONYM);

/** The concept terms a product stands for (its category, its line of the catalogue); undefined for a name that is no product's. */
export function conceptsOf(name: string): readonly string[] | undefined {
  return products.get(nameKey(name));
}

/** The concepts of a term in running text, folded and stemmed; undefined for no product and for a name that is an everyday word. */
export function conceptsOfTerm(term: string): readonly string[] | undefined {
  return everyday.has(term) ? undefined : products.get(term);
}

/** The concepts whose purpose words a heading or name uses in full. */
export function purposesOf(terms: readonly string[]): Set<string> {
  const there = new Set(terms);
  const found = new Set<string>();
  for (const term of there) {
    for (const { words, alternative } of phrases.get(term) ?? []) {
      if (alternative.term.startsWith('#') && words.every((word) => there.has(word))) found.add(alternative.term);
    }
  }
  return found;
}

/** Whether the field has other ways to say a term. */
export function hasOtherWays(term: string): boolean {
  return phrases.has(term);
}

/** Other ways to say one word of a question. */
export interface OtherWays {
  alternatives: Alternative[];
  /** The word is part of a phrase of which all words are asked for. */
  inPhrase: boolean;
}

/** Other ways to say the words of a question, per word: a phrase counts in full when all its words are asked for, and a word of a longer one a little. */
export function otherWays(terms: readonly string[]): Map<string, OtherWays> {
  const asked = new Set(terms);
  const ways = new Map<string, OtherWays>();
  for (const term of asked) {
    const found: OtherWays = { alternatives: [], inPhrase: false };
    for (const { words, alternative } of phrases.get(term) ?? []) {
      const present = words.filter((word) => asked.has(word)).length;
      if (present === words.length) {
        found.alternatives.push(alternative);
        found.inPhrase ||= words.length > 1;
      } else if (alternative.term.startsWith('#') && present >= words.length / 2) {
        found.alternatives.push({ ...alternative, weight: alternative.weight * PARTIAL });
      }
    }
    ways.set(term, found);
  }
  return ways;
}
