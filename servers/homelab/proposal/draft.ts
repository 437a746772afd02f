import { redact } from '@homelab/shared/redact/redact.ts';
import type { Base, Draft } from '../client/proposal-draft.ts';
import { assertFreeNumber } from './decision-number.ts';
import { applyEdit, type Edit, type Parts } from './edit.ts';
import { assertStorable, assertWellFormed } from './refusals.ts';
import { stored } from './stored-text.ts';

/** What a draft is held against. */
export interface Around {
  /** Paths of documents and of files of open proposals. */
  taken: readonly string[];
  /** Cuts a text of this document. */
  parts: (shown: string) => Parts;
  /** Links of a text of this document that lead nowhere: where, and a sentence. */
  deadLinks: (text: string) => { at: string; sentence: string }[];
}

const MOST_LINKS = 5;

/** The edited document, checked, and what a reader should know of it. Throws a Fault that says what to mend. */
export function draftOf(base: Base, edit: Edit, around: Around): { draft: Draft; notes: string[] } {
  const { path } = base;
  const known = base.text === undefined ? undefined : stored(base.text);
  const after = applyEdit(known?.text, withLf(edit), around.parts);
  assertStorable(known?.text, after);
  assertWellFormed(path, known?.text, after);
  if (!known) assertFreeNumber(path, around.taken);
  return { draft: { base, text: known?.restore(after) ?? after }, notes: notesOf(known?.text, after, around) };
}

function withLf({ text, replace, find, section }: Edit): Edit {
  const lf = (one: string | undefined): string | undefined => one?.replaceAll('\r\n', '\n');
  return { section, text: lf(text), find: lf(find), replace: lf(replace) };
}

function notesOf(before: string | undefined, after: string, { deadLinks }: Around): string[] {
  const old = new Set(before === undefined ? [] : deadLinks(before).map(({ sentence }) => sentence));
  const dead = deadLinks(after).filter(({ sentence }) => !old.has(sentence));
  const notes = dead.slice(0, MOST_LINKS).map(({ at, sentence }) => `${at} ${sentence}`);
  if (dead.length > MOST_LINKS) notes.push(`${dead.length - MOST_LINKS} more links lead nowhere`);
  const secrets = (text: string): number => redact(text).split('[redacted').length - 1;
  const gone = before === undefined ? 0 : secrets(before) - secrets(after);
  if (gone > 0)
    notes.push(`takes out ${gone === 1 ? 'a secret; the history still holds it' : `${gone} secrets; the history still holds them`}`);
  return notes;
}
