import type { Hit, SearchIndex, SearchOptions } from '../client/homelab.ts';
import { nearest } from './nearest.ts';
import { order, type Scored } from './order.ts';
import { asked } from './question.ts';
import { rank } from './rank.ts';
import { type Shelved, shelf } from './shelf.ts';
import { snippetOf } from './snippet.ts';

/** What answers scattered over a file count beside those in one place. */
const FILE_COVER = 0.8;
const CONFIDENT = 0.46;
const LOOKED_AT = 5;

/** An empty index. */
export function searchIndex(): SearchIndex {
  const files = shelf();
  const { index } = files;
  return {
    update(changed, removed) {
      for (const path of removed) files.take(path);
      for (const file of changed) files.put(file);
    },
    search(query, options) {
      const groups = asked(query, index);
      const ranked = rank(groups, files, filter(options));
      const ordered = order(ranked, query, files, options.prefer);
      const first = ordered.slice(0, LOOKED_AT);
      const coverage = first.reduce((most, { slot, entry }) => {
        return Math.max(most, ranked.chunkCoverage[slot] ?? 0, FILE_COVER * (ranked.fileCoverage[entry.number] ?? 0));
      }, 0);
      const confident = coverage >= CONFIDENT;
      const worth = new Map(
        groups.flatMap(({ alternatives, weight }) =>
          alternatives.map(({ term, weight: own }): [string, number] => [term, own * weight * index.idf(index.count(term))]),
        ),
      );
      const offset = options.offset ?? 0;
      return {
        hits: ordered.slice(offset, offset + options.limit).map((one) => hitOf(one, worth)),
        total: ordered.length,
        words: groups.map(({ word }) => word),
        confident,
        coverage,
        ...(!confident && { nothing: nearest(groups, first, files) }),
      };
    },
  };
}

function filter({ kinds, under }: SearchOptions): ((entry: Shelved) => boolean) | undefined {
  const folder = under?.replace(/^(?:\.?\/)+|\/+$/g, '') ?? '';
  if (!kinds?.length && folder === '') return undefined;
  return ({ file }) =>
    (!kinds?.length || kinds.includes(file.kind)) && (folder === '' || file.path === folder || file.path.startsWith(`${folder}/`));
}

function hitOf({ entry: { file, status }, chunk, score }: Scored, worth: ReadonlyMap<string, number>): Hit {
  const { anchor, title, trail, startLine, endLine, text } = chunk;
  return {
    path: file.path,
    kind: file.kind,
    anchor,
    title,
    trail,
    startLine,
    endLine,
    snippet: snippetOf(text, worth),
    score,
    ...(status && { status }),
    ...(file.changed && { changed: file.changed }),
  };
}
