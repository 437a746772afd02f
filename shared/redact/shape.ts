import { isBasicBlob, isRedacted, isReference, looksRandom, weakSecret } from './harmless-value.ts';
import { privateKey, privateLines } from './private-key.ts';
import { type Found, found, type SecretKind } from './span.ts';

/** What a shape begins with, as the source of an expression that ignores case; every shape below starts with one of these. */
export const SHAPE_STARTS = [
  'eyJ',
  'A[KS]IA',
  'gh[pousr]_',
  'github_pat_',
  'gl[a-z]{2,5}-',
  'xox[a-z]-',
  'xapp-',
  'sk-',
  '[sr]k_(?:live|test)_',
  'AIza',
  'npm_',
  'pypi-',
  'do[opr]_v1_',
  'hv[sb]\\.',
  'tskey-',
  'gl(?:sa|c)_',
  'AGE-SECRET-KEY',
  'SG\\.',
  'hf_',
  'hlab_',
  'shp(?:at|ca|pa|ss)_',
  'ATATT',
  'claim-',
  '\\bbot\\d',
  '\\$\\$?(?:2[abxy]?|apr1|argon2|[1567y]|gy|pbkdf2|scrypt|balloon|bcrypt)[-\\w]*\\$',
  '\\{S?SHA',
  'pbkdf2[:_]',
  '://',
  '@(?:tcp|unix)\\(',
  '-----(?:BEGIN|END) ',
  'Private-Lines',
  '(?:hooks\\.slack|discord(?:app)?)\\.com/',
  '\\b(?:bearer|basic)\\s',
].join('|');

// The body of each is one character class that cannot also match before it (see `alone`), so no stretch of text is read more than a few times.
const TOKENS: [RegExp, SecretKind][] = [
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/y, 'json web token'],
  [/eyJrIjoi[A-Za-z0-9+/=]{30,}/y, 'access token'],
  [/A[KS]IA[0-9A-Z]{16}(?![0-9A-Za-z])/y, 'access token'],
  [/gh[pousr]_[A-Za-z0-9]{16,}/y, 'access token'],
  [/github_pat_\w{20,}/y, 'access token'],
  [/gl(?:pat|dt|rt|ptt|ft|soat|cbt|imt|agent|oas|feedtoken)-[\w.-]{16,}/y, 'access token'],
  [/xox[abceoprs]-[\w-]{10,}/y, 'access token'],
  [/xapp-[\w-]{20,}/y, 'access token'],
  [/sk-(?:ant|proj|or|svcacct|admin|lf|test|live|None)-[\w-]{16,}/y, 'access token'],
  [/sk-[A-Za-z0-9]{20,}/y, 'access token'],
  [/[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/y, 'access token'],
  [/AIza[\w-]{35}/y, 'access token'],
  [/npm_[A-Za-z0-9]{30,}/y, 'access token'],
  [/pypi-[\w-]{30,}/y, 'access token'],
  [/do[opr]_v1_[a-f0-9]{40,}/y, 'access token'],
  [/hv[sb]\.[\w-]{20,}/y, 'access token'],
  [/tskey-[a-z]+-[\w-]{10,}/y, 'access token'],
  [/gl(?:sa|c)_[\w=+/-]{20,}/y, 'access token'],
  [/SG\.[\w-]{16,32}\.[\w-]{30,60}/y, 'access token'],
  [/hf_[A-Za-z0-9]{30,}/y, 'access token'],
  // The suite's own; `npm run token` makes them.
  [/hlab_[\w-]{43}/y, 'access token'],
  [/shp(?:at|ca|pa|ss)_[a-f0-9]{32}/y, 'access token'],
  [/ATATT[\w=-]{40,}/y, 'access token'],
  [/claim-[\w-]{20}(?![\w-])/y, 'access token'],
  [/AGE-SECRET-KEY-1[A-Z0-9]{50,}/y, 'private key'],
  [/\$\$?2[abxy]?\$\$?\d\d\$\$?[./A-Za-z0-9]{53}/y, 'password hash'],
  [/\$\$?(?:apr1|1|5|6|7|y|gy)\$\$?[^\s$:"',]{1,80}\$\$?[./A-Za-z0-9$]{16,}/y, 'password hash'],
  [/\$\$?(?:argon2(?:id|i|d)|pbkdf2[\w-]*|scrypt|balloon-[\w]+|bcrypt[\w-]*)\$[\w$=,./+-]{20,}/iy, 'password hash'],
  [/\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{20,}={0,2}/iy, 'password hash'],
  [/pbkdf2[:_]sha\d{1,3}[:$]\d+\$[\w./+-]{1,64}\$[\w./+=-]{16,}/y, 'password hash'],
];
const BOT = /bot(\d{6,12}:[\w-]{30,60})/y;
const HOOK = /(?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks)\/([\w/-]{12,})/y;
const SCHEME = /(?:bearer|basic)[ \t]{1,8}["']?([A-Za-z0-9+/=._~-]{6,})/iy;

/** True where no letter, digit, `_` or `-` stands before: the start of a run, where alone a token can begin. */
function alone(text: string, at: number): boolean {
  return at === 0 || !/[\w]/.test(text[at - 1] as string);
}

/** Looks for a secret that shows by its own shape, at the place where a shape's first characters were seen. */
export function shapeAt(text: string, at: number, line: { start: number; end: number }): Found | undefined {
  const first = text[at] as string;
  if (first === ':') return urlAt(text, at, line);
  if (first === '@') return dataSourceAt(text, at, line.start);
  if (first === '-') return privateKey(text, at, line);
  if (first === 'P' || (first === 'p' && text[at + 1] === 'r')) return privateLines(text, at, line);
  if (!alone(text, at) && first !== '$' && first !== '{') return undefined;
  const second = text[at + 1];
  if ((first === 'b' || first === 'B') && (second === 'e' || second === 'E' || second === 'a' || second === 'A')) return schemeAt(text, at);
  const part = partOf(text, at, BOT, 'access token') ?? partOf(text, at, HOOK, 'secret url');
  if (part) return part;
  for (const [pattern, kind] of TOKENS) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return found(at, pattern.lastIndex, kind);
  }
  return undefined;
}

function partOf(text: string, at: number, pattern: RegExp, kind: SecretKind): Found | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match?.[1]) return undefined;
  const end = pattern.lastIndex;
  return found(end - match[1].length, end, kind);
}

