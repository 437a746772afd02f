import type { SourceFile } from '../client/document.ts';
import type { Chunked } from './chunk.ts';
import { codeChunks } from './code-chunks.ts';
import { markdownChunks } from './markdown.ts';
import { yamlChunks } from './yaml-chunks.ts';

type Text = Pick<SourceFile, 'path' | 'kind' | 'text'>;

const known = new WeakMap<Text, Chunked>();

/** A file in the parts by which it is found, read and outlined; cut once for each file object. */
export function chunksOf(file: Text): Chunked {
  const cut = known.get(file) ?? cutOf(file);
  known.set(file, cut);
  return cut;
}

function cutOf({ path, kind, text }: Text): Chunked {
  const name = path.split('/').at(-1) ?? path;
  const type = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (type === 'md' || type === 'markdown' || type === 'mdx' || type === 'rst' || type === 'txt') return markdownChunks(text, name);
  if (type === 'yml' || type === 'yaml') return yamlChunks(text, name, kind === 'compose' || /^services:\s*(?:#.*)?$/m.test(text));
  return codeChunks(text, name);
}
