import { assignmentAt } from './assignment.ts';
import { commandAt } from './command-line.ts';
import { type Line, lineAfter, lineAt } from './line.ts';
import { nameRisk } from './name-risk.ts';
import { SHAPE_STARTS, shapeAt } from './shape.ts';
import type { Found, Span } from './span.ts';

const NAMES =
  'pass|pwd|kennwort|secret|token|key|cred|auth|cookie|dsn|jwt|salt|psk|webhook|pepper|mnemonic|rootpw|nonce|_pat\\b|signature|\\bsig=';
const COMMANDS =
  'mysql|mariadb|docker login|podman login|redis-cli|mongo|smbclient|ldap|curl |wget |sshpass|htpasswd|identified by|openssl ';
// Nothing is a secret here that does not show one of these: most texts are cleared by one pass of this expression.
const TRIGGER = new RegExp(`(${SHAPE_STARTS})|(${COMMANDS})|(?:${NAMES})`, 'gi');
const LONGEST_NAME = 128;

/** Every secret in a text, in order, none overlapping. The work grows with the length of the text and with nothing else. */
export function scan(text: string): Span[] {
  const spans: Span[] = [];
  let line: Line | undefined;
  let at = 0;
  let named = 0;
  for (;;) {
    TRIGGER.lastIndex = at;
    const match = TRIGGER.exec(text);
    if (!match) return spans;
    const { index } = match;
    at = index + match[0].length;
    if (!line || index > line.end) line = lineAt(text, index);
    let found: Found | undefined;
    if (match[1] !== undefined) found = shapeAt(text, index, line);
    else if (match[2] !== undefined) found = commandAt(text, index, line);
    else if (index >= named) {
      const [from, to] = wordAround(text, index, Math.max(line.start, named), line.end);
      named = to;
      if (to - from > LONGEST_NAME) continue;
      found = assignmentAt(text, from, to, line) ?? valueBelow(text, from, to, line);
    }
    if (!found) continue;
    for (const span of found.spans) if (span.end > span.start && span.start >= (spans.at(-1)?.end ?? 0)) spans.push(span);
    at = Math.max(at, found.next);
    named = Math.max(named, at);
  }
}

function isWord(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  return (
    (sign >= 97 && sign <= 122) || (sign >= 65 && sign <= 90) || (sign >= 48 && sign <= 57) || sign === 95 || sign === 45 || sign === 46
  );
}

/** The name around `index`, without the dashes before it and the dots behind it. */
function wordAround(text: string, index: number, floor: number, ceiling: number): [number, number] {
  let from = index;
  while (from > floor && isWord(text, from - 1)) from--;
  let to = index + 1;
  while (to < ceiling && isWord(text, to)) to++;
  while (from < index && '-.'.includes(text[from] as string)) from++;
  while (to > index + 1 && '-.'.includes(text[to - 1] as string)) to--;
  return [from, to];
}

const NAMED = /(?:name|key|variable)["']?[ \t]*[:=]?[ \t]*["']?$/i;
const VALUE = /^([ \t]*["']?)(value|default)["']?[ \t]*[:=]/;

/** `- name: DB_PASSWORD` with `value: x` on a line below, and Terraform's `variable "db_password" {` with its `default`. */
function valueBelow(text: string, from: number, to: number, line: Line): Found | undefined {
  const name = text.slice(from, to);
  if (nameRisk(name) === 'none' || !NAMED.test(text.slice(Math.max(line.start, from - 24), from))) return undefined;
  let next = lineAfter(text, line);
  for (let count = 0; next && count < 4; count++) {
    const head = text.slice(next.start, Math.min(next.end, next.start + 80));
    const value = VALUE.exec(head);
    if (value) {
      const start = next.start + (value[1] as string).length;
      return assignmentAt(text, start, start + (value[2] as string).length, next, name);
    }
    if (/^[ \t]*(?:- |\})/.test(head)) return undefined;
    next = lineAfter(text, next);
  }
  return undefined;
}
