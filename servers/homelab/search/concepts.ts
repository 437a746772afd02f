import { HOUSEHOLD } from './catalogue-household.ts';
import { OPERATIONS } from './catalogue-operations.ts';
import { stem } from './stem.ts';
import { SAME, SYNONYMS } from './synonyms.ts';
import { fold, termsOf, wordsOf } from './terms.ts';

/** Another way to say a word: a term of the index with how much it is worth beside the word itself (0 to 1). */
export interface Alternative {
  term: string;
  weight: number;
}

const CATEGORY = 0.6;
const LINE = 0.75;
const SYNONYM = 0.4;
const NAME = 0.9;

const products = new Map<string, string[]>();
const phrases = new Map<string, Alternative[]>();
let longest = 1;

/** The catalogue's key of a name: folded, without separators, stemmed. */
const nameKey = (name: string): string => stem(fold(name).replace(/[^\p{L}\p{N}]/gu, ''));
/** The terms of a phrase, one per word, joined by spaces. */
const phraseKey = (phrase: string): string =>
  wordsOf(phrase)
    .map((word) => termsOf(word)[0] ?? '')
    .join(' ');

function say(phrase: string, alternative: Alternative): void {
  const key = phraseKey(phrase);
  longest = Math.max(longest, key.split(' ').length);
  const known = phrases.get(key);
  if (!known) phrases.set(key, [alternative]);
  else if (!known.some(({ term, weight }) => term === alternative.term && weight >= alternative.weight)) known.push(alternative);
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

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
    const concept = `${category}.${at}`;
    for (const name of list(names)) {
      const key = nameKey(name);
      products.set(key, [...(products.get(key) ?? []), category, concept]);
    }
    for (const phrase of list(own)) say(phrase, { term: concept, weight: LINE });
  });
}

function readGroups(text: string, weight: number): void {
  for (const line of text.split('\n')) {
    const members = list(line);
    for (const member of members) {
      for (const other of members) {
        const key = phraseKey(other);
        if (other === member || key === phraseKey(member)) continue;
        if (!key.includes(' ')) say(member, { term: key, weight });
        else if (weight === NAME) say(member, { term: nameKey(other), weight });
      }
    }
  }
}

readCatalogue(HOUSEHOLD, 'h');
readCatalogue(OPERATIONS, 'o');
readGroups(SAME, NAME);
readGroups(SYNONYMS, SYNONYM);

/** The concept terms a product stands for (its category, its line of the catalogue); undefined for a name that is no product's. */
export function conceptsOf(name: string): readonly string[] | undefined {
  return products.get(nameKey(name));
}

/** The concepts of a term that is already folded and stemmed. */
export function conceptsOfTerm(term: string): readonly string[] | undefined {
  return products.get(term);
}

/** Other ways to say what stands at `at` in a row of terms: for each known phrase that starts there, its length in terms and the alternatives. */
export function phrasesAt(terms: readonly string[], at: number): { length: number; alternatives: readonly Alternative[] }[] {
  const found = [];
  let key = '';
  for (let length = 1; length <= longest && at + length <= terms.length; length++) {
    key += `${length > 1 ? ' ' : ''}${terms[at + length - 1]}`;
    const alternatives = phrases.get(key);
    if (alternatives) found.push({ length, alternatives });
  }
  return found;
}
