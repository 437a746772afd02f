import type { SourceFile } from '../client/document.ts';
import type { Chunked } from './chunk.ts';
import { codeChunks } from './code-chunks.ts';
import { markdownChunks } from './markdown.ts';
import { yamlChunks } from './yaml-chunks.ts';

/** A file in the parts by which it is found, read and outlined. */
export function chunksOf({ path, kind, text }: Pick<SourceFile, 'path' | 'kind' | 'text'>): Chunked {
  const name = path.split('/').at(-1) ?? path;
  const type = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (type === 'md' || type === 'markdown' || type === 'mdx' || type === 'rst' || type === 'txt') return markdownChunks(text, name);
  if (type === 'yml' || type === 'yaml') return yamlChunks(text, name, kind === 'compose' || /^services:\s*(?:#.*)?$/m.test(text));
  return codeChunks(text, name);
}
