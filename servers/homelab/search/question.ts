import { type Alternative, conceptsOfTerm, hasOtherWays, otherWays } from './concepts.ts';
import type { Postings } from './postings.ts';
import { longerTerms, similarTerms } from './spelling.ts';
import { fold, termsOf, wordsOf } from './terms.ts';

/** One word of the question that tells something, with all the terms that answer it. */
export interface Asked {
  word: string;
  term: string;
  /** The term of the repository that a mistyped word stands for. */
  meant?: string;
  /** Weights 0 to 1. */
  alternatives: Alternative[];
  /** How much the word tells in a question: 1, or less for words people use to fill a sentence. */
  weight: number;
  /** How much it tells that the word is nowhere: most for names of things, least for a word the field does not know. */
  absence: number;
}

const MOST_WORDS = 32;
const PREFIX = 0.5;
const TYPO = 0.6;
const CORRECTION = 0.85;
const CORRECTED = 6;
const CORRECTED_TWICE = 9;
const PART = 0.5;
/** Other ways weigh more when the word itself is nowhere. */
const ABSENT = 1.3;
const RARE = 2;

const words = (text: string): string[] => text.trim().split(/\s+/);
const PARTICLES = new Set(words('in up down out back off over'));
const STOP = new Set(
  words(`a an the and or but nor of to in on at by for from with without into onto over under about as is are was were be been being am do does did doing done
  have has had having i me my mine we us our ours you your yours he she it its they them their this that these those there here what which who whom whose
  where when why how if then than so such not no yes can could will would shall should may might must let lets s t re ve ll d m isnt arent dont doesnt didnt wont cant
  please tell show find give any some all each every both again also just only too very out up off upon via per between during while because until once`),
);
const FILLER = new Set(
  words(`want need like get got getting go goes going gone make makes making made put take takes taking taken use uses using used thing things stuff way ways something
  someone somebody anything anyone everything everyone nothing happen happens happened happening supposed suppose keep keeps keeping kept try tried trying know think
  look looks looking see seen come comes came coming say says said work works working back still already always never ever now new own same other another else more most
  much many few little lot lots really actually currently current right good bad best better well kind sort type able allow allowed come bit first last next whole
  exactly mean means meant matter anymore around inside instead home homelab lab house people person day days time times one two ones seem seems whenever wherever
  possible correct proper properly usually normal set sets setting run runs running live lives change changes changed changing call called calls name named
  file files folder thing part parts place end start started app apps application program software service services tool tools handle handles provide provides
  today nowadays tonight tomorrow yesterday recently soon later ago week weeks month months year years hour hours minute minutes done own private alternative replacement box system site web page available online manage access show shows point line central`).map(
    (word) => termsOf(word)[0] ?? word,
  ),
);
const FILLER_WEIGHT = 0.4;
const PRODUCT_ABSENT = 1.5;
const NAME_ABSENT = 1.3;
const PURPOSE_ABSENT = 0.9;
const WORD_ABSENT = 0.4;
/** In a short question each missing word tells more. */
const SHORT = 1;

