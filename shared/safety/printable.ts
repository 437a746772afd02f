/** ANSI sequences, control characters, and the characters that turn the direction of text or hide in it. */
const UNPRINTABLE =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gs;

/** The text on one line, without what could move a terminal's cursor or turn the reading direction, cut to `most` characters and said so. */
export function printable(text: string, most: number): string {
  const clean = text.replace(UNPRINTABLE, ' ');
  return clean.length > most ? `${clean.slice(0, most)}... (${clean.length} characters)` : clean;
}
