const STOP = new Set(
  `a about after all also am an and any are as at back be been but by can cannot could day did do does doing don down each else every few for from get gets
  give given go goes got had has have here how i if in into is isn it its just know let like long made make many may me more most much must my need no
  not now of off old on once one only or other our out over own per put right same say see set shall she should show so some still such take tell than
  that the their them then there these they this those through to too two under until up us use used uses using very want wants was we well were what
  when where which while who whom whose why will with without would yes yet you your der die das ein eine und oder ist sind wo wie was wer wird
  werden von vom zum zur mit für auf im in an am den dem des`.split(/\s+/),
);
const ENDINGS = ['ations', 'ation', 'ings', 'ing', 'ies', 'ers', 'ed', 'er', 'es', 's', 'e', 'y'];

/** A word without its common English ending, so that "restores", "restored" and "restoring" are one word. Rougher than a stemmer: it errs towards "the same". */
export function stem(word: string): string {
  const ending = ENDINGS.find((it) => word.endsWith(it) && word.length - it.length >= 3);
  const cut = ending ? word.slice(0, -ending.length) : word;
  return cut.replace(/(.)\1$/, '$1');
}

/** The content words of a text, stemmed: no stop words, nothing under three characters. */
export function contentWords(text: string): Set<string> {
  const spaced = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase();
  const words = spaced.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.filter((word) => !STOP.has(word)).map(stem));
}

/** What a document is called: its path, its front matter's title, its headings, and the service names of a compose file. */
export function naming(path: string, text: string): string {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const headings = path.endsWith('.md') ? (prose.match(/^#{1,6} .+$/gm) ?? []) : [];
  const titles = text.match(/^title: .+$/gm) ?? [];
  const services = /(^|\/)(docker-)?compose[^/]*\.ya?ml$/.test(path) ? (text.match(/^ {2}[\w-]+:/gm) ?? []) : [];
  return [path, ...headings, ...titles.map((line) => line.slice(7)), ...services].join(' ').replaceAll(/[_./:-]/g, ' ');
}

/** Content words that a question has in common with the names of a document. */
export function shared(question: string, path: string, text: string): string[] {
  const names = contentWords(naming(path, text));
  return [...contentWords(question.replaceAll(/[_./:-]/g, ' '))].filter((word) => names.has(word));
}
