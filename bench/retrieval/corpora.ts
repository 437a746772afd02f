import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFile } from '@homelab/mcp-homelab/client/document.ts';
import { openRepository } from '@homelab/mcp-homelab/client/repository.ts';
import { composeOnly } from './corpus/compose-only.ts';
import type { Corpus } from './corpus/data.ts';
import { homelab } from './corpus/homelab.ts';
import { questions, type SetName } from './questions.ts';

const MAKERS = { generated: homelab, flat: composeOnly } satisfies Partial<Record<SetName, () => Corpus>>;

/** The corpora that are made, not read: the same bytes on every machine. */
export const MADE = Object.keys(MAKERS) as (keyof typeof MAKERS)[];

/** This repository, whose own pages are the third corpus. */
export const PROJECT = join(import.meta.dirname, '../..');

/** The files of a made corpus. */
export const corpusOf = (set: keyof typeof MAKERS): Corpus => MAKERS[set]();

/** SHA-256 over all paths and texts in path order. */
export function corpusHash(corpus: Corpus): string {
  const hash = createHash('sha256');
  for (const path of [...corpus.keys()].sort()) hash.update(`${path}\0${corpus.get(path)}\0`);
  return hash.digest('hex');
}

/** A set's files as the server's own loader reads them, and the folder they lie in until `done` is called. Throws, naming them, when targets are gone. */
export async function opened(set: SetName): Promise<{ folder: string; files: readonly SourceFile[]; done(): void }> {
  const folder = set === 'project' ? PROJECT : written(corpusOf(set));
  const repository = await openRepository(folder, { watch: false });
  const files = repository.files();
  await repository.close();
  const done = () => {
    if (set !== 'project') rmSync(folder, { recursive: true, force: true });
  };
  const known = new Set(files.map(({ path }) => path));
  const gone = questions(set).flatMap(({ targets }) => targets.filter((path) => !known.has(path)));
  if (gone.length > 0) {
    done();
    throw new Error(`Targets of the set "${set}" are not in its repository: ${[...new Set(gone)].join(', ')}`);
  }
  return { folder, files, done };
}

function written(corpus: Corpus): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-retrieval-'));
  for (const [path, text] of corpus) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
