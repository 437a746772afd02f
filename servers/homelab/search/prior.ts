import type { Kind, SourceFile } from '../client/document.ts';

const OUTDATED = 0.6;
const SIDE = 0.75;
const HINT = 1.12;

/** What a question's wording says about the kind of file that answers it. */
const HINTS: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/\bwhy\b|\bdecid|\bdecision|\breason|\brationale|\bchose\b|\binstead of\b|\brather than\b|\badr\b/i, ['decision']],
  [
    /\bwhat (?:do|should) (?:i|we) do\b|\bfix\b|\bbroken\b|\bfail|\bnot working\b|\bdown\b|\bstuck\b|\balert\b|\brecover|\brestore\b|\bsteps\b/i,
    ['runbook'],
  ],
  [/\bports?\b|\bimage\b|\bcontainer\b|\bwhich version\b|\blisten|\bvolumes?\b|\bmounted\b|\benv(?:ironment)?\b/i, ['compose', 'service']],
];
const PAST = /\b(?:old|previous|former|superseded|deprecated|archived?|used to|before|history|obsolete|earlier)\b/i;
/** Variants, templates and tooling stand behind the file they vary. */
const SIDE_PATH =
  /(?:^|\/)\.[^/]+\/|(?:^|[/._-])(?:example|sample|template|override|test|tests|ci|fixtures?|changelog|license|todo|kustomization|kustomizeconfig|namespace|externalsecret|external-secret|pvc|servicemonitor|networkpolicy|ks)(?=$|[/._-])|compose[.-][\w-]+\.ya?ml$/i;

/** How much a file counts for a question beside what its words give: current before outdated, main before variant, the kind that is asked for first. */
export function priorOf(query: string): (file: SourceFile, status: string | undefined) => number {
  const kinds = new Set(HINTS.filter(([pattern]) => pattern.test(query)).flatMap(([, hinted]) => hinted));
  const past = PAST.test(query);
  return ({ path, kind }, status) => (status && !past ? OUTDATED : 1) * (SIDE_PATH.test(path) ? SIDE : 1) * (kinds.has(kind) ? HINT : 1);
}
