import { defineTool } from '@homelab/shared/mcp/tool.ts';
import { z } from 'zod';
import { KINDS, type SourceFile } from '../client/document.ts';
import type { Homelab } from '../client/homelab.ts';
import { insidePath } from '../client/inside.ts';
import { lineCount, sectionsIn } from '../documents/excerpt.ts';
import { parseRef } from '../documents/ref.ts';
import { resolveRef } from '../documents/resolve-ref.ts';
import { Source, sourceLine, sourceOf } from '../documents/source.ts';
import { treeOf } from '../documents/tree.ts';

const MOST = 80;

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
  }),
  output: z.object({
    of: z.string().optional(),
    file: z.object({ kind: z.enum(KINDS), lines: z.int() }).optional(),
    rows: z.array(Row),
    total: z.int(),
    others: z.array(z.string()),
    skipped: z.string().optional(),
    source: Source,
  }),
  async handler({ path, depth }, { repository, outline }: Homelab) {
    const wanted = insidePath(path);
    const { skipped, ...provenance } = repository.provenance();
    const source = sourceOf(provenance);
    const titleOf = (file: SourceFile) => outline(file).title;
    const files = repository.files();
    if (wanted === '' || files.some((file) => file.path.startsWith(`${wanted}/`))) {
      const tree = treeOf(files, wanted, depth, titleOf);
      const rows = tree.slice(0, MOST).map(({ path: name, ...branch }) => ({ name, ...branch }));
      return {
        of: wanted === '' ? provenance.name : `${wanted}/`,
        rows,
        total: tree.length,
        others: [],
        ...(wanted === '' && skipped && { skipped }),
        source,
      };
    }
    const { file, loose, others } = resolveRef(parseRef(wanted), { files, file: repository.file, titleOf });
    if (!file || loose) return { rows: [], total: 0, others: [...(file ? [file] : []), ...others].map((one) => one.path), source };
    const sections = sectionsIn(file, outline(file).chunks).filter((section) => section.depth < depth + 1);
    const rows = sections.slice(0, MOST).map(({ anchor, depth, from, to }) => ({ name: `#${anchor}`, depth, from, to }));
    return { of: file.path, file: { kind: file.kind, lines: lineCount(file.text) }, rows, total: sections.length, others: [], source };
  },
  render({ of, file, rows, total, others, skipped, source }) {
    if (of === undefined) {
      const offer =
        others.length > 0 ? ['Did you mean:', ...others.map((path) => `  ${path}`)] : ['docs_outline without `path` lists what there is.'];
      return ['There is no such folder or file.', ...offer, sourceLine(source)].join('\n');
    }
    const body = rows.map(({ name, depth, from, to, files, bytes, title }) => {
      const short = file || depth === 0 ? name : name.slice(name.lastIndexOf('/', name.length - 2) + 1);
      const size = from === undefined ? sizeOf(bytes ?? 0) : `L${from}-${to}`;
      return `${'  '.repeat(depth)}${short} ${files === undefined ? '' : `${files} files, `}${size}${title ? ` · ${title}` : ''}`;
    });
    const left = total - rows.length;
    return [
      file ? `${of} · ${file.kind} · ${file.lines} lines` : of,
      ...body,
      ...(rows.length === 0 ? [file ? 'No headings; docs_read gives the text.' : 'No readable files.'] : []),
      ...(left > 0 ? [`${rows.length} of ${total} lines; the rest: a \`path\` of the list, or a smaller depth`] : []),
      ...(skipped ? [`Not read: ${skipped}.`] : []),
      sourceLine(source),
    ].join('\n');
  },
});

function sizeOf(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toPrecision(bytes < 10_000 ? 2 : 3)} kB`;
}
