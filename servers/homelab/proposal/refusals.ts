import { Fault } from '@homelab/shared/faults.ts';
import { isInventoryPath, textProblems } from '@homelab/shared/inventory/text-problems.ts';
import { findSecrets } from '@homelab/shared/redact/redact.ts';
import { plain } from '@homelab/shared/render/plain.ts';

const MOST_TEXT = 200_000;
const MOST_TOLD = 5;
// Control characters but tab and line feed; and what turns, hides or smuggles text. Joiners and variation selectors stay: emoji need them.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;

/** Throws `invalid_input` when what the caller wrote holds a secret or a character nobody sees; told by kind and line, never by value. */
export function assertHarmless(written: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text = ''] of Object.entries(written)) {
    const unseen = UNSEEN.exec(text);
    if (unseen) {
      throw new Fault('invalid_input', `\`${name}\` holds a control or invisible character in line ${lineOf(text, unseen.index)}.`);
    }
    refuseSecrets(name, text, () => true);
    // SECURITY: what hides a secret in one language of escapes is still that secret for whoever reads the file.
    refuseSecrets(name, text.normalize('NFKC'), () => true);
  }
}

/** Throws unless the new text may stand in the repository: no new secret, no placeholder of one, not too large, not the same. */
export function assertStorable(before: string | undefined, after: string): void {
  const known = new Set(before?.split('\n'));
  const lines = after.split('\n');
  // A secret that stood there before is not this caller's; half of one that is made whole by the edit is.
  refuseSecrets('the document', after, (line) => !known.has(lines[line - 1] ?? ''));
  if (placeholders(after) > placeholders(before ?? '')) {
    throw new Fault('invalid_input', 'The new text holds `[redacted]`, which stands for a secret that you were not shown.', {
      hint: 'Change only the lines around it, with `find` and `replace`.',
    });
  }
  if (after.length > MOST_TEXT) throw new Fault('invalid_input', `The document would be longer than ${MOST_TEXT} characters.`);
  if (after.trim() === '') throw new Fault('invalid_input', 'The document would be empty.', { hint: 'A person removes documents.' });
  if (after === before) throw new Fault('conflict', 'The document says exactly that already, so there is nothing to propose.');
}

const placeholders = (text: string): number => text.split('[redacted').length - 1;
const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function refuseSecrets(name: string, text: string, counts: (line: number) => boolean): void {
  const found = findSecrets(text).filter(({ line }) => counts(line));
  if (found.length === 0) return;
  const told = found.slice(0, MOST_TOLD).map(({ kind, line }) => `${kind} in line ${line}`);
  const more = found.length > told.length ? ` and ${found.length - told.length} more` : '';
  throw new Fault('invalid_input', `What looks like a secret stands in ${name}: ${told.join(', ')}${more}.`, {
    hint: 'Name the place where it is kept, not its value.',
  });
}

/** Throws `invalid_input` with lines when YAML, front matter or the inventory's shape is broken by the change; what was broken before is let be. */
export function assertWellFormed(path: string, before: string | undefined, after: string): void {
  const old = new Set(before === undefined ? [] : problemsOf(path, before).map(({ message }) => message));
  const found = problemsOf(path, after).filter(({ message }) => !old.has(message));
  if (found.length === 0) return;
  // The words are about the caller's own text, so they may be told: on one line, short.
  const told = found.slice(0, MOST_TOLD).map(({ line, message }) => `line ${line}: ${plain(message, 120)}`);
  const more = found.length > told.length ? `; and ${found.length - told.length} more` : '';
  const what = isInventoryPath(path) ? 'The inventory would not load' : 'The YAML would be broken';
  throw new Fault('invalid_input', `${what}: "${told.join('; ')}"${more}.`, {
    hint: isInventoryPath(path) ? 'infrastructure/README.md says what each field is.' : 'Mind indentation, quotes and the `---` lines.',
  });
}

function problemsOf(path: string, text: string): { line: number; message: string }[] {
  if (/\.ya?ml$/i.test(path)) return textProblems(path, text);
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') return [];
  const end = lines.findIndex((line, at) => at > 0 && /^(---|\.\.\.)\s*$/.test(line));
  if (end < 0) return [{ line: 1, message: 'the front matter has no end' }];
  const head = lines.slice(1, end).join('\n');
  const problems = textProblems('front-matter', head).map(({ line, message }) => ({ line: line + 1, message }));
  if (problems.length > 0 || head.trim() === '') return problems;
  return /^\s*[^\s#-][^:]*:(\s|$)/m.test(head) ? [] : [{ line: 2, message: 'the front matter is no list of keys' }];
}
