import { Fault } from '@homelab/shared/faults.ts';
import { redact } from '@homelab/shared/redact/redact.ts';

/** What a caller wants of a document: one of a whole text, a section with its new text, or one place with what replaces it. */
export interface Edit {
  section?: string | undefined;
  text?: string | undefined;
  find?: string | undefined;
  replace?: string | undefined;
}

/** A heading or key with everything below it; lines count from 1, inclusive. */
export interface Section {
  anchor: string;
  title: string;
  from: number;
  to: number;
}

/** The parts of a text, and the one that a name means; both of the text without its secrets. */
export interface Parts {
  all: readonly Section[];
  find: (wanted: string) => Section | undefined;
}

/** Throws `invalid_input` unless the edit is exactly one of the three. */
export function assertOneEdit({ section, text, find, replace }: Edit): void {
  const whole = text !== undefined && find === undefined && replace === undefined;
  const place = find !== undefined && replace !== undefined && text === undefined && section === undefined;
  if (whole || place) return;
  throw new Fault('invalid_input', 'Give either `text`, or `section` with `text`, or `find` with `replace`.');
}

/** The document after the edit; both with LF only. `parts` cuts the text it is given. */
export function applyEdit(before: string | undefined, edit: Edit, parts: (shown: string) => Parts): string {
  const { section, text = '', find, replace = '' } = edit;
  if (find === undefined && section === undefined) return ended(text);
  if (before === undefined) {
    throw new Fault('not_found', 'That document does not exist yet.', { hint: 'Give the whole `text` to propose a new one.' });
  }
  // SECURITY: places are looked up in the text without its secrets; in the real one, a search that matches or not would spell them out.
  const shown = redact(before);
  return find === undefined ? inSection(before, section ?? '', text, parts(shown)) : atPlace(before, shown, find, replace);
}

function atPlace(before: string, shown: string, find: string, replace: string): string {
  const at = find === '' ? -1 : shown.indexOf(find);
  const count = at < 0 ? 0 : shown.split(find).length - 1;
  if (count === 0) {
    throw new Fault('not_found', '`find` stands nowhere in the document.', {
      hint: 'It must be exact, line breaks included; docs_read shows the text.',
    });
  }
  if (count > 1 || shown.indexOf(find, at + 1) >= 0) {
    throw new Fault('invalid_input', '`find` stands in the document more than once.', { hint: 'Give more of the text around it.' });
  }
  const from = lineAt(shown, at);
  const to = lineAt(shown, at + find.length);
  const lines = before.split('\n');
  const seen = shown.split('\n');
  for (let line = from; line <= to; line++) if (lines[line] !== seen[line]) throw onSecret();
  const start = seen.slice(0, from).reduce((sum, line) => sum + line.length + 1, 0);
  const touched = seen.slice(from, to + 1).join('\n');
  const made = touched.slice(0, at - start) + replace + touched.slice(at - start + find.length);
  return [...lines.slice(0, from), made, ...lines.slice(to + 1)].join('\n');
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;

function onSecret(): Fault {
  return new Fault('denied', 'A secret stands on the lines to change, so a person must change them.', {
    hint: 'inventory_check with kinds=["secret"] tells where.',
  });
}

function inSection(before: string, wanted: string, text: string, { all, find }: Parts): string {
  const section = find(wanted);
  if (!section) {
    throw new Fault('not_found', 'The document has no such section.', { hint: 'docs_outline with its path names the sections.' });
  }
  const alike = all.filter(({ title }) => keyOf(title) === keyOf(section.title));
  if (alike.length > 1 && !all.some(({ anchor }) => anchor === wanted.replace(/^#+\s*/, '').trim())) {
    throw new Fault('invalid_input', 'The document has several sections of that name.', { hint: 'Give the anchor from docs_outline.' });
  }
  const lines = before.split('\n');
  const heading = lines[section.from - 1] ?? '';
  const body = text.replace(/^\n+|\s+$/g, '');
  // Headings of prose may be left out of the new text: the section then keeps its own.
  const keeps = /^ {0,3}#{1,6} /.test(heading) && !/^ {0,3}#{1,6} /.test(body);
  const made = keeps ? [heading, '', body] : [body];
  return ended([...lines.slice(0, section.from - 1), ...made, ...lines.slice(section.to)].join('\n'));
}

/** Letters and digits only: titles that a reader takes for the same. */
const keyOf = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
