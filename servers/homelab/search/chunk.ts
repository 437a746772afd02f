/** A part of a file that can be found and read on its own. */
export interface Chunk {
  /** Names the part within its file, stable while its heading stays; '' is the part before the first heading. Parts of one long section share it. */
  anchor: string;
  title: string;
  /** The headings above, outermost first. */
  trail: string[];
  /** 1-based, inclusive. */
  startLine: number;
  endLine: number;
  text: string;
  /** Words that name the thing and stand at its edge: image, container, domain, tags. */
  tags: string;
}

/** A file cut into chunks, with what its head says of it. */
export interface Chunked {
  title: string;
  tags: string;
  status?: string;
  chunks: Chunk[];
}

/** Makes anchors in the form of GitHub's heading links: lower case, dashes, `-1`, `-2` for repeats. */
export function anchors(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const slug = slugOf(heading) || 'section';
    const times = seen.get(slug);
    seen.set(slug, (times ?? 0) + 1);
    return times === undefined ? slug : `${slug}-${times}`;
  };
}

/** The anchor a heading would have if it stood once in its file. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/gu, '-');
}

const LINES = 60;
const CHARACTERS = 3_000;
const HARD = 8_000;

/** Cuts lines `from` to `to` (0-based, exclusive) into ranges of readable size, at blank lines, and inside a fence only where it is very long. */
export function ranges(lines: readonly string[], from: number, to: number): [number, number][] {
  const cut: [number, number][] = [];
  let start = from;
  let size = 0;
  let fence = false;
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? '';
    if (/^\s*(?:```|~~~)/.test(line)) fence = !fence;
    size += line.length + 1;
    const full = at - start >= LINES || size > CHARACTERS;
    const overfull = size > HARD || at - start >= LINES * 3;
    if (((full && !fence && line.trim() === '') || overfull) && at + 1 < to) {
      cut.push([start, at + 1]);
      start = at + 1;
      size = 0;
    }
  }
  if (start < to) cut.push([start, to]);
  return cut;
}
