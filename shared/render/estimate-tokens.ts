const SPACE = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;
const SIGN = 4;
const LINE = 5;
const LATIN = 6;
const WIDE = 7;
const OTHER = 8;
const SCRIPT = 9;

const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 10 || code === 13) return LINE;
  if (code <= 32) return SPACE;
  if (code >= 97 && code <= 122) return LOWER;
  if (code >= 65 && code <= 90) return UPPER;
  return code >= 48 && code <= 57 ? DIGIT : SIGN;
});

function classOf(code: number): number {
  if (code < 128) return ASCII[code] as number;
  if (code < 0x530) return LATIN;
  if (code < 0x2000) return SCRIPT;
  if ((code >= 0x3040 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3)) return WIDE;
  return OTHER;
}

/** What a run of one kind of character costs, given the kind after it; the figures are the smallest that stay honest (see the test beside). */
function cost(text: string, at: number, kind: number, length: number, before: number, after: number): number {
  switch (kind) {
    case SPACE:
      // A blank melts into the word behind it, but not into a number.
      return length === 1 ? (after === DIGIT ? 1 : 0) : 1;
    case LOWER:
      return 1 + Math.max(0, length - 7) / 6 + (length > 4 ? strangeness(text, at, length) : 0);
    case UPPER:
      return length === 1 ? (after === LOWER ? 0.25 : 1) : Math.max(1, length / 3);
    case DIGIT:
      return Math.ceil(length / 3);
    case SIGN:
      // One sign melts into the letters behind it (`_name`, `.com`) about every second time.
      return length === 1 ? (after === LOWER || after === UPPER ? 0.6 : 1) : length / 1.7;
    case LINE:
      return before === SIGN ? 0.5 : 1;
    case LATIN:
      return length <= 2 ? length / 2 : length / 3;
    case SCRIPT:
      return length / 2;
    case WIDE:
      return length * 0.8;
    default:
      return length * 1.7;
  }
}

/** Letters with hardly a vowel are no word: generated names and hashes break into pieces of two or three. */
function strangeness(text: string, from: number, length: number): number {
  let vowels = 0;
  for (let at = from; at < from + length; at++) if ('aeiouy'.includes(text[at] as string)) vowels++;
  return vowels * 4 < length ? (length - 5) / 3.2 + 0.4 : 0;
}

/** Roughly how many o200k tokens a text takes, in one pass: rather too many than too few, and never more than a tenth too few on what replies hold. */
export function estimateTokens(text: string): number {
  let total = 0;
  let before = -1;
  let kind = -1;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const next = at === text.length ? -1 : classOf(text.charCodeAt(at));
    if (next === kind) continue;
    if (kind !== -1) total += cost(text, start, kind, at - start, before, next);
    before = kind;
    kind = next;
    start = at;
  }
  return Math.ceil(total);
}
