import type { Kind } from '../client/document.ts';

const OUTDATED = 0.6;
const SIDE = 0.75;
const DATED = 0.85;
const HINT = 1.2;

/** What a question's wording says about the kind of file that answers it. */
const HINTS: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/\bwhy\b|\bdecid|\bdecision|\breason|\brationale|\bchose\b|\binstead of\b|\brather than\b|\badr\b/i, ['decision']],
  [
    /\bwhat (?:do|should) (?:i|we) do\b|\bfix\b|\bbroken\b|\bfail|\bnot working\b|\bdown\b|\bstuck\b|\balert\b|\brecover|\brestore\b|\bsteps\b/i,
    ['runbook'],
  ],
  [/\bports?\b|\bimage\b|\bcontainer\b|\bwhich version\b|\blisten|\bvolumes?\b|\bmounted\b|\benv(?:ironment)?\b/i, ['compose', 'service']],
];
const PAST =
  /\b(?:old|previous|former|superseded|deprecated|archived?|used to|before|history|obsolete|earlier|back then|ago|happened|19\d\d|20\d\d)\b/i;
/** Variants, templates and tooling stand behind the file they vary. */
const SIDE_PATH =
  /(?:^|\/)\.[^/]+\/|(?:^|[/._-])(?:example|sample|template|override|test|tests|ci|fixtures?|changelog|license|todo|kustomization|kustomizeconfig|namespace|externalsecret|external-secret|pvc|servicemonitor|networkpolicy|ks)(?=$|[/._-])|compose[.-][\w-]+\.ya?ml$/i;
/** Diaries, minutes and reports tell what was, not what holds. */
const DATED_PATH =
  /(?:^|\/)(?:journals?|diary|diaries|logs?|worklogs?|meetings?|minutes|reports?|daily|weekly|changelogs?)\/|(?:^|\/)\d{4}-\d{2}(?:-\d{2})?\.\w+$/i;

/** How far a file stands behind its like by its path alone: a variant, a diary. */
export interface Standing {
  side: boolean;
  dated: boolean;
}

/** Reads a file's standing off its path. */
export const standingOf = (path: string): Standing => ({ side: SIDE_PATH.test(path), dated: DATED_PATH.test(path) });

/** How much a file counts for a question beside what its words give: current before outdated, main before variant, the kind that is asked for first. */
export function priorOf(query: string): (kind: Kind, standing: Standing, outdated: boolean) => number {
  const kinds = new Set(HINTS.filter(([pattern]) => pattern.test(query)).flatMap(([, hinted]) => hinted));
  const past = PAST.test(query);
  return (kind, { side, dated }, outdated) =>
    (outdated && !past ? OUTDATED : 1) * (dated && !past ? DATED : 1) * (side ? SIDE : 1) * (kinds.has(kind) ? HINT : 1);
}