/** `Bearer x` and `Basic x` where x is no ordinary word. */
function schemeAt(text: string, at: number): Found | undefined {
  SCHEME.lastIndex = at;
  const value = SCHEME.exec(text)?.[1];
  // `Bearer realm="..."` is a challenge, not a credential.
  if (!value || /^\w+=$/.test(value)) return undefined;
  const end = SCHEME.lastIndex;
  const bearer = /^be/i.test(text.slice(at, at + 2));
  if (!(bearer && weakSecret(value)) && !looksRandom(value) && !isBasicBlob(value)) return undefined;
  return found(end - value.length, end, 'authorization');
}

/** The password in `scheme://user:password@host`, and a token that stands there as the user. */
function urlAt(text: string, colon: number, line: { end: number }): Found | undefined {
  const start = colon + 3;
  const limit = Math.min(line.end, start + 256);
  let end = start;
  let slash = -1;
  let first = -1;
  let at = -1;
  for (; end < limit; end++) {
    const sign = text.charCodeAt(end);
    if (sign <= 32 || sign === 34 || sign === 39 || sign === 96 || sign === 62) break;
    if (sign === 60) {
      const placeholder = /^<[A-Za-z][\w -]{0,38}>/.exec(text.slice(end, Math.min(limit, end + 42)))?.[0];
      if (!placeholder) break;
      end += placeholder.length - 1;
      continue;
    }
    // A `$` begins a variable, whose braces may hold a colon.
    if (sign === 36 && text[end + 1] === '{') {
      const close = text.slice(end, limit).indexOf('}');
      if (close === -1) break;
      end += close;
    } else if (sign === 47 || sign === 63 || sign === 35) {
      if (slash === -1) slash = end;
      if (at !== -1 || first === -1 || /^:\d{1,5}[/?#]/.test(text.slice(first, first + 7))) break;
    } else if (sign === 58 && first === -1) first = end;
    else if (sign === 64) at = end;
  }
  if (at === -1) return undefined;
  const from = first === -1 || first > at ? start : first + 1;
  const value = text.slice(from, at);
  if (isRedacted(text, from) || isReference(value)) return undefined;
  if (from === start && !looksRandom(value)) return undefined;
  return { spans: [{ start: from, end: at, kind: 'url credentials' }], next: at };
}

/** The password in `user:password@tcp(host:3306)/name`, as Go's database drivers write it. */
function dataSourceAt(text: string, at: number, lineStart: number): Found | undefined {
  const floor = Math.max(lineStart, at - 256);
  let from = at;
  while (from > floor && !/[\s:"'`=]/.test(text[from - 1] as string)) from--;
  if (from === at || text[from - 1] !== ':' || isRedacted(text, from) || isReference(text.slice(from, at))) return undefined;
  return { spans: [{ start: from, end: at, kind: 'url credentials' }], next: at };
}
