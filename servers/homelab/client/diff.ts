import { redact } from '@homelab/shared/redact/redact.ts';

const AROUND = 2;
const MOST_SECTIONS = 6;

/** The parts of files that changed, by `<commit> <path>`: added headings and keys, else the one above the change. Reads `git log -p -U0`. */
export function sectionsOf(patch: string): Map<string, string[]> {
  const sections = new Map<string, string[]>();
  let commit = '';
  let path = '';
  let left = 0;
  let above = '';
  let named = true;
  const add = (raw: string) => {
    const name = titleOf(raw);
    const key = `${commit} ${path}`;
    const known = sections.get(key) ?? [];
    if (name && path && !known.includes(name) && known.length < MOST_SECTIONS) sections.set(key, [...known, name]);
  };
  for (const line of patch.split('\n')) {
    const hunk = left <= 0 ? /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@ ?(.*)$/.exec(line) : null;
    if (left > 0) {
      left -= /^[+-]/.test(line) ? 1 : 0;
      if (/^[+-](#{1,6} |[\w.-]+:(\s|$))/.test(line)) {
        add(line.slice(1));
        named = true;
      }
      if (left <= 0 && !named) add(above);
    } else if (hunk) {
      left = Number(hunk[1] ?? 1) + Number(hunk[2] ?? 1);
      [above, named] = [hunk[3] ?? '', false];
    } else if (line.startsWith('\x01')) [commit, path] = [line.slice(1), ''];
    else if (line.startsWith('--- a/')) path = line.slice(6);
    else if (line.startsWith('+++ b/')) path = line.slice(6);
  }
  return sections;
}

/** A heading without its marks, or the key alone: a value could be a secret. */
function titleOf(line: string): string {
  const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
  return redact(heading ?? /^([\w.-]+):/.exec(line)?.[1] ?? '').slice(0, 80);
}

/** Rewrites a patch that holds whole files into one with two lines of context, both versions of each file redacted as a whole. */
export function fileDiffs(patch: string, cut: boolean): string {
  const parts = patch.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
  // The last file of a cut patch is torn, and a torn key is not recognised.
  return (cut ? parts.slice(0, -1) : parts).map(fileDiff).join('');
}

function fileDiff(part: string): string {
  const at = part.search(/^@@ /m);
  const head = (at < 0 ? part : part.slice(0, at))
    .split('\n')
    .filter((line) => /^(---|\+\+\+|rename |Binary |new file|deleted )/.test(line));
  if (at < 0) return `${head.join('\n')}\n`;
  const lines = part
    .slice(at)
    .split('\n')
    .slice(1)
    .filter((line) => /^[ +-]/.test(line));
  const before = redacted(lines.filter((line) => !line.startsWith('+')));
  const after = redacted(lines.filter((line) => !line.startsWith('-')));
  let old = 0;
  let now = 0;
  const shown = lines.map((line) => {
    const mark = line[0] ?? ' ';
    const numbers = [old + 1, now + 1] as const;
    const text = mark === '-' ? before[old] : after[now];
    if (mark !== '+') old++;
    if (mark !== '-') now++;
    return { mark, text: text ?? '', numbers };
  });
  const near = shown.map((_, index) => shown.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ mark }) => mark !== ' '));
  const body = shown.flatMap((line, index) => {
    if (!near[index]) return [];
    const start = index === 0 || !near[index - 1] ? [`@@ -${line.numbers[0]} +${line.numbers[1]} @@`] : [];
    return [...start, `${line.mark}${line.text}`];
  });
  return `${[...head, ...body].join('\n')}\n`;
}

function redacted(lines: readonly string[]): string[] {
  return redact(lines.map((line) => line.slice(1)).join('\n')).split('\n');
}
