import type { Repository, SourceFile } from './document.ts';

/** What an index is told of a repository's files. */
export interface Follower {
  update: (changed: readonly SourceFile[], removed: readonly string[]) => void;
}

/** Keeps an index at the repository's files, except pages that ask not to be found. */
export function follow(repository: Repository, index: Follower): void {
  index.update(repository.files().filter(isSearched), []);
  repository.onChange((changed, removed) => {
    const hidden = changed.filter((file) => !isSearched(file)).map(({ path }) => path);
    index.update(changed.filter(isSearched), [...removed, ...hidden]);
  });
}

/** A page whose front matter says `search: false` is read but never found: samples of answers would come up in place of what they show. */
export function isSearched({ text }: Pick<SourceFile, 'text'>): boolean {
  const head = text.startsWith('---\n') ? text.slice(4, 2_000).split('\n---', 1)[0] : undefined;
  return !head?.split('\n').some((line) => /^search:\s*false\s*$/.test(line));
}
