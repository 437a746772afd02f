import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain, plainLines } from '@homelab/shared/render/plain.ts';
import { z } from 'zod';
import { KINDS } from '../client/document.ts';
import type { Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import { excerptOf, lineCount, sectionsIn, spanOf } from '../documents/excerpt.ts';
import { fence } from '../documents/fence.ts';
import { parseRef } from '../documents/ref.ts';
import { resolveRef } from '../documents/resolve-ref.ts';
import { trailOf } from '../documents/section.ts';
import { ageOf, Source, sourceLine, sourceOf } from '../documents/source.ts';
import { outdated } from '../search/status.ts';

const MOST_SECTIONS = 12;

const Read = z.object({
  path: z.string(),
  kind: z.enum(KINDS),
  heading: z.string(),
  from: z.int(),
  to: z.int(),
  /** Last line that was asked for; `to` is smaller when the text was cut. */
  end: z.int(),
  fileLines: z.int(),
  text: z.string(),
  changed: z.string().optional(),
  age: z.string().optional(),
  status: z.string().optional(),
  /** Nothing is called exactly that; this is the nearest. */
  loose: z.boolean(),
});

/** Reads the part of the repository that a reference names. */
export const docsRead = defineTool({
  name: 'docs_read',
  title: 'Read a document or section',
  description:
    'Gives the text of a section, line range or file of the homelab repository, secrets redacted. Takes a ref from docs_search, or a name like `ADR 7`, a runbook or a service.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    ref: z.string().trim().min(1).max(300).describe('path, path#heading, path:L10-40, `ADR 7` or a name'),
    max: z.int().min(200).max(20_000).default(6000).describe('Characters'),
  }),
  output: z.object({
    read: Read.optional(),
    /** Sections that are not in the text, as refs with their lines. */
    sections: z.array(z.object({ ref: z.string(), from: z.int(), to: z.int() })),
    moreSections: z.int(),
    /** Other files the reference may have meant, or headings of the file. */
    others: z.array(z.string()),
    missing: z.enum(['file', 'folder', 'part']).optional(),
    source: Source,
  }),
  async handler({ ref: text, max }, { repository, index, outline }: Homelab) {
    const ref = parseRef(text);
    if (/[/\\%\0~]|\.\./.test(ref.name)) ref.name = insidePath(ref.name);
    const source = sourceOf(repository.provenance());
    const { file, loose, others } = resolveRef(ref, {
      ...{ files: repository.files(), file: repository.file },
      titleOf: (one) => outline(one).title,
      isStale: (one) => outdated(one.path, outline(one).status) !== undefined,
    });
    const otherPaths = others.map(({ path }) => plain(path));
    const inFolder = file && !loose ? [] : repository.files().filter(({ path }) => path.startsWith(`${ref.name.replace(/\/+$/, '')}/`));
    if (inFolder.length > 0) {
      const some = inFolder.slice(0, 5).map(({ path }) => plain(path));
      return { sections: [], moreSections: 0, others: some, missing: 'folder' as const, source };
    }
    if (!file) {
      const near = index.search(ref.name, { limit: 4 }).hits.map(({ path, anchor }) => plain(anchor === '' ? path : `${path}#${anchor}`));
      return { sections: [], moreSections: 0, others: near, missing: 'file' as const, source };
    }

    const outlined = outline(file);
    const sections = sectionsIn(file, outlined.chunks);
    const span = spanOf(file, outlined.chunks, ref);
    const asRef = ({ anchor, from, to }: { anchor: string; from: number; to: number }) => ({
      ref: plain(`${file.path}#${anchor}`),
      from,
      to,
    });
    if (span.missing) {
      const listed = sections.slice(0, MOST_SECTIONS * 2).map(asRef);
      return {
        sections: listed,
        moreSections: sections.length - listed.length,
        others: [plain(file.path)],
        missing: 'part' as const,
        source,
      };
    }
    const excerpt = excerptOf(file.text, span, max);
    const left = sections.filter(({ from }) => from > excerpt.to && from <= excerpt.end);
    const status = outdated(file.path, outlined.status);
    const read = {
      path: plain(file.path),
      kind: file.kind,
      heading: plain(span.section ? trailOf(span.section) : outlined.title),
      ...excerpt,
      text: plainLines(excerpt.text, excerpt.text.length),
      fileLines: lineCount(file.text),
      ...(file.changed && { changed: file.changed.toISOString(), age: ageOf(file.changed) }),
      ...(status && { status: plain(status, 80) }),
      loose,
    };
    const listed = left.slice(0, MOST_SECTIONS).map(asRef);
    return { read, sections: listed, moreSections: left.length - listed.length, others: otherPaths, source };
  },
  render({ read, sections, moreSections, others, missing, source }) {
    const list = sections.map(({ ref, from, to }) => `  ${ref} L${from}-${to}`);
    if (moreSections > 0) list.push(`  and ${moreSections} more: docs_outline names them`);
    if (!read) {
      return [...unanswered(missing, others, list), sourceLine(source)].join('\n');
    }
    const { path, kind, heading, from, to, end, fileLines, text, age, status, loose } = read;
    const whole = from === 1 && end === fileLines;
    const head = [`${path} L${from}-${to}${whole ? '' : ` of ${fileLines}`}`, heading, kind, ...(age ? [`${age} old`] : [])].join(' · ');
    return [
      ...(loose ? ['Nothing is called exactly that; this is the nearest.'] : []),
      head,
      ...(status ? [`OUTDATED: ${status}`] : []),
      fence(text),
      ...(to < end ? [`Cut: lines ${from}-${to} of ${from}-${end}; next: ref=${path}:L${to + 1}-${end}`, ...list] : []),
      ...(others.length > 0 ? [`Also called that: ${others.join(', ')}`] : []),
      sourceLine(source),
    ].join('\n');
  },
});

/** What is said instead of a text: what was not there, and what there is. */
function unanswered(missing: 'file' | 'folder' | 'part' | undefined, others: readonly string[], sections: readonly string[]): string[] {
  const files = others.map((path) => `  ${path}`);
  if (missing === 'part')
    return [`No such heading, key or line in ${others[0]}.`, ...(sections.length > 0 ? ['It has:', ...sections] : [])];
  if (missing === 'folder') return ['That is a folder; docs_outline lists it. It begins with:', ...files];
  const near =
    files.length > 0
      ? ['Did you mean one of these, found by content:', ...files]
      : ['docs_search finds by content, docs_outline lists what there is.'];
  return ['Nothing here is called that.', ...near];
}
