import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { plain } from '@homelab/shared/render/plain.ts';
import { bytes } from '@homelab/shared/render/quantity.ts';
import { z } from 'zod';
import { KINDS, type SourceFile } from '../client/document.ts';
import type { Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import { nextOf, offsetOf } from '../documents/cursor.ts';
import { lineCount, sectionsIn } from '../documents/excerpt.ts';
import { parseRef } from '../documents/ref.ts';
import { resolveRef } from '../documents/resolve-ref.ts';
import type { Section } from '../documents/section.ts';
import { Source, sourceLine, sourceOf } from '../documents/source.ts';
import { type Branch, treeOf } from '../documents/tree.ts';
import { outdated } from '../search/status.ts';

const MOST = 60;

const Row = z.object({
  name: z.string(),
  depth: z.int(),
  /** Lines of a heading's section; absent for files and folders. */
  from: z.int().optional(),
  to: z.int().optional(),
  files: z.int().optional(),
  bytes: z.int().optional(),
  title: z.string().optional(),
});

/** Lists folders and files, or the headings of one file. */
export const docsOutline = defineTool({
  name: 'docs_outline',
  title: 'Outline a folder or document',
  description:
    'Lists the folders and files of the homelab repository, or the headings or keys of one file with their lines. Use it to see what there is; docs_search finds by content.',
  safety: 'read',
  idempotent: true,
  input: z.strictObject({
    path: z.string().trim().max(300).default('').describe('Folder or file'),
    depth: z.int().min(1).max(6).default(2),
    cursor: z.string().max(12).optional(),
  }),
  output: z.object({
    of: z.string().optional(),
    file: z.object({ kind: z.enum(KINDS), lines: z.int() }).optional(),
    rows: z.array(Row),
    total: z.int(),
    offset: z.int(),
    next: z.string().optional(),
    /** The depth that is shown where the asked one was too long. */
    shown: z.int().optional(),
    others: z.array(z.string()),
    skipped: z.string().optional(),
    source: Source,
  }),
  async handler({ path, depth, cursor }, { repository, outline }: Homelab) {
    const wanted = insidePath(path);
    const offset = offsetOf(cursor);
    const { skipped, ...provenance } = repository.provenance();
    const source = sourceOf(provenance);
    const titleOf = (file: SourceFile) => outline(file).title;
    const files = repository.files();
    const paged = <Item>(items: readonly Item[], row: (item: Item) => z.input<typeof Row>) => {
      const rows = items.slice(offset, offset + MOST).map(row);
      return { rows, total: items.length, offset, ...nextOf(offset, rows.length, items.length) };
    };
    if (wanted === '' || files.some((file) => file.path.startsWith(`${wanted}/`))) {
      // A list that would be cut says more when it is less deep.
      const trees = Array.from({ length: depth }, (_, less) => ({ shown: depth - less, tree: treeOf(files, wanted, depth - less) }));
      const { tree, shown } = trees.find((one) => one.tree.length <= MOST) ?? { tree: treeOf(files, wanted, 1), shown: 1 };
      const row = ({ path: name, ...branch }: Branch) => ({ name: plain(name), ...branch, ...titled(repository.file(name), titleOf) });
      return {
        of: wanted === '' ? plain(provenance.name) : `${wanted}/`,
        ...paged(tree, row),
        ...(tree.length < (trees[0]?.tree.length ?? 0) && { shown }),
        others: [],
        ...(wanted === '' && skipped && { skipped }),
        source,
      };
    }
    const { file, loose, others } = resolveRef(parseRef(wanted), {
      ...{ files, file: repository.file, titleOf },
      isStale: (one) => outdated(one.path, outline(one).status) !== undefined,
    });
    if (!file || loose) {
      const near = [...(file ? [file] : []), ...others].map((one) => plain(one.path));
      return { rows: [], total: 0, offset, others: near, source };
    }
    const sections = sectionsIn(file, outline(file).chunks).filter((section) => section.depth <= depth);
    const row = (section: Section) => ({ name: plain(`#${section.anchor}`), depth: section.depth, from: section.from, to: section.to });
    return { of: plain(file.path), file: { kind: file.kind, lines: lineCount(file.text) }, ...paged(sections, row), others: [], source };
  },
  render({ of, file, rows, total, next, shown, others, skipped, source }, { depth: asked }) {
    if (of === undefined) {
      const offer =
        others.length > 0 ? ['Did you mean:', ...others.map((path) => `  ${path}`)] : ['docs_outline without `path` lists what there is.'];
      return ['There is no such folder or file.', ...offer, sourceLine(source)].join('\n');
    }
    const body = rows.map(({ name, depth, from, to, files, bytes: size, title }) => {
      const short = file || depth === 0 ? name : name.slice(name.lastIndexOf('/', name.length - 2) + 1);
      const extent = from === undefined ? bytes(size ?? 0) : `L${from}-${to}`;
      const held = files === undefined ? '' : `${files} ${files === 1 ? 'file' : 'files'}, `;
      return `${'  '.repeat(depth)}${short} ${held}${extent}${title ? ` · ${title}` : ''}`;
    });
    return [
      file ? `${of} · ${file.kind} · ${file.lines} lines` : of,
      ...body,
      ...(rows.length === 0 ? [file ? 'No headings; docs_read gives the text.' : 'No readable files.'] : []),
      ...(rows.length < total ? [`shown ${rows.length} of ${total} lines${next ? `; next: cursor=${next}` : ''}`] : []),
      ...(shown ? [`Shown to depth ${shown}, not ${asked}: too long; give a folder as \`path\` to see more of it`] : []),
      ...(skipped ? [`Not read: ${skipped}.`] : []),
      sourceLine(source),
    ].join('\n');
  },
});

function titled(file: SourceFile | undefined, titleOf: (file: SourceFile) => string): { title?: string } {
  if (!file || file.kind === 'config') return {};
  const title = plain(titleOf(file), 80);
  return file.path.endsWith(title) ? {} : { title };
}
