import type { SourceFile } from '../client/document.ts';
import type { Ref } from './ref.ts';
import { findSection, keyOf, type Part, type Section, sectionsOf } from './section.ts';
import { yamlKeys } from './yaml-keys.ts';

/** The lines of a file that a reference asks for; `missing` when it names a heading that is not there. */
export interface Span {
  from: number;
  to: number;
  section?: Section;
  missing?: boolean;
}

/** Text of a span as far as it fits. */
export interface Excerpt {
  from: number;
  /** Last line that is shown. */
  to: number;
  /** Last line that was asked for. */
  end: number;
  text: string;
}

/** Sections of a file: headings of prose and scripts, keys of YAML. */
export function sectionsIn(file: SourceFile, parts: readonly Part[]): Section[] {
  return isYaml(file.path) ? yamlKeys(file.text) : cutOf(file, parts).filter(({ anchor }) => anchor !== '');
}

/** Where in the file the reference points; the whole file when it names no part. */
export function spanOf(file: SourceFile, parts: readonly Part[], { heading, lines }: Ref): Span {
  const last = lineCount(file.text);
  if (lines) return { from: Math.min(lines.from, last), to: Math.min(lines.to, last), ...(lines.from > last && { missing: true }) };
  if (!heading) return { from: 1, to: last };
  const keys = isYaml(file.path) ? yamlKeys(file.text, 4) : [];
  const cut = cutOf(file, parts);
  const section = cut.find(({ anchor }) => anchor === heading) ?? findSection(keys, heading) ?? findSection(cut, heading);
  const lone = section ?? keys.find(({ title }) => keyOf(title) === keyOf(heading));
  return lone ? { from: lone.from, to: lone.to, section: lone } : { from: 1, to: last, missing: true };
}

/** Whole lines from the start of a span, at most `max` characters; one line that is longer is cut and says so. */
export function excerptOf(text: string, { from, to }: Span, max: number): Excerpt {
  const lines = text.split('\n').slice(from - 1, to);
  let size = 0;
  let count = 0;
  for (const line of lines) {
    size += line.length + 1;
    if (size > max && count > 0) break;
    count++;
  }
  const shown = lines
    .slice(0, count)
    .map((line) => (line.length > max ? `${line.slice(0, max)} [line cut, ${line.length} characters]` : line));
  return { from, to: from + Math.max(count, 1) - 1, end: to, text: shown.join('\n').trimEnd() };
}

/** Lines of a text, a final line break not counted. */
export function lineCount(text: string): number {
  return Math.max(1, text.split('\n').length - (text.endsWith('\n') ? 1 : 0));
}

/** Sections without the blank lines at their end. */
function cutOf(file: SourceFile, parts: readonly Part[]): Section[] {
  const lines = file.text.split('\n');
  return sectionsOf(parts).map((section) => {
    let to = Math.min(section.to, lines.length);
    while (to > section.from && (lines[to - 1] ?? '').trim() === '') to--;
    return { ...section, to };
  });
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
