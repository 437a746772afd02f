const VOWEL = /[aeiouy]/;

/** The stem of a lower-case English word: inflections and the common noun and verb endings go, so that "restoring", "restored" and "restoration" meet. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  return ending(verb(plural(word)));
}

function plural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}

function verb(word: string): string {
  const base = word.endsWith('ing') ? word.slice(0, -3) : word.endsWith('ed') ? word.slice(0, -2) : undefined;
  if (base === undefined || base.length < 3 || !VOWEL.test(base)) return word;
  if (base.length > 3 && /([^aeiouylsz])\1$/.test(base)) return base.slice(0, -1);
  return base;
}

const ENDINGS: readonly (readonly [string, string, number])[] = [
  ['ization', 'iz', 3],
  ['isation', 'iz', 3],
  ['ication', 'ic', 3],
  ['ation', '', 4],
  ['ition', '', 4],
  ['ption', 'pt', 3],
  ['ction', 'ct', 3],
  ['tion', 't', 4],
  ['sion', 's', 4],
  ['ment', '', 5],
  ['ness', '', 4],
  ['ably', '', 4],
  ['able', '', 4],
  ['ible', '', 4],
  ['ally', '', 4],
  ['ate', '', 4],
  ['ly', '', 4],
  ['ery', '', 5],
  ['ary', '', 5],
  ['er', '', 5],
  ['or', '', 5],
  ['al', '', 5],
  ['ise', 'iz', 4],
  ['e', '', 4],
  ['y', 'i', 3],
];

function ending(word: string): string {
  for (const [suffix, by, least] of ENDINGS) {
    if (word.endsWith(suffix) && word.length - suffix.length >= least) return trim(word.slice(0, -suffix.length) + by);
  }
  return word;
}

const trim = (word: string): string => (/[^aeiou]e$/.test(word) && word.length > 4 ? word.slice(0, -1) : word);
