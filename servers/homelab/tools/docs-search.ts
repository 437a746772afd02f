import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import { KINDS } from '../client/document.ts';
import type { Found, Hit, Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import { nextOf, offsetOf } from '../documents/cursor.ts';
import { trailOf } from '../documents/section.ts';
import { ageOf, Source, sourceLine, sourceOf } from '../documents/source.ts';
import { preferred } from '../lookup/preferred.ts';
import { searchLines } from '../search/search-lines.ts';

// Where a word of the question stands nowhere, little else can be meant; else the answer may be among the nearest.
const NEAREST = { missing: 3, unsure: 5 };
const LONGEST_PATH = 300;

const Place = z.object({
  /** What docs_read takes. */
  ref: z.string(),
  lines: z.string(),
  kind: z.enum(KINDS).optional(),
  heading: z.string(),
  snippet: z.string(),
  changed: z.string().optional(),
  age: z.string().optional(),
  /** Set when the file says that it is no longer current. */
  status: z.string().optional(),
});

const Nothing = z.object({ nearestHeadings: z.array(z.string()), nearestWords: z.array(z.string()), unmatched: z.array(z.string()) });

/** Finds places in the repository by words, or lines by a regular expression. */
export const docsSearch = defineTool({
  name: 'docs_search',
  title: 'Search the homelab repository',
  description:
    'Finds where documents, decisions, runbooks, services, compose files and config of this homelab say something. Start here; open a hit with docs_read. Typos and synonyms are fine.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    query: z.string().trim().min(1).max(300),
    mode: z.enum(['words', 'regex']).default('words').describe('regex: per line, RE2, case-insensitive'),
    kinds: z.array(z.enum(KINDS)).max(KINDS.length).optional(),
    path: z.string().max(300).optional().describe('Only in this folder or file'),
    limit: z.int().min(1).max(20).default(6),
    cursor: z.string().max(12).optional(),
  }),
  output: z.object({
    hits: z.array(Place),
    total: z.int(),
    offset: z.int(),
    next: z.string().optional(),
    nothing: Nothing.optional(),
    searched: z.int(),
    skipped: z.string().optional(),
    capped: z.string().optional(),
    source: Source,
  }),
  async handler({ query, mode, kinds, path, limit, cursor }, { repository, index, outline, inventory }: Homelab, { signal }) {
    const offset = offsetOf(cursor);
    const under = insidePath(path ?? '');
    const files = repository
      .files()
      .filter(
        (file) =>
          (!kinds?.length || kinds.includes(file.kind)) && (under === '' || file.path === under || file.path.startsWith(`${under}/`)),
      );
    const { skipped, ...provenance } = repository.provenance();
    const about = { offset, searched: files.length, ...(skipped && { skipped }), source: sourceOf(provenance) };
    if (mode === 'regex') {
      const found = await searchLines(files, query, { limit, offset, signal });
      const hits = found.hits.map(({ path, line, text }) => {
        const file = repository.file(path);
        const parts = file ? outline(file).chunks : [];
        const part = parts.find(({ startLine, endLine }) => startLine <= line && line <= endLine);
        return {
          ref: plain(`${path}:L${line}`, LONGEST_PATH),
          lines: `L${line}`,
          heading: part ? plain(trailOf(part)) : '',
          snippet: plain(text),
        };
      });
      return {
        ...about,
        hits,
        total: found.total,
        ...nextOf(offset, hits.length, found.total),
        ...(found.capped && { capped: found.capped }),
      };
    }
    const prefer = preferred(inventory.current(), query);
    const found = index.search(query, { ...(kinds && { kinds }), ...(under && { under }), limit, offset, prefer });
    const hits = (
      found.confident ? found.hits : found.hits.slice(0, found.nothing?.unmatched.length ? NEAREST.missing : NEAREST.unsure)
    ).map(placeOf);
    return { ...about, hits, total: found.total, ...(found.confident && nextOf(offset, hits.length, found.total)), ...nothingOf(found) };
  },
  render({ hits, total, offset, next, nothing, searched, skipped, capped, source }, { mode }) {
    const lines: string[] = [];
    if (nothing || total === 0) {
      const what =
        mode === 'regex'
          ? 'line matches'
          : hits.length > 0 && !nothing?.unmatched.length
            ? 'document here clearly answers that'
            : 'document here answers that';
      lines.push(`No ${what} (${searched} files searched).`);
      if (nothing?.unmatched.length) lines.push(`Words found nowhere: ${nothing.unmatched.join(', ')}.`);
      if (nothing?.nearestWords.length) lines.push(`Words that are: ${nothing.nearestWords.join(', ')}.`);
      if (nothing?.nearestHeadings.length && hits.length === 0) lines.push(`Nearest headings: ${nothing.nearestHeadings.join(' | ')}`);
      if (capped) lines.push(`Not the whole answer: ${capped}. Narrow it with \`path\` or \`kinds\`.`);
      if (skipped) lines.push(`Not read: ${skipped}.`);
      if (hits.length > 0) lines.push('Nearest places; they may not answer it:');
    }
    hits.forEach(({ ref, lines: at, heading, snippet, age, status }, index) => {
      const marks = [...(ref.endsWith(`:${at}`) ? [] : [at]), ...(heading ? [heading] : []), ...(status ? [`OUTDATED: ${status}`] : [])];
      lines.push(`${offset + index + 1} ${ref} ${marks.join(' · ')}${age ? ` · ${age} old` : ''}`);
      // A heading found by its own words is its own snippet.
      if (!heading.endsWith(snippet)) lines.push(`  ${snippet}`);
    });
    if (!nothing && total > 0)
      lines.push(
        `${hits.length} of ${total}${capped ? ' or more' : ''}${next ? ` · next: cursor=${next}` : ''}${capped ? ` · ${capped}` : ''}`,
      );
    lines.push(sourceLine(source));
    return lines.join('\n');
  },
});

function placeOf({ path, kind, anchor, title, trail, startLine, endLine, snippet, changed, status }: Hit) {
  return {
    // The page's own title needs no anchor: its path reads the page.
    ref: plain(anchor === '' || (trail.length === 0 && startLine <= 20) ? path : `${path}#${anchor}`, LONGEST_PATH),
    lines: `L${startLine}-${endLine}`,
    kind,
    heading: plain(trailOf({ title, trail })),
    snippet: plain(snippet),
    ...(changed && { changed: changed.toISOString(), age: ageOf(changed) }),
    ...(status && { status: plain(status, 80) }),
  };
}

function nothingOf({ confident, nothing }: Found) {
  if (confident) return {};
  const plainly = (texts: readonly string[] = []) => texts.map((text) => plain(text, 80));
  return {
    nothing: {
      nearestHeadings: plainly(nothing?.nearestHeadings),
      nearestWords: plainly(nothing?.nearestWords),
      unmatched: plainly(nothing?.unmatched),
    },
  };
}