/** Reads a question into what it asks for; at most 32 words count. */
export function asked(query: string, index: Postings): Asked[] {
  const plain = query
    .slice(0, 4_000)
    .replace(/can['’]t\b/gi, 'cannot')
    .replace(/n['’]t\b/gi, ' not');
  const raw = joinParticles(
    wordsOf(plain)
      .slice(0, MOST_WORDS * 4)
      .flatMap(segmentsOf),
    index,
  );
  const all = raw.filter((word) => !STOP.has(fold(word).replace(/['’]/g, '')));
  const telling = (all.length > 0 ? all : raw).slice(0, MOST_WORDS);
  const groups: Asked[] = telling.flatMap((word) => {
    const [term, ...parts] = termsOf(word);
    if (term === undefined) return [];
    const alternatives = [{ term, weight: 1 }, ...(conceptsOfTerm(term) ? [] : parts.map((part) => ({ term: part, weight: PART })))];
    return [
      {
        word,
        term,
        alternatives,
        weight: FILLER.has(term) ? FILLER_WEIGHT : 1,
        absence: conceptsOfTerm(term) ? PRODUCT_ABSENT : isName(word, plain) ? NAME_ABSENT : WORD_ABSENT,
      },
    ];
  });
  for (const group of groups) correct(group, index);
  joinNeighbours(groups, index);
  addPhrases(groups, index);
  for (const group of groups) if (index.count(group.term) <= RARE) addSpellings(group, index);
  for (const group of groups) group.absence = Math.min(PRODUCT_ABSENT, group.absence + SHORT / groups.length);
  const seen = new Set<string>();
  return groups.filter(({ term }) => !seen.has(term) && seen.add(term));
}

/** `registry/owner/image:tag` asks for each of its pieces. */
function segmentsOf(word: string): string[] {
  return word.split(/[/:@=,+]+/).filter((segment) => segment !== '');
}

/** "log in", "back up" and "off site" are found as one word where the repository or the field writes them so. */
function joinParticles(words: string[], index: Postings): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1) ?? '';
    const both = last !== '' && (PARTICLES.has(word.toLowerCase()) || PARTICLES.has(last.toLowerCase())) ? `${last}${word}` : '';
    const term = termsOf(both)[0] ?? '';
    if (both !== '' && (index.count(term) > 0 || hasOtherWays(term))) joined[joined.length - 1] = both;
    else joined.push(word);
  }
  return joined;
}

/** A word written as a name: a capital inside a sentence, or letters with digits. */
function isName(word: string, question: string): boolean {
  return (/^\p{Lu}/u.test(word) && !question.trimStart().startsWith(word)) || /\p{L}\p{Lu}|\p{L}\d/u.test(word);
}

/** "pi hole" is found as "pihole". */
function joinNeighbours(groups: Asked[], index: Postings): void {
  for (const [at, group] of groups.entries()) {
    const next = groups[at + 1];
    if (!next) return;
    const joined = termsOf(fold(group.word + next.word))[0];
    if (joined === undefined || (index.count(joined) === 0 && !conceptsOfTerm(joined))) continue;
    for (const half of [group, next]) {
      half.alternatives.push({ term: joined, weight: 1 });
      if (conceptsOfTerm(joined)) half.absence = PRODUCT_ABSENT;
    }
  }
}

function addPhrases(groups: Asked[], index: Postings): void {
  const ways = otherWays(groups.map(({ term, meant }) => meant ?? term));
  for (const group of groups) {
    const { alternatives, inPhrase } = ways.get(group.meant ?? group.term) ?? { alternatives: [], inPhrase: false };
    if (inPhrase) group.weight = 1;
    const gain = index.count(group.meant ?? group.term) === 0 ? ABSENT : 1;
    for (const { term, weight } of alternatives) {
      if (group.weight < 1 && weight <= 0.5) continue;
      group.alternatives.push({ term, weight: weight * gain });
      if (term.startsWith('#') && weight > 0.5) group.absence = Math.max(group.absence, PURPOSE_ABSENT);
    }
  }
}

/** A word that neither the repository nor the field knows, a slip or (when long) two from a word of the repository, is that word. */
function correct(group: Asked, index: Postings): void {
  const { term, alternatives } = group;
  const written = fold(group.word);
  if (written.length < CORRECTED || !isStrange(term, index)) return;
  const [meant] = similarTerms(written, term, index);
  if (!meant || (meant.distance > 1 && written.length < CORRECTED_TWICE)) return;
  alternatives.push({ term: meant.term, weight: CORRECTION ** meant.distance });
  group.meant = meant.term;
}

const isStrange = (term: string, index: Postings): boolean => index.count(term) === 0 && !conceptsOfTerm(term) && !hasOtherWays(term);

function addSpellings(group: Asked, index: Postings): void {
  const { term, alternatives } = group;
  for (const other of longerTerms(term, index)) alternatives.push({ term: other, weight: PREFIX, guess: true });
  if (!isStrange(term, index)) return;
  for (const { term: other, distance } of similarTerms(fold(group.word), term, index)) {
    alternatives.push({ term: other, weight: TYPO / distance ** 0.5, guess: true });
  }
}
