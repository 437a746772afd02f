import { redact } from '../redact/redact.ts';

const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/g;
// All control characters but tab and line feed, and what turns or hides text: bidi marks, zero-width characters, tags.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Text from anywhere as a person may be shown it: secrets hidden, nothing that moves, turns or hides text, at most `most` characters; what was cut is said. */
export function shownText(text: string, most: number): string {
  // A key that is split by an invisible character is still a key: first seen whole, then hidden.
  const clean = redact(text.replace(/\r\n?/g, '\n').replace(ANSI, '').replace(UNSEEN, '').toWellFormed());
  if (clean.length <= most) return clean;
  return `${clean.slice(0, most).toWellFormed()} ... (${most} of ${clean.length} characters)`;
}

/** As `shownText`, on one line. */
export function shownLine(text: string, most: number): string {
  return shownText(text.replace(/[\s\u2028\u2029]+/g, ' ').trim(), most);
}
