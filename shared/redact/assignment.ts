import { blockAfter } from './block.ts';
import { isBasicBlob, isCode, isProse, isRedacted, isReference, looksRandom, weakSecret } from './harmless-value.ts';
import type { Line } from './line.ts';
import { type NameRisk, nameRisk } from './name-risk.ts';
import { readOn, readValue, type Value } from './read-value.ts';
import { type Found, found } from './span.ts';

const CLOSERS = String.raw`(?:\\{0,3}["'${'`'}]|\*|\]){0,4}`;
const ASSIGN = new RegExp(String.raw`${CLOSERS}\??[ \t]{0,64}(:=|=>|[!=]?={1,3}|[?+|]{1,2}=|:(?![:/]))\*{0,2}[ \t]{0,256}`, 'y');
const ARGUMENT = /(?:[ \t]+|\\{0,3}["'],[ \t]*(?=\\{0,3}["']))/y;
const TAG = />(?=[^<>\s][^<>\n]{0,2048}<\/)/y;
const QUOTED = /[ \t]+(?=["'])/y;
const DIRECTIVE = /[ \t]+(?=\S+[ \t]*;?[ \t]*\r?(?:\n|$))/y;
const VERB = /["'`*]{0,3}[ \t]+(?:is|was|to|ist)[ \t]+/y;
const CELL = /["'`*]{0,3}[ \t]*\|[ \t]*/y;
const ATTRIBUTE = /["'][ \t]+value=(?=["'])/iy;
const FALLBACK = /:?[-=][^{}\n]{0,512}(?=\})/y;
const TYPED = /[A-Za-z_][\w.[\]<>|]{0,60}[ \t]*=[ \t]*/y;

/** What joins a name to its value, and how sure it is that this is a pair at all. */
interface Join {
  sign: string;
  at: number;
}

/**
 * Looks whether the name in `[from, to)` is a secret's and has its value behind it, in any of the ways that configuration, code, command
 * lines and documents write it. `name` is given where another line names what stands here as `value`.
 */
export function assignmentAt(text: string, from: number, to: number, line: Line, name = fullName(text, from, to, line)): Found | undefined {
  const risk = nameRisk(name);
  if (risk === 'none' || (text[from - 1] === '/' && from > line.lead)) return undefined;
  if (text.startsWith('${', from - 2)) return fallbackOf(text, to);
  const join = joinAfter(text, from, to, line, risk);
  if (!join) return undefined;
  return valueAfter(text, from, to, line, name, risk, join);
}

/** The default in `${NAME:-default}`; what else stands in the braces is a message or nothing. */
function fallbackOf(text: string, to: number): Found | undefined {
  const value = after(FALLBACK, text, to)?.replace(/^:?[-=]/, '');
  if (value === undefined) return undefined;
  const start = FALLBACK.lastIndex - value.length;
  return isReference(value) || isRedacted(text, start) ? undefined : found(start, FALLBACK.lastIndex, 'named value');
}

/** "API key" is one name: the word before a bare `key`, and the words of a header. */
function fullName(text: string, from: number, to: number, line: Line): string {
  const name = text.slice(from, to);
  if (!/^keys?$/i.test(name)) return name;
  const before = /([A-Za-z]{2,20}) $/.exec(text.slice(Math.max(line.start, from - 24), from))?.[1];
  return before ? `${before}_${name}` : name;
}

function after(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function joinAfter(text: string, from: number, to: number, line: Line, risk: NameRisk): Join | undefined {
  ASSIGN.lastIndex = to;
  const assign = ASSIGN.exec(text);
  if (assign)
    return ASSIGN.lastIndex > line.end + 1
      ? undefined
      : { sign: (assign[1] as string).endsWith('=') ? '=' : ':', at: Math.min(ASSIGN.lastIndex, line.end) };
  if (text[from - 1] === '-' && after(ARGUMENT, text, to)) return { sign: 'argument', at: ARGUMENT.lastIndex };
  if ((text[from - 1] === '<' || text[from - 1] === ':') && after(TAG, text, to)) return { sign: 'tag', at: TAG.lastIndex };
  if (after(ATTRIBUTE, text, to)) return { sign: '=', at: ATTRIBUTE.lastIndex };
  if (risk !== 'secret') return undefined;
  if (after(CELL, text, to) && text[line.start] === '|') return { sign: 'cell', at: CELL.lastIndex };
  if (after(VERB, text, to)) return { sign: 'verb', at: VERB.lastIndex };
  if (/^(?:pass|password|passwd|passphrase)$/i.test(text.slice(from, to)) && after(QUOTED, text, to))
    return { sign: 'quoted', at: QUOTED.lastIndex };
  if (after(DIRECTIVE, text, to) && (from === line.lead || isNetrc(text, line))) return { sign: 'directive', at: DIRECTIVE.lastIndex };
  return undefined;
}

function isNetrc(text: string, line: Line): boolean {
  return /\b(?:machine|login)\s/.test(text.slice(line.start, Math.min(line.end, line.start + 512)));
}

function valueAfter(text: string, from: number, to: number, line: Line, name: string, risk: NameRisk, join: Join): Found | undefined {
  const { sign } = join;
  let at = join.at;
  if (isRedacted(text, at)) return undefined;
  if (sign === ':' && after(TYPED, text, at) && TYPED.lastIndex <= line.end) at = TYPED.lastIndex;
  const place = placeOf(text, from, to, line, sign);
  // What counts only when it looks random has no blanks in it: reading on would find nothing more.
  const reach = risk === 'maybe' && place.reach === 'flow' && sign !== 'tag' && !/auth/i.test(name) ? 'word' : place.reach;
  const value = upToPlaceholder(text, readValue(text, at, line.end, reach, place.quote));
  if (value.end > line.end || isRedacted(text, value.start)) return undefined;
  if (sign === ':' || sign === '=') {
    const block = blockAfter(text, value, line, { risk, sign });
    if (block !== 'none') return block;
  }
  return judge(text, value, { name, risk, sign, place, line, from });
}

/** What stands before a placeholder is a value of its own; the placeholder never becomes part of a new one. */
function upToPlaceholder(text: string, value: Value): Value {
  const at = text.slice(value.start, Math.min(value.end, value.start + 2_048)).indexOf('[redacted');
  if (/^\$\{\w{1,128}:?[-=]\[redacted/.test(text.slice(value.start, value.start + 160))) return { ...value, end: value.start };
  return at > 0 && isRedacted(text, value.start + at) ? { ...value, end: value.start + at, cut: undefined } : value;
}

interface Place {
  /** Stands first on its line, inside a structure, or somewhere in a sentence. */
  kind: 'first' | 'inside' | 'prose';
  reach: 'line' | 'flow' | 'word';
  quote?: string;
}

function placeOf(text: string, from: number, to: number, line: Line, sign: string): Place {
  let left = from;
  while (left > line.start && text[left - 1] === '-' && from - left < 2) left--;
  const dashed = from - left === 2 || (from - left === 1 && left !== line.start && sign !== ':');
  const before = text[left - 1] ?? '';
  const opened = '"\'`'.includes(before) && left > line.start;
  const closed = opened && (text[to] === before || text[to] === '\\');
  const quote = opened && !closed ? before : undefined;
  if (sign === 'cell') return { kind: 'inside', reach: 'word', quote: '|' };
  if (sign === 'argument' || sign === 'directive' || sign === 'verb' || sign === 'quoted') return { kind: 'inside', reach: 'word', quote };
  if (sign === 'tag') return { kind: 'inside', reach: 'flow' };
  const first = from === line.lead || left === line.lead || (line.lead > left && line.lead <= from);
  if (first && !dashed && before !== '?' && before !== '&') return { kind: 'first', reach: 'line', quote };
  if (sign === '=') return { kind: 'inside', reach: 'word', quote };
  let back = opened ? left - 1 : left;
  for (let steps = 0; steps < 24 && back > line.start && ' \t\\"\''.includes(text[back - 1] as string); steps++) back--;
  const structured = opened || '{,([;&?'.includes(text[back - 1] ?? '');
  const brace = text.slice(line.start, Math.min(from, line.start + 4_096)).includes('{');
  if (structured) return { kind: 'inside', reach: brace ? 'flow' : 'word', quote };
  return { kind: 'prose', reach: 'word', quote };
}

interface Pair {
  name: string;
  risk: NameRisk;
  sign: string;
  place: Place;
  line: Line;
  from: number;
}

function judge(text: string, value: Value, pair: Pair): Found | undefined {
  // Nothing that points elsewhere is longer than this; what is longer is judged by its first part.
  const content = text.slice(value.start, Math.min(value.end, value.start + 2_048));
  const scheme = /^(?:bearer|basic|digest|token|apikey)[ \t]+(?=\S)/i.exec(content)?.[0];
  if (scheme && /auth|header|token/i.test(pair.name))
    return judge(text, { ...value, start: value.start + scheme.length }, { ...pair, risk: 'maybe', sign: 'header' });
  const fallback = /^\$\{\w+:?[-=]([^{}]*)\}$/.exec(content)?.[1];
  if (fallback !== undefined && pair.risk === 'secret') {
    const start = value.start + content.length - 1 - fallback.length;
    return isReference(fallback) || isRedacted(text, start) ? undefined : found(start, start + fallback.length, 'named value');
  }
  if (pair.risk === 'maybe' && pair.sign !== 'header' && /\s/.test(content)) return undefined;
  // A mapping's own names decide about its values.
  if (!value.quoted && /^[{(]|^\[$/.test(content)) return undefined;
  if (isReference(content) || (!value.quoted && !isSetting(pair.name) && isCode(content))) return undefined;
  const url = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^/?#\s]+/i.exec(content)?.[0];
  if (url) {
    const secret =
      /webhook|hook/i.test(pair.name) &&
      content
        .slice(url.length)
        .split(/[/?=&]/)
        .some((part) => looksRandom(part));
    return secret ? found(value.start + url.length, readOn(text, value), 'secret url') : undefined;
  }
  return isSecret(text, content, value, pair)
    ? found(value.start, readOn(text, value), pair.sign === 'argument' ? 'command line' : 'named value')
    : undefined;
}

/** True for the name of an environment variable, whose value is never a sentence or an expression. */
function isSetting(name: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(name);
}

function isSecret(text: string, content: string, value: Value, pair: Pair): boolean {
  const { name, risk, sign, place } = pair;
  if (sign === 'header') return weakSecret(content) || looksRandom(content) || isBasicBlob(content);
  if (sign === 'verb') return weakSecret(content) && (value.quoted || /\d/.test(content));
  if (sign === 'quoted') return weakSecret(content) || /^[A-Z]/.test(name);
  if (sign === 'cell') return weakSecret(content.replace(/^`|`$/g, '')) || looksRandom(content);
  if (
    sign === 'argument' &&
    /^(?:[a-z]{1,9}[.,:;)]?|-.*)$/.test(content) &&
    isProse(content.replace(/^(?:sets?|is|to|and|or|for|must|option|flag|with|if|takes|gives?|which)$/, 'see'))
  )
    return false;
  if (risk === 'maybe')
    return looksRandom(content) || (/auth/i.test(name) && (isBasicBlob(content) || /^[\w.@-]{1,64}:[^\s/:]{4,}$/.test(content)));
  if (sign === ':' && !isSetting(name)) {
    if (!value.quoted && text[pair.from - 1] === '(' && /^[A-Z][A-Za-z]+$/.test(content)) return false;
    if (isProse(content)) return false;
    if (/^[A-Z]\w*(?:<.*>)?(?:\[\])?(?: \|.*)?$/.test(content) && !value.quoted && (text[value.end] === ';' || content.includes('|')))
      return false;
    if (place.kind === 'prose') return wholeRest(text, value, pair.line) || value.quoted || weakSecret(content.replace(/[.,;:)]+$/, ''));
  }
  if (/^(?:const|let|var|readonly)\s/.test(text.slice(pair.line.start, pair.line.lead).trimStart()) && !value.quoted) return false;
  if (/^\d{1,4}$/.test(content) && /^(?:pass|tokens?|keys?)$/i.test(name)) return false;
  return true;
}

/** True where the value is one word and the last on its line: `Admin password: swordfish`. */
function wholeRest(text: string, value: Value, line: Line): boolean {
  return value.end > value.start && text.slice(value.end, Math.min(line.end, value.end + 8)).trim() === '' && line.end - value.end < 8;
}
