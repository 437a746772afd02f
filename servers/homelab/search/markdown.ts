import { anchors, type Chunk, type Chunked, ranges } from './chunk.ts';
import { frontMatter } from './front-matter.ts';
import { statedStatus } from './status.ts';

interface Heading {
  level: number;
  text: string;
  anchor?: string;
  /** 0-based line of the heading and of the first line after it. */
  line: number;
  after: number;
}

/** Cuts markdown at its headings (ATX, setext, HTML); a `#` inside a fence is none. */
export function markdownChunks(text: string, name: string): Chunked {
  const lines = text.split('\n');
  const head = frontMatter(lines);
  const found = headings(lines, head.lines);
  const title = head.title ?? found.find(({ level }) => level === 1)?.text ?? name;
  const anchorOf = anchors();
  const chunks: Chunk[] = [];
  const add = (heading: string, anchor: string, trail: string[], from: number, to: number) => {
    for (const [start, end] of ranges(lines, from, to)) {
      chunks.push({
        anchor,
        title: heading,
        trail,
        startLine: start + 1,
        endLine: end,
        text: lines.slice(start, end).join('\n'),
        tags: '',
      });
    }
  };
  const first = found[0]?.line ?? lines.length;
  if (lines.slice(head.lines, first).some((line) => line.trim() !== '') || found.length === 0) add(title, '', [], head.lines, first);
  const open: Heading[] = [];
  found.forEach((heading, at) => {
    while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
    const trail = open.map(({ text: above }) => above);
    if (head.title && trail[0] !== head.title && heading.text !== head.title) trail.unshift(head.title);
    add(heading.text, heading.anchor ?? anchorOf(heading.text), trail, heading.line, found[at + 1]?.line ?? lines.length);
    open.push(heading);
  });
  const status = head.status ?? statedStatus(lines);
  return { title, tags: head.tags, chunks, ...(status && { status }) };
}

function headings(lines: readonly string[], from: number): Heading[] {
  const found: Heading[] = [];
  let fence = '';
  let comment = false;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (mark) {
      const [, ticks = '', info = ''] = mark;
      if (fence === '') fence = ticks;
      else if (ticks[0] === fence[0] && ticks.length >= fence.length && info.trim() === '') fence = '';
      continue;
    }
    if (fence !== '') continue;
    if (comment || line.startsWith('<!--')) {
      comment = !line.includes('-->');
      continue;
    }
    const atx = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/.exec(line) ?? /^<h([1-6])[^>]*>(.*?)<\/h[1-6]>/i.exec(line);
    const under = /^ {0,3}(=+|-{2,})[ \t]*$/.exec(line);
    const above = lines[at - 1] ?? '';
    if (atx) found.push(heading(atx[2] ?? '', Number(atx[1]) || (atx[1]?.length ?? 1), at, at + 1));
    else if (under && at > from && /^ {0,3}[^\s>|#<*+-]/.test(above) && found.at(-1)?.line !== at - 1) {
      found.push(heading(above, under[1]?.[0] === '=' ? 1 : 2, at - 1, at + 1));
    }
  }
  return found.filter(({ text }) => text !== '');
}

function heading(raw: string, level: number, line: number, after: number): Heading {
  const custom = /\s*\{#([\w-]+)\}\s*$/.exec(raw);
  const text = (custom ? raw.slice(0, custom.index) : raw)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .replace(/[*`]|~~/g, '')
    .trim();
  return { level, text, line, after, ...(custom?.[1] && { anchor: custom[1] }) };
}
