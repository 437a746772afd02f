const LONGEST_FIELD = 200;
/** Where a text was cut. */
export const CUT = '…';

// Terminal commands: CSI and OSC sequences, two-character escapes, and the 8-bit CSI. Every class excludes what ends it, so the time is linear.
const ANSI =
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,16}[@-~]|\u001b\][^\u0007\u001b\n]{0,1024}(?:\u0007|\u001b\\)|\u001b[PX^_][^\u001b\n]{0,1024}\u001b\\|\u001b[ -/]{0,4}[0-~]/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb\ufffe\uffff]/g;
// Bidi overrides and isolates, zero-width and invisible characters, tags and fillers: what a reader cannot see, a model still reads.
// A joiner between emoji or in Indic and Arabic script goes too; the text stays readable without it.
const UNSEEN = new RegExp(
  [
    '[\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0]',
    '[\\u034f\\u180b-\\u180d\\u180f\\ufe00-\\ufe0e]',
    '[\\u{e0000}-\\u{e0fff}\\u{1d173}-\\u{1d17a}]',
  ].join('|'),
  'gu',
);
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Third-party text made safe to stand in a reply, on one line: no control, terminal, bidi or invisible characters, line ends shown as ` ⏎ `,
 * at most `max` UTF-16 units, a cut marked with `…`.
 */
export function plain(text: string, max: number = LONGEST_FIELD): string {
  return cut(
    visible(ahead(text, max))
      .replace(/\s*\n\s*/g, ' ⏎ ')
      .replace(/[\t\u2028\u2029]/g, ' ')
      .trim(),
    max,
    text.length > max * 4 + 1_024,
  );
}

/** The same for text that may keep its lines and tabs: logs, messages, files. */
export function plainLines(text: string, max: number): string {
  return cut(visible(ahead(text, max)), max, text.length > max * 4 + 1_024);
}

/** A huge text need not be cleaned to its end to show its beginning. */
function ahead(text: string, max: number): string {
  return text.slice(0, max * 4 + 1_024);
}

function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(ANSI, '').replace(CONTROL, '').replace(UNSEEN, '').replace(LONE, '\ufffd');
}

function cut(text: string, max: number, more: boolean): string {
  if (text.length <= max) return more ? `${text}${CUT}` : text;
  const end = max - CUT.length;
  // Never half a character.
  const half = /[\ud800-\udbff]/.test(text[end - 1] ?? '');
  return `${text.slice(0, Math.max(0, half ? end - 1 : end))}${CUT}`;
}
