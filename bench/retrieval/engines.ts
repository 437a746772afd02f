import type { SourceFile } from '@homelab/mcp-homelab/client/document.ts';
import { chunksOf } from '@homelab/mcp-homelab/search/chunks.ts';
import { searchIndex } from '@homelab/mcp-homelab/search/search-index.ts';
import MiniSearch from 'minisearch';

/** What an engine says to a question: paths in its order (a file may come twice), and whether it says that there is no answer. */
export interface Answer {
  readonly paths: readonly string[];
  readonly none: boolean;
}

/** A search engine over files. */
export interface Engine {
  update(changed: readonly SourceFile[]): void;
  ask(question: string): Answer;
}

export const OURS = 'docs_search';
export const CHUNKS = 'plain MiniSearch, same chunks';
export const WHOLE = 'plain MiniSearch, whole files';
const SHOWN = 10;

function ours(): Engine {
  const index = searchIndex();
  return {
    update: (changed) => index.update(changed, []),
    ask(question) {
      const { hits, confident } = index.search(question, { limit: SHOWN });
      return { paths: hits.map(({ path }) => path), none: !confident || hits.length === 0 };
    },
  };
}

type Doc = { id: string; path: string; title: string; text: string };

/** MiniSearch as its documentation shows it: default tokenizer, weights and options; documents named by `<path>\n<number>`. */
function plain(cut: (file: SourceFile) => Omit<Doc, 'id' | 'path'>[]): Engine {
  const mini = new MiniSearch<Doc>({ fields: ['path', 'title', 'text'] });
  const held = new Map<string, Doc[]>();
  return {
    update(changed) {
      for (const file of changed) {
        for (const old of held.get(file.path) ?? []) mini.remove(old);
        const docs = cut(file).map((part, at) => ({ ...part, id: `${file.path}\n${at}`, path: file.path }));
        held.set(file.path, docs);
        mini.addAll(docs);
      }
    },
    ask(question) {
      const paths = mini
        .search(question)
        .slice(0, SHOWN)
        .map(({ id }) => String(id).split('\n')[0] ?? '');
      return { paths, none: paths.length === 0 };
    },
  };
}

/** The index under test and the two references, each empty. */
export const ENGINES: Readonly<Record<string, () => Engine>> = {
  [OURS]: ours,
  [CHUNKS]: () => plain((file) => chunksOf(file).chunks.map(({ trail, title, text }) => ({ title: [...trail, title].join(' '), text }))),
  [WHOLE]: () => plain(({ text }) => [{ title: '', text }]),
};
